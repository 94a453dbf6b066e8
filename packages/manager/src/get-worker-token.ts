/** Answers callers: from memory at once where that is right, else they wait for the shared search. */
import type { Clock } from '@worker-token/storage';
import type { Held, HeldToken } from './held.js';
import type { RefreshScheduler } from './refresh-scheduler.js';
import type { TokenProvider } from './token-provider.js';
import type { TokenUseLog } from './token-use-log.js';
import type { GetWorkerTokenOptions } from './types/manager.js';
import { forCaller } from './wait.js';

export interface GetWorkerTokenParts {
  held: Held;
  provider: TokenProvider;
  scheduler: RefreshScheduler;
  clock: Clock;
  logUse: TokenUseLog;
}

/** Not `async`, so that the cached path can give out the very same promise each time. */
export function createGetWorkerToken({ held, provider, scheduler, clock, logUse }: GetWorkerTokenParts) {
  /** What memory has to give at this moment. */
  function cached(minValidityMs: number | undefined): Promise<string> | undefined {
    const now = clock.now();
    const token = held.look(now);
    if (!token || now >= token.staleAt || now >= lastMomentFor(token, minValidityMs)) return undefined;
    logUse(token);
    held.heat(token, now);
    if (now >= token.refreshAt) scheduler.consider();
    return token.promise;
  }

  return function getWorkerToken(options: GetWorkerTokenOptions = {}): Promise<string> {
    const { signal, minValidityMs, forceRefresh = false } = options;
    if (!signal?.aborted && !forceRefresh) {
      const promise = cached(minValidityMs);
      if (promise) return promise;
    }
    const tooOldForCaller = held.token !== null && clock.now() < held.token.staleAt;
    const search = forceRefresh ? provider.force : tooOldForCaller ? provider.newer : provider.obtain;
    const found = search().then((token) => token.stored.accessToken);
    return signal ? forCaller(found, signal) : found;
  };
}

/** A caller who asks for more than half of a token's life would have every token fetched anew; that much is not given. */
function lastMomentFor({ stored, expiresAt }: HeldToken, minValidityMs: number | undefined): number {
  if (minValidityMs === undefined) return Infinity;
  return expiresAt - Math.min(minValidityMs, (stored.expiresAt - stored.obtainedAt) / 2);
}
