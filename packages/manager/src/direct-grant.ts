/** The default token source: the grant itself, loaded when the first token is requested, so that the core stays small. */
import type { TokenSource } from './types.js';

/**
 * Requests tokens straight from the token endpoint (RFC 6749, section 4.4). Browsers are usually refused there by CORS; then
 * use `proxyTokenSource()`. For a source that is loaded at once, take `directGrant` from `@worker-token/manager/grant`.
 */
export function directGrant(): TokenSource {
  return async (request) => (await import('./grant.js')).requestToken(request);
}
