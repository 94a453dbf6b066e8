/** Public entry of `@worker-token/react`. Only this file re-exports. */
export { useCredentialStorage, useWorkerTokenManager } from './context.js';
export {
  useFlowCredentials,
  type FlowConflict,
  type UseFlowCredentialsOptions,
  type UseFlowCredentialsResult,
} from './use-flow-credentials.js';
export { useSuspenseWorkerToken, type UseSuspenseWorkerTokenResult } from './use-suspense-worker-token.js';
export {
  useWorkerCredentials,
  type UseWorkerCredentialsOptions,
  type UseWorkerCredentialsResult,
  type WorkerCredentialsActions,
} from './use-worker-credentials.js';
export { useWorkerTokenFetch } from './use-worker-token-fetch.js';
export {
  useWorkerTokenStatus,
  type UseWorkerTokenStatusOptions,
  type WorkerTokenSummary,
} from './use-worker-token-status.js';
export {
  useWorkerToken,
  type UseWorkerTokenOptions,
  type UseWorkerTokenResult,
  type WorkerTokenActions,
  type WorkerTokenState,
} from './use-worker-token.js';
export { WorkerTokenProvider, type WorkerTokenProviderProps } from './worker-token-provider.js';
