/** The default token source: the grant itself, loaded apart, so that the core stays small. */
import { loadAhead } from './load-ahead.js';
import type { TokenSource } from './types/token-source.js';

/**
 * Requests tokens straight from the token endpoint (RFC 6749, section 4.4). Browsers are usually refused there by CORS; then
 * use `proxyTokenSource()`. For a source that is loaded at once, take `directGrant` from `@worker-token/manager/grant`.
 */
export function directGrant(): TokenSource {
  const grant = loadAhead(() => import('./grant.js'));
  return async (request) => (await grant()).requestToken(request);
}
