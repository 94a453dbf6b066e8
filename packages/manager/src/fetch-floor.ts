/** Keeps at least five seconds between fetches that only the clock asks for, so that no odd token life becomes a loop. */
import type { Clock } from '@worker-token/storage';

/** Milliseconds. */
export const FLOOR_MS = 5_000;

export interface FetchFloor {
  /** Milliseconds to wait before the next fetch; 0 when there is no need. */
  waitMs(): number;
  /** A token was fetched. */
  fetched(): void;
  /** Somebody asked for it: the next fetch does not wait. */
  lift(): void;
}

export function createFetchFloor(clock: Clock): FetchFloor {
  let last: number | undefined;
  return {
    waitMs() {
      if (last === undefined) return 0;
      const age = clock.now() - last;
      return age < 0 ? 0 : Math.max(0, FLOOR_MS - age);
    },
    fetched() {
      last = clock.now();
    },
    lift() {
      last = undefined;
    },
  };
}
