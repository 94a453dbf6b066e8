/** Public entry of `@worker-token/manager`. Only this file re-exports. */
export type * from './types/coordination.js';
export type * from './types/credentials.js';
export type * from './types/manager.js';
export type * from './types/options.js';
export type * from './types/status.js';
export type * from './types/token-source.js';
export type {
  CredentialStorage,
  Logger,
  Region,
  StoredToken,
  TokenEndpointAuthMethod,
  WorkerTokenCredentials,
} from '@worker-token/storage';
export { toLegacyCredentials, toWorkerTokenCredentials, type LegacyShape } from '@worker-token/storage';
export { configureWorkerTokenManager, workerTokenManager } from './default-manager.js';
export { directGrant } from './direct-grant.js';
export {
  isWorkerTokenError,
  WorkerTokenError,
  type WorkerTokenErrorFacts,
  type WorkerTokenErrorKind,
} from './errors.js';
export type { RefreshedDetail } from './events.js';
export { isSafeAddress, parseAddress } from './hosts.js';
export { inProcessCoordinator, type InProcessCoordinatorOptions } from './in-process-coordinator.js';
export { consoleLogger, type ConsoleLoggerOptions, type LogLevel } from './logger.js';
export { createWorkerTokenManager } from './manager.js';
export { serverTokenSource } from './server-token-source.js';
export { proxyTokenSource, type ProxyGeneration, type ProxyTokenSourceOptions } from './proxy-token-source.js';
