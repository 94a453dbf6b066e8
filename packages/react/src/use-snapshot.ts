/** The manager's state in React: the same frozen object until something changes, a constant on the server. */
import type { WorkerTokenManager, WorkerTokenSnapshot } from '@worker-token/manager';
import { useCallback, useSyncExternalStore } from 'react';

/** What server and first client render show. */
export const SERVER_SNAPSHOT: WorkerTokenSnapshot = Object.freeze({
  status: 'unhydrated',
  fetchStatus: 'idle',
  hasCredentials: false,
  hasToken: false,
  expiresAt: null,
  obtainedAt: null,
  source: null,
  error: null,
  credentials: null,
  revision: 0,
});

export const serverSnapshot = (): WorkerTokenSnapshot => SERVER_SNAPSHOT;

export function useSnapshot(manager: WorkerTokenManager): WorkerTokenSnapshot {
  const subscribe = useCallback((listener: () => void) => manager.subscribe(listener), [manager]);
  const getSnapshot = useCallback(() => manager.getSnapshot(), [manager]);
  return useSyncExternalStore(subscribe, getSnapshot, serverSnapshot);
}
