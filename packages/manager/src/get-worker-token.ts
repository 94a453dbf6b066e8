/** Answers callers: from memory at once where that is right, else they wait for the shared search. */
import type { Clock, Logger } from '@worker-token/storage';
import type { Held, HeldToken } from './held.js';
import type { RefreshScheduler } from './refresh-scheduler.js';
import type { TokenProvider } from './token-provider.js';
import type { GetWorkerTokenOptions } from './types.js';
import { forCaller } from './wait.js';

export interface GetWorkerTokenParts {
  held: Held;
  provider: TokenProvider;
  scheduler: RefreshScheduler;
  clock: Clock;
  logger: Logger;
}

/** Milliseconds between two messages about the same token. */
const LOG_EVERY_MS = 1_000;

/** Not `async`, so that the cached path can give out the very same promise each time. */
export function createGetWorkerToken({ held, provider, scheduler, clock, logger }: GetWorkerTokenParts) {
  let logged: { token: HeldToken; at: number } | undefined;

  function logCached(token: HeldToken, now: number): void {
    if (logged?.token === token && Math.abs(now - logged.at) < LOG_EVERY_MS) return;
    logged = { token, at: now };
    logger.info(`Using cached token (${Math.max(0, Math.round((token.expiresAt - now) / 1000))} s left)`);
  }

  /** What memory has to give at this moment. */
  function cached(minValidityMs: number | undefined): Promise<string> | undefined {
    const now = clock.now();
    const token = held.look(now);
    if (!token || now >= token.staleAt || now >= lastMomentFor(token, minValidityMs)) return undefined;
    logCached(token, now);
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
    return forCaller(
      search().then((token) => token.stored.accessToken),
      signal,
    );
  };
}

/** A caller who asks for more than half of a token's life would have every token fetched anew; that much is not given. */
function lastMomentFor({ stored, expiresAt }: HeldToken, minValidityMs: number | undefined): number {
  if (minValidityMs === undefined) return Infinity;
  return expiresAt - Math.min(minValidityMs, (stored.expiresAt - stored.obtainedAt) / 2);
}
