/** The failure memory of a fleet, as a coordinator may have one: asked with a time limit, and never the reason why no token is to be had. */
import type { CoolDown } from './failure-memory.js';
import { WorkerTokenError } from './errors.js';
import type { SharedFailures } from './types/coordination.js';
import { within } from './wait.js';

/** Milliseconds. */
const LIMIT_MS = 1_000;

export interface FleetFailures {
  recall(fingerprint: string): Promise<CoolDown | undefined>;
  remember(fingerprint: string, coolDown: CoolDown): Promise<void>;
  forget(fingerprint: string): Promise<void>;
}

export function fleetFailuresOf(shared: SharedFailures | undefined): FleetFailures {
  /** A rejection included: a fleet that cannot be asked knows of no failure. */
  const limited = <T>(work: () => Promise<T> | undefined): Promise<T | undefined> =>
    shared
      ? within(LIMIT_MS, Promise.resolve().then(work), undefined).catch(() => undefined)
      : Promise.resolve(undefined);

  return {
    async recall(fingerprint) {
      const found = await limited(() => shared?.recall(fingerprint));
      if (!found) return undefined;
      const { kind, message, ...facts } = found.failure;
      const error = new WorkerTokenError(kind, '', facts);
      error.message = message;
      return { error, forMs: found.leftMs };
    },
    async remember(fingerprint, { error, forMs }) {
      const { kind, message, status, oauthError, correlationId, retryAfterMs, retryable } = error;
      const failure = { kind, message, status, oauthError, correlationId, retryAfterMs, retryable };
      await limited(() => shared?.remember(fingerprint, failure, forMs));
    },
    async forget(fingerprint) {
      await limited(() => shared?.forget(fingerprint));
    },
  };
}
