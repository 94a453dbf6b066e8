/** The answer to `getStatus()`: what there is and how well it is kept; never a request. Pure. */
import type { StorageStatus } from '@worker-token/storage';
import type { Held } from './held.js';
import type { LegacyProblem, WorkerTokenStatus } from './types/status.js';

export interface StatusFacts {
  held: Held;
  /** Milliseconds since 1970. */
  now: number;
  storage: StorageStatus;
  exclusive: boolean;
  legacyProblems: readonly LegacyProblem[];
}

export function statusOf({ held, now, storage, exclusive, legacyProblems }: StatusFacts): WorkerTokenStatus {
  const token = held.look(now);
  const { tier, durable, encrypted } = storage;
  return {
    hasCredentials: held.atServer ? 'server' : held.credentials !== null,
    missing: held.missing,
    hasToken: token !== null,
    tokenValid: token !== null && now < token.staleAt,
    ...(token && {
      tokenExpiresIn: Math.max(0, Math.floor((token.expiresAt - now) / 1000)),
      lastFetchedAt: token.stored.obtainedAt,
    }),
    storage: { tier, durable, encrypted },
    exclusive,
    legacyProblems: [...legacyProblems],
  };
}
