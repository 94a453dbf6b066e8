/**
 * Tells of what the others do with a token: of its end at once, of a new one after a moment, by chance, so that a thousand processes do not
 * read it together. The one they have is still good, and who waits for a token listens for himself.
 */
import type { ChangeEvent } from '@worker-token/storage';
import type { Fleet } from './fleet.js';
import type { Slot } from './slots.js';

/** Longest such moment, in milliseconds. */
const SPREAD_MS = 250;

export interface TokenNewsParts {
  fleet: Fleet;
  slot: () => Promise<Slot>;
  /** Ends the messages of this process, which need not be told to itself. */
  self: string;
  /** Random number in [0, 1). */
  random: () => number;
}

type Listener = (event: ChangeEvent) => void;

/** @returns the `subscribe` of a token's record. */
export function createTokenNews({ fleet, slot, self, random }: TokenNewsParts): (listener: Listener) => () => void {
  return (listener) => {
    let left = false;
    let undo = (): void => {};
    let timer: ReturnType<typeof setTimeout> | undefined;

    function tell(event: ChangeEvent): void {
      clearTimeout(timer);
      if (event.type === 'cleared') return listener(event);
      timer = setTimeout(listener, random() * SPREAD_MS, event);
      timer.unref();
    }

    async function listen(): Promise<void> {
      const { keys } = await slot();
      if (left) return;
      undo = fleet.redis.subscribe(keys.channel, (message) => {
        const event = message?.endsWith(self) ? null : eventOf(message, keys.token);
        if (event) tell(event);
      });
    }

    void listen().catch(() => {});
    return () => {
      left = true;
      clearTimeout(timer);
      undo();
    };
  };
}

/** Null for what is not about the token; without a message something may have been missed. */
function eventOf(message: string | null, key: string): ChangeEvent | null {
  const [what, revision = '0'] = (message ?? 'saved').split(' ');
  if (what !== 'saved' && what !== 'cleared') return null;
  return { type: what, key, revision: Number(revision), origin: 'other-tab' };
}
