/**
 * How a token's age is judged: serve it, serve it and refresh behind it, or fetch first. Policy only; the clock is the caller's.
 */
export interface FreshnessPolicy {
  /** Milliseconds. */
  refreshAheadMs: number;
  /** Milliseconds. */
  minValidityMs: number;
}

export interface Lifetime {
  /** Milliseconds since 1970. */
  obtainedAt: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** From `refreshAt` on a refresh runs behind the token; from `staleAt` on the token is not served. Milliseconds since 1970. */
export interface Thresholds {
  refreshAt: number;
  staleAt: number;
}

export type Freshness = 'fresh' | 'ahead' | 'stale';

/**
 * @param jitter Random number in [0, 1): spreads the refreshes of many tabs and processes over a fifth of the token's life.
 */
export function thresholdsOf(token: Lifetime, policy: FreshnessPolicy, jitter: number): Thresholds {
  const life = Math.max(0, token.expiresAt - token.obtainedAt);
  const staleAt = token.expiresAt - Math.min(policy.minValidityMs, life / 10);
  const ahead = Math.min(policy.refreshAheadMs, life / 4);
  const refreshAt = Math.min(token.expiresAt - ahead, staleAt) - jitter * 0.2 * life;
  return { refreshAt: Math.max(refreshAt, token.obtainedAt), staleAt };
}

/** Pure: values in, a word out. */
export function freshnessAt(now: number, { refreshAt, staleAt }: Thresholds): Freshness {
  if (now >= staleAt) return 'stale';
  return now >= refreshAt ? 'ahead' : 'fresh';
}

/**
 * Whether a token from elsewhere may be given out. One obtained in the future may not: the clock was set back since, and nobody
 * knows how old it is.
 */
export function isServable(token: Lifetime, policy: FreshnessPolicy, now: number): boolean {
  return token.obtainedAt <= now && freshnessAt(now, thresholdsOf(token, policy, 0)) !== 'stale';
}
