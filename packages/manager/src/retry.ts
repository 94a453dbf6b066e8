/** Tries again what may help to be tried again: exponential with full jitter, `Retry-After` honoured, never past the deadline. */
import { isWorkerTokenError } from './errors.js';
import type { RetryOptions } from './types/options.js';
import { sleep } from './wait.js';

export interface RetryPolicy extends Required<RetryOptions> {
  /** Random number in [0, 1). */
  random: () => number;
}

export const RETRY_DEFAULTS: Required<RetryOptions> = { attempts: 3, baseDelayMs: 200, maxDelayMs: 5_000 };

export interface RetryLimits {
  signal: AbortSignal;
  /** Milliseconds that are left for everything. */
  left: () => number;
  /** Told before each wait. */
  onWait?: (ms: number) => void;
}

/**
 * @param attempt Gets the number of the attempt, from 0. What it throws is retried only when it says `retryable`.
 * @throws what the last attempt threw.
 */
export async function withRetry<T>(
  attempt: (number: number) => Promise<T>,
  policy: RetryPolicy,
  limits: RetryLimits,
): Promise<T> {
  for (let number = 0; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      const wait = delayAfter(error, number, policy);
      if (wait === undefined || wait >= limits.left()) throw error;
      limits.onWait?.(wait);
      await sleep(wait, limits.signal);
    }
  }
}

function delayAfter(error: unknown, number: number, policy: RetryPolicy): number | undefined {
  if (!isWorkerTokenError(error) || !error.retryable || number + 1 >= policy.attempts) return undefined;
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** number);
  const jittered = policy.random() * ceiling;
  return error.retryAfterMs === undefined ? jittered : Math.max(error.retryAfterMs, jittered);
}
