/**
 * Runs work alone among all tabs of an origin, by the Web Locks API. Fails open: a lock that cannot be had in time, or at all,
 * costs a request and never a token. Nothing is ever stolen, since a robbed holder goes on working.
 *
 * @see https://w3c.github.io/web-locks/
 */
import type { Coordinator } from './types/coordination.js';
import { sleep } from './wait.js';

/** Those who gave up waiting together do not start together. Milliseconds. */
const STAGGER_MS = 1_000;

type Waiting = { ifAvailable: boolean; timeoutMs: number; signal?: AbortSignal };

export function webLocksCoordinator(locks: LockManager, random: () => number): Coordinator {
  return {
    exclusive: true,
    async run(name, options, work) {
      const progress = { started: false };
      const once = () => {
        progress.started = true;
        return work();
      };
      try {
        const result = options.ifAvailable
          ? await ifFree(locks, name, once)
          : await whenFree(locks, name, options, once);
        // A frame that is detached gets no lock and no error.
        return progress.started || options.ifAvailable ? result : await once();
      } catch (error) {
        if (progress.started || options.signal?.aborted) throw error;
        if (options.ifAvailable) return undefined;
        await sleep(random() * STAGGER_MS, options.signal);
        return once();
      }
    },
  };
}

async function ifFree<T>(locks: LockManager, name: string, work: () => Promise<T>): Promise<T | undefined> {
  return locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

async function whenFree<T>(
  locks: LockManager,
  name: string,
  { timeoutMs, signal }: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  const timer = setTimeout(giveUp, timeoutMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  const stopWaiting = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  };
  try {
    return await locks.request(name, { signal: patience.signal }, () => {
      stopWaiting();
      return work();
    });
  } finally {
    stopWaiting();
  }
}
