/** The worker token and its state. Asks for a token after mounting, unless told not to; never while rendering. */
import {
  isWorkerTokenError,
  type FetchStatus,
  type GetWorkerTokenOptions,
  type TokenState,
  type WorkerTokenManager,
  type WorkerTokenSnapshot,
} from '@worker-token/manager';
import { useEffect, useMemo } from 'react';
import { useWorkerTokenManager } from './context.js';
import { useSnapshot } from './use-snapshot.js';

export interface UseWorkerTokenOptions {
  /**
   * Gets a token when there is none, and a new one when it gets old; after a failure for want of a network, when the browser is online
   * again. False never causes a request. Default true.
   */
  autoFetch?: boolean;
}

/** Their identity changes with the manager only. */
export interface WorkerTokenActions {
  /** Gets a new token even if the present one is good. */
  refresh(): Promise<string>;
  /** Drops the present token, in every tab. */
  invalidate(): Promise<void>;
  /** A valid token, from memory where there is one. */
  getToken(options?: GetWorkerTokenOptions): Promise<string>;
}

export type WorkerTokenState = { fetchStatus: FetchStatus } & (
  | { status: 'unhydrated' | 'not-configured' | 'missing'; token: null; expiresAt: null; error: Error | null }
  | { status: 'valid' | 'expiring'; token: string; expiresAt: number; error: Error | null }
  | { status: 'expired'; token: null; expiresAt: number | null; error: Error | null }
  | { status: 'failed'; token: null; expiresAt: number | null; error: Error }
);

export type UseWorkerTokenResult = WorkerTokenState & WorkerTokenActions;

export function useWorkerToken({ autoFetch = true }: UseWorkerTokenOptions = {}): UseWorkerTokenResult {
  const manager = useWorkerTokenManager();
  const snapshot = useSnapshot(manager);
  const actions = useMemo(() => actionsOf(manager), [manager]);
  useAutoFetch(manager, autoFetch && WANTING.has(snapshot.status) ? snapshot.status : null);
  useRetryOnline(manager, autoFetch && snapshot.status === 'failed' && isOffline(snapshot.error));
  return useMemo(() => ({ ...tokenStateOf(snapshot, manager), ...actions }), [snapshot, manager, actions]);
}

/** After a failure nobody asks again by itself, unless the network comes back; `refresh()` or other credentials do. */
const WANTING: ReadonlySet<TokenState> = new Set(['unhydrated', 'missing', 'expiring', 'expired']);

function useAutoFetch(manager: WorkerTokenManager, wanting: TokenState | null): void {
  useEffect(() => {
    if (wanting === null) return undefined;
    const wait = new AbortController();
    // What goes wrong stands in the snapshot. Unmounting ends this wait; the request is everybody's.
    manager.getWorkerToken({ signal: wait.signal }).catch(() => {});
    return () => wait.abort();
  }, [manager, wanting]);
}

function isOffline(error: Error | null): boolean {
  return isWorkerTokenError(error) && error.kind === 'cors-or-network';
}

/** A network that is gone is the one failure that ends by itself, and the browser says when. */
function useRetryOnline(manager: WorkerTokenManager, waiting: boolean): void {
  useEffect(() => {
    if (!waiting) return undefined;
    // What goes wrong stands in the snapshot. Elsewhere than in a page nobody says that there is a network.
    const retry = () => void manager.getWorkerToken().catch(() => {});
    globalThis.window?.addEventListener?.('online', retry);
    return () => globalThis.window?.removeEventListener?.('online', retry);
  }, [manager, waiting]);
}

function actionsOf(manager: WorkerTokenManager): WorkerTokenActions {
  return {
    refresh: () => manager.refreshToken(),
    invalidate: () => manager.invalidateToken(),
    getToken: (options) => manager.getWorkerToken(options),
  };
}

/** The union that hooks return, out of the manager's snapshot. */
export function tokenStateOf(snapshot: WorkerTokenSnapshot, manager: WorkerTokenManager): WorkerTokenState {
  const { status, fetchStatus, expiresAt, error } = snapshot;
  switch (status) {
    case 'valid':
    case 'expiring': {
      const token = manager.peekToken();
      if (token === null || expiresAt === null)
        return { status: 'expired', fetchStatus, token: null, expiresAt, error };
      return { status, fetchStatus, token, expiresAt, error };
    }
    case 'failed':
      return { status, fetchStatus, token: null, expiresAt, error: error ?? new Error('The last request failed.') };
    case 'expired':
      return { status, fetchStatus, token: null, expiresAt, error };
    default:
      return { status, fetchStatus, token: null, expiresAt: null, error };
  }
}
