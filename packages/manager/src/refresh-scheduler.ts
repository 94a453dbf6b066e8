/** Refreshes behind a token that is still served: one at a time, further and further apart when it fails, silent for callers. */
import type { Clock, Logger } from '@worker-token/storage';
import { isWorkerTokenError } from './errors.js';
import type { FetchFloor } from './fetch-floor.js';

/** Milliseconds: the first pause after a failure, which doubles, and the longest. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

export interface RefreshSchedulerParts {
  /** Undefined: another tab is at it. */
  refresh: () => Promise<unknown>;
  floor: FetchFloor;
  clock: Clock;
  /** Random number in [0, 1). */
  random: () => number;
  logger: Logger;
}

export interface RefreshScheduler {
  /** The token has reached its refresh-ahead time: start a refresh, unless one is running or it is too early for another. */
  consider(): void;
}

export function createRefreshScheduler({
  refresh,
  floor,
  clock,
  random,
  logger,
}: RefreshSchedulerParts): RefreshScheduler {
  let running = false;
  let failed = 0;
  let pause = { since: 0, forMs: 0 };

  async function run(): Promise<void> {
    try {
      const token = await refresh();
      failed = 0;
      rest(token ? 0 : FIRST_PAUSE_MS);
    } catch (error) {
      const asked = (isWorkerTokenError(error) && error.retryAfterMs) || 0;
      const backOff = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failed++) * (0.5 + random() / 2);
      rest(Math.max(asked, backOff));
      const reason = error instanceof Error ? error.message : 'unknown reason';
      logger.warn(`Could not refresh the token ahead of its time; it is still served. ${reason}`);
    } finally {
      running = false;
    }
  }

  function rest(forMs: number): void {
    pause = { since: clock.now(), forMs };
  }

  return {
    consider() {
      const rested = clock.now() - pause.since;
      const resting = rested >= 0 && rested < pause.forMs;
      if (running || resting || floor.waitMs() > 0) return;
      running = true;
      void run();
    },
  };
}
