/** `@worker-token/manager/core`: the manager without what it would choose by itself. For a page that asks its own server for tokens. */
export { createCoreManager } from './core-manager.js';
export { isWorkerTokenError, WorkerTokenError } from './errors.js';
export { inProcessCoordinator } from './in-process-coordinator.js';
export { consoleLogger } from './logger.js';
export { proxyTokenSource } from './proxy-token-source.js';
export { serverTokenSource } from './server-token-source.js';
export type { CoreManagerOptions } from './types/options.js';
