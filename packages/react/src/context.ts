/** Which manager and storage the hooks use: those of the provider, else the default instance's. */
import { workerTokenManager, type WorkerTokenManager } from '@worker-token/manager';
import type { CredentialStorage } from '@worker-token/storage';
import { createContext, useContext } from 'react';

export interface WorkerTokenContextValue {
  readonly manager: WorkerTokenManager;
  /** Undefined: the manager's own. */
  readonly storage: CredentialStorage | undefined;
}

export const WorkerTokenContext = createContext<WorkerTokenContextValue>({
  manager: workerTokenManager,
  storage: undefined,
});

/** The manager above in the tree. */
export function useWorkerTokenManager(): WorkerTokenManager {
  return useContext(WorkerTokenContext).manager;
}

/** The storage for flows. */
export function useCredentialStorage(): CredentialStorage {
  const { manager, storage } = useContext(WorkerTokenContext);
  return storage ?? manager.storage;
}
