/** The worker credentials for forms and badges: without the secret, unless it is asked for. */
import type {
  PublicWorkerCredentials,
  TokenProbe,
  WorkerTokenCredentials,
  WorkerTokenCredentialsInput,
  WorkerTokenManager,
} from '@worker-token/manager';
import { useMemo } from 'react';
import { useWorkerTokenManager } from './context.js';
import { useSnapshot } from './use-snapshot.js';

export interface UseWorkerCredentialsOptions {
  /** Gives the secret too, for the form that edits it. Default false. */
  withSecret?: boolean;
}

/** Their identity changes with the manager only. */
export interface WorkerCredentialsActions {
  save(credentials: WorkerTokenCredentialsInput): Promise<void>;
  /** Requests a token with these, or with the saved ones, and stores nothing. */
  test(credentials?: WorkerTokenCredentialsInput): Promise<TokenProbe>;
  /** Removes worker credentials and token, never a flow's record. */
  clear(): Promise<void>;
}

export type UseWorkerCredentialsResult<T> = WorkerCredentialsActions &
  ({ status: 'unhydrated' | 'empty'; credentials: null } | { status: 'ready'; credentials: T });

export function useWorkerCredentials(options: { withSecret: true }): UseWorkerCredentialsResult<WorkerTokenCredentials>;
export function useWorkerCredentials(
  options?: UseWorkerCredentialsOptions & { withSecret?: false },
): UseWorkerCredentialsResult<PublicWorkerCredentials>;
export function useWorkerCredentials({
  withSecret = false,
}: UseWorkerCredentialsOptions = {}): UseWorkerCredentialsResult<PublicWorkerCredentials | WorkerTokenCredentials> {
  const manager = useWorkerTokenManager();
  const snapshot = useSnapshot(manager);
  const actions = useMemo(() => actionsOf(manager), [manager]);
  return useMemo(() => {
    const credentials = snapshot.credentials && withSecret ? manager.peekCredentials() : snapshot.credentials;
    if (credentials) return { status: 'ready', credentials, ...actions };
    return { status: snapshot.status === 'unhydrated' ? 'unhydrated' : 'empty', credentials: null, ...actions };
  }, [manager, snapshot, withSecret, actions]);
}

function actionsOf(manager: WorkerTokenManager): WorkerCredentialsActions {
  return {
    save: (credentials) => manager.saveCredentials(credentials),
    test: (credentials) => manager.testCredentials(credentials),
    clear: () => manager.clearAll(),
  };
}
