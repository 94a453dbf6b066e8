/** The defaults, in one place, and the check of what callers pass. */
import { WorkerTokenError } from './errors.js';
import type { FreshnessPolicy } from './freshness.js';
import { RETRY_DEFAULTS, type RetryPolicy } from './retry.js';
import type { WorkerTokenManagerOptions } from './types/options.js';

const REFRESH_AHEAD_MS = 5 * 60_000;
const MIN_VALIDITY_MS = 10_000;
const DEADLINE_MS = 10_000;

export interface Times {
  policy: FreshnessPolicy;
  retry: RetryPolicy;
  /** Milliseconds. */
  deadlineMs: number;
}

/** @throws TypeError for a time that is none. */
export function timesOf(options: WorkerTokenManagerOptions): Times {
  const { refreshAheadMs = REFRESH_AHEAD_MS, minValidityMs = MIN_VALIDITY_MS, deadlineMs = DEADLINE_MS } = options;
  const retry = { ...RETRY_DEFAULTS, ...options.retry, random: options.random ?? Math.random };
  const times = {
    refreshAheadMs,
    minValidityMs,
    deadlineMs,
    'retry.baseDelayMs': retry.baseDelayMs,
    'retry.maxDelayMs': retry.maxDelayMs,
  };
  for (const [name, value] of Object.entries(times)) {
    if (!Number.isFinite(value) || value < 0)
      throw new TypeError(`Expected ${name} in milliseconds, 0 or more; got ${value}.`);
  }
  if (!Number.isInteger(retry.attempts) || retry.attempts < 1) {
    throw new TypeError(`Expected retry.attempts to be 1 or more; got ${retry.attempts}.`);
  }
  return { policy: { refreshAheadMs, minValidityMs }, retry, deadlineMs };
}

/** Why everything ends when a manager is disposed of. */
export function disposedError(): WorkerTokenError {
  return new WorkerTokenError('aborted', 'The manager was disposed of.');
}
