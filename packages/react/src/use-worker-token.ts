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
  useAutoFetch(manager, autoFetch ? reasonToAsk(snapshot) : null);
  return useMemo(() => ({ ...tokenStateOf(snapshot, manager), ...actions }), [snapshot, manager, actions]);
}

/**
 * A status in which a token is asked for. `failed`: once there is a network, whose loss is the one failure that ends by itself, and the
 * browser says when. After any other failure nobody asks again by itself; `refresh()` or other credentials do.
 */
function reasonToAsk({ status, error }: WorkerTokenSnapshot): TokenState | null {
  if (status === 'failed') return isWorkerTokenError(error) && error.kind === 'cors-or-network' ? status : null;
  return status === 'valid' || status === 'not-configured' ? null : status;
}

function useAutoFetch(manager: WorkerTokenManager, reason: TokenState | null): void {
  useEffect(() => {
    if (reason === null) return undefined;
    // Unmounting ends this wait; the request is everybody's.
    const wait = new AbortController();
    const options = { signal: wait.signal };
    // What goes wrong stands in the snapshot.
    const ask = () => void manager.getWorkerToken(options).catch(() => {});
    // Elsewhere than in a page nobody says that there is a network.
    if (reason === 'failed') globalThis.window?.addEventListener?.('online', ask, options);
    else ask();
    return () => wait.abort();
  }, [manager, reason]);
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
  const token = status === 'valid' || status === 'expiring' ? manager.peekToken() : null;
  if (token !== null && expiresAt !== null) return { status: status as 'valid', fetchStatus, token, expiresAt, error };
  switch (status) {
    case 'failed':
      return { status, fetchStatus, token: null, expiresAt, error: error ?? new Error('The last request failed.') };
    case 'valid':
    case 'expiring':
    case 'expired':
      return { status: 'expired', fetchStatus, token: null, expiresAt, error };
    default:
      return { status, fetchStatus, token: null, expiresAt: null, error };
  }
}
