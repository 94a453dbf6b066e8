/** Remembers for a short while that these credentials do not work, so that twenty components do not ask twenty times. */
import type { Clock } from '@worker-token/storage';
import type { WorkerTokenError } from './errors.js';

/** Milliseconds. */
export const COOL_DOWN_MS = 30_000;
/** Milliseconds; a server that asks for more is asked again after this. */
const LONGEST_MS = 60_000;

export interface FailureMemory {
  /** Keeps errors that trying again does not help, and those for which the server has named a time. */
  remember(fingerprint: string, error: WorkerTokenError): void;
  /** The error to give to whoever asks for a token with these credentials now. */
  recall(fingerprint: string): WorkerTokenError | undefined;
  /** The user has changed something, or wants to know: the next request is made. */
  forget(): void;
}

export function createFailureMemory(clock: Clock): FailureMemory {
  let kept: { fingerprint: string; error: WorkerTokenError; since: number; forMs: number } | undefined;
  return {
    remember(fingerprint, error) {
      if (error.kind === 'aborted' || (error.retryable && error.retryAfterMs === undefined)) return;
      const forMs = Math.min(error.retryAfterMs ?? COOL_DOWN_MS, LONGEST_MS);
      kept = { fingerprint, error, since: clock.now(), forMs };
    },
    recall(fingerprint) {
      if (kept?.fingerprint !== fingerprint) return undefined;
      const age = clock.now() - kept.since;
      // A negative age means that the clock was set back: better one request too many than a lock-out.
      return age >= 0 && age < kept.forMs ? kept.error : undefined;
    },
    forget() {
      kept = undefined;
    },
  };
}
