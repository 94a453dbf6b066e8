/**
 * How a process gets its turn at a slot: takes the lease, or waits for news (a message, or a poll for those that get lost) and looks
 * again. A wait ends: with the turn, with what somebody else has brought, or when nobody is done in time.
 */
import type { RunOptions } from '@worker-token/manager';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet.js';
import type { Lease, Leases } from './lease.js';
import type { Slot } from './slots.js';

/** Between two polls: 50 to 250 ms, by chance, so that the processes do not ask together. */
const POLL_MS = { least: 50, spread: 200 };
/** Who is told by messages asks less and less often, down to this part: a thousand who wait must not keep Redis busy. */
const MOST_PATIENCE = 4;
/** Those who gave up waiting together do not start together. Milliseconds. */
const STAGGER_MS = 1_000;

export type Turn<T> = { lease: Lease } | { found: T } | 'busy' | 'late';

export interface TurnParts {
  fleet: Fleet;
  leases: Leases;
  /** Listen for messages; without it there are the polls. */
  subscribe: boolean;
  /** Random number in [0, 1). */
  random: () => number;
}

/** @throws StorageUnavailableError when Redis is out of order; what `lookAgain` throws; the signal's reason. */
export async function takeTurn<T>(parts: TurnParts, slot: Slot, options: RunOptions<T>): Promise<Turn<T>> {
  const { fleet, leases, random } = parts;
  const holdMs = options.holdMs ?? options.timeoutMs;
  const lease = await leases.acquire(slot.keys, holdMs);
  if (lease) return { lease };
  if (options.ifAvailable) return 'busy';
  const news = listen(parts, slot, options.signal);
  const limit = performance.now() + options.timeoutMs + holdMs;
  let holder: string | null = null;
  try {
    for (;;) {
      const heard = await news.next();
      const holderNow = heard ? null : await fleet.guard.ask(() => fleet.redis.get(slot.keys.lease));
      if (holderNow !== null && holderNow === holder && performance.now() < limit) continue;
      holder = holderNow;
      const turn = await lookOrTake(leases, slot, holdMs, options);
      if (turn) return turn;
      if (performance.now() >= limit) break;
    }
  } finally {
    news.leave();
  }
  await sleep(random() * STAGGER_MS, undefined, options.signal ? { signal: options.signal } : {});
  return 'late';
}

async function lookOrTake<T>(
  leases: Leases,
  slot: Slot,
  holdMs: number,
  { lookAgain, signal }: RunOptions<T>,
): Promise<Turn<T> | undefined> {
  const found = await lookAgain?.();
  if (found !== undefined) return { found };
  signal?.throwIfAborted();
  const lease = await leases.acquire(slot.keys, holdMs);
  return lease && { lease };
}

interface News {
  /** Resolves after a message, or after a while: whether it was a message. */
  next(): Promise<boolean>;
  leave(): void;
}

function listen({ fleet, subscribe, random }: TurnParts, { keys }: Slot, signal: AbortSignal | undefined): News {
  let missed = false;
  let patience = 1;
  let wake = (): void => {
    missed = true;
  };
  const undo = subscribe ? fleet.redis.subscribe(keys.channel, () => wake()) : () => {};
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort, { once: true });

  return {
    async next() {
      const heard = missed || (await woken((POLL_MS.least + random() * POLL_MS.spread) * patience));
      missed = false;
      patience = heard || !subscribe ? 1 : Math.min(2 * patience, MOST_PATIENCE);
      signal?.throwIfAborted();
      return heard;
    },
    leave() {
      undo();
      signal?.removeEventListener('abort', onAbort);
    },
  };

  function woken(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (heard: boolean) => {
        clearTimeout(timer);
        wake = () => {
          missed = true;
        };
        resolve(heard);
      };
      const timer = setTimeout(end, ms, false);
      wake = () => end(true);
    });
  }
}
