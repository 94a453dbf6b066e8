/** How the worker token is doing, for badges and countdowns. Never a request; no timer unless one is asked for. */
import type { FetchStatus, TokenState, WorkerTokenManager, WorkerTokenSnapshot } from '@worker-token/manager';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useWorkerTokenManager } from './context.js';
import { type Ticker, tickerOf } from './ticker.js';
import { SERVER_SNAPSHOT } from './use-snapshot.js';

export interface WorkerTokenSummary {
  readonly status: TokenState;
  readonly fetchStatus: FetchStatus;
  readonly hasCredentials: boolean;
  readonly hasToken: boolean;
  readonly tokenValid: boolean;
  /** Seconds, as of the last change or tick; null without a token. */
  readonly tokenExpiresIn: number | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
  /** Milliseconds since 1970. */
  readonly lastFetchedAt: number | null;
  readonly error: Error | null;
}

export interface UseWorkerTokenStatusOptions<T> {
  /** The part that is needed; the component renders again only when it changes. */
  select?: (summary: WorkerTokenSummary) => T;
  /** Renders again this often, in milliseconds, so that a countdown moves. Default: never. */
  tickMs?: number;
}

export function useWorkerTokenStatus<T = WorkerTokenSummary>(options: UseWorkerTokenStatusOptions<T> = {}): T {
  const { select, tickMs } = options;
  const manager = useWorkerTokenManager();
  const ticker = tickMs ? tickerOf(tickMs) : undefined;
  const subscribe = useCallback((listener: () => void) => subscribeBoth(manager, ticker, listener), [manager, ticker]);
  const source = useMemo(() => selection(manager, ticker, select), [manager, ticker, select]);
  return useSyncExternalStore(subscribe, source.client, source.server);
}

function subscribeBoth(manager: WorkerTokenManager, ticker: Ticker | undefined, listener: () => void): () => void {
  const leaveManager = manager.subscribe(listener);
  const leaveTicker = ticker?.subscribe(listener);
  return () => {
    leaveManager();
    leaveTicker?.();
  };
}

/** Gives the same object until snapshot or tick change, as `useSyncExternalStore` wants it. */
function selection<T>(
  manager: WorkerTokenManager,
  ticker: Ticker | undefined,
  select: ((summary: WorkerTokenSummary) => T) | undefined,
): { client: () => T; server: () => T } {
  let seen: { snapshot: WorkerTokenSnapshot; tick: number | undefined; chosen: T } | undefined;
  const of = (snapshot: WorkerTokenSnapshot, tick?: number): T => {
    if (seen?.snapshot !== snapshot || seen.tick !== tick) {
      const summary = summaryOf(snapshot);
      seen = { snapshot, tick, chosen: select ? select(summary) : (summary as T) };
    }
    return seen.chosen;
  };
  return { client: () => of(manager.getSnapshot(), ticker?.now()), server: () => of(SERVER_SNAPSHOT) };
}

function summaryOf(snapshot: WorkerTokenSnapshot): WorkerTokenSummary {
  const { status, fetchStatus, hasCredentials, hasToken, expiresAt, obtainedAt, error } = snapshot;
  return Object.freeze({
    status,
    fetchStatus,
    hasCredentials,
    hasToken,
    tokenValid: status === 'valid' || status === 'expiring',
    tokenExpiresIn: expiresAt === null ? null : Math.max(0, Math.floor((expiresAt - Date.now()) / 1000)),
    expiresAt,
    lastFetchedAt: obtainedAt,
    error,
  });
}
