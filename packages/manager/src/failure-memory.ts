/** Remembers for a short while that these credentials do not work, so that twenty components do not ask twenty times. */
import type { Clock } from '@worker-token/storage';
import type { WorkerTokenError } from './errors.js';

/** Milliseconds. */
export const COOL_DOWN_MS = 30_000;
/** Milliseconds; a server that asks for more is asked again after this. */
const LONGEST_MS = 60_000;

/** An error, and for how long it is given out in the place of a request. Milliseconds. */
export interface CoolDown {
  error: WorkerTokenError;
  forMs: number;
}

export interface FailureMemory {
  remember(fingerprint: string, coolDown: CoolDown): void;
  /** The error to give to whoever asks for a token with these credentials now. */
  recall(fingerprint: string): WorkerTokenError | undefined;
  /** The user has changed something, or wants to know: the next request is made. */
  forget(): void;
}

/** For errors that trying again does not help, and for those for which the server has named a time. */
export function coolDownAfter(error: WorkerTokenError): CoolDown | undefined {
  if (error.kind === 'aborted' || (error.retryable && error.retryAfterMs === undefined)) return undefined;
  return { error, forMs: Math.min(error.retryAfterMs ?? COOL_DOWN_MS, LONGEST_MS) };
}

export function createFailureMemory(clock: Clock): FailureMemory {
  let kept: (CoolDown & { fingerprint: string; since: number }) | undefined;
  return {
    remember(fingerprint, coolDown) {
      kept = { ...coolDown, fingerprint, since: clock.now() };
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
