/** Public entry of `@worker-token/server`. Only this file re-exports. */
export type * from './types.js';
export { ServerEnvironmentError, ServerError, ServerOptionError } from './errors.js';
export { createRateLimiter } from './rate-limit.js';
