/** Requests per session, in this process. Remembers one moment a session: the generic cell rate algorithm (ITU-T I.371). */
import type { Clock } from '@worker-token/storage';
import { ServerOptionError } from './errors.js';
import type { RateLimiter, RateLimitOptions } from './types.js';

const DEFAULT_PER_MS = 60_000;
const DEFAULT_MAX_SESSIONS = 10_000;

/**
 * Give the same limiter to several routes, and they count together.
 *
 * @param clock Default: the system's.
 * @throws ServerOptionError for a number that cannot be.
 */
export function createRateLimiter(options: RateLimitOptions, clock: Clock = Date): RateLimiter {
  const { requests, perMs = DEFAULT_PER_MS, maxSessions = DEFAULT_MAX_SESSIONS } = options;
  assertAtLeastOne('rateLimit.requests', requests);
  assertAtLeastOne('rateLimit.perMs', perMs);
  assertAtLeastOne('rateLimit.maxSessions', maxSessions);
  const interval = perMs / requests;
  /** When each session will have nothing to its account; the one that was quiet for longest comes first. */
  const clearAt = new Map<string, number>();

  return {
    take(session) {
      const now = clock.now();
      const known = clearAt.get(session) ?? now;
      // Further ahead only where the clock was set back, which must not lock anybody out.
      const before = known > now + perMs + 1 ? now : Math.max(known, now);
      const after = before + interval;
      const tooEarlyBy = after - now - perMs;
      if (tooEarlyBy > 1e-6) return { allowed: false, retryAfterMs: Math.ceil(tooEarlyBy) };
      clearAt.delete(session);
      clearAt.set(session, after);
      if (clearAt.size > maxSessions) forgetOldest(clearAt);
      return { allowed: true, retryAfterMs: 0 };
    },
  };
}

function forgetOldest(sessions: Map<string, number>): void {
  for (const session of sessions.keys()) {
    sessions.delete(session);
    return;
  }
}

function assertAtLeastOne(name: string, value: number): void {
  if (Number.isFinite(value) && value >= 1) return;
  throw new ServerOptionError(`Expected ${name} to be a number from 1 on; got ${value}.`);
}
