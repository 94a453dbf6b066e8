/** Public entry of `@worker-token/server`. Only this file re-exports. */
export type * from './types.js';
export { createClientCredentialsRoute, type ClientCredentialsRouteOptions } from './client-credentials-route.js';
export { createCredentialRoute, type CredentialRouteOptions } from './credential-route.js';
export { credentialsFromEnvironment, hasEnvironmentCredentials, type Environment } from './environment-credentials.js';
export { ServerEnvironmentError, ServerError, ServerOptionError } from './errors.js';
export { toNodeListener, type NodeListener } from './node-listener.js';
export type { AllowedRequest, ProxyMethod } from './proxy-path.js';
export { createRateLimiter } from './rate-limit.js';
export { createWorkerTokenProxy, type FetchingManager, type WorkerTokenProxyOptions } from './worker-token-proxy.js';
export { createWorkerTokenRoute, type TokenGivingManager, type WorkerTokenRouteOptions } from './worker-token-route.js';
