/** Says which manager is used below, and shows nothing below before that manager has read its storage. */
import { workerTokenManager, type WorkerTokenManager } from '@worker-token/manager';
import type { CredentialStorage } from '@worker-token/storage';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { WorkerTokenContext } from './context.js';

export interface WorkerTokenProviderProps {
  /** Default: `workerTokenManager`. Its owner disposes of it, not the provider. */
  manager?: WorkerTokenManager;
  /** For the flows. Default: the manager's. */
  storage?: CredentialStorage;
  /** Shown until `manager.ready()`. Default: nothing. */
  fallback?: ReactNode;
  children?: ReactNode;
}

/** Managers that were waited for: a provider that is mounted again need not wait. */
const known = new WeakSet<WorkerTokenManager>();

export function WorkerTokenProvider(props: WorkerTokenProviderProps): ReactNode {
  const { manager = workerTokenManager, storage, fallback = null, children } = props;
  const value = useMemo(() => ({ manager, storage }), [manager, storage]);
  return (
    <WorkerTokenContext.Provider value={value}>{useReady(manager) ? children : fallback}</WorkerTokenContext.Provider>
  );
}

function useReady(manager: WorkerTokenManager): boolean {
  const [readyManager, setReadyManager] = useState(() => (known.has(manager) ? manager : null));
  useEffect(() => {
    let mounted = true;
    void manager.ready().then(() => {
      known.add(manager);
      if (mounted) setReadyManager(manager);
    });
    return () => {
      mounted = false;
    };
  }, [manager]);
  return readyManager === manager;
}
