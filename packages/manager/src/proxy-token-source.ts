/**
 * Tokens through a route of the application's own server, such as `/api/client-credentials`, in the three forms that such
 * routes have taken. The route talks to PingOne; browsers are refused there by CORS.
 */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import type * as ClientAuthentication from './client-authentication.js';
import { readAnswer, tokenResponseOf } from './answer.js';
import { loadAhead } from './load-ahead.js';
import { ownAddress } from './own-address.js';
import type { TokenRequest, TokenSource } from './types/token-source.js';

/**
 * - `nested`: `{ environment_id, auth_method, headers, body }`, where headers and body are what the token endpoint gets.
 * - `flat`: `{ grant_type, client_id, client_secret, environment_id, scope }`.
 * - `camel`: `{ environmentId, clientId, clientSecret }`.
 */
export type ProxyGeneration = 'flat' | 'nested' | 'camel';

export interface ProxyTokenSourceOptions {
  /** The form of the request body that the route understands. Default `nested`. */
  generation?: ProxyGeneration;
}

/**
 * @param url Absolute, or relative to the page.
 * @throws WorkerTokenError `invalid-request`, at the first request, for an address that is neither this origin's, nor
 *   `https:`, nor on this machine: the request carries the client secret.
 */
export function proxyTokenSource(url: string, { generation = 'nested' }: ProxyTokenSourceOptions = {}): TokenSource {
  const bodyOf = BODIES[generation]();
  const source: TokenSource = async (request) => {
    const response = await request.fetch(ownAddress(url, 'the proxy'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(await bodyOf(request)),
      signal: request.signal,
    });
    return tokenResponseOf(await readAnswer(response), `The proxy ${url}`, request.clock.now());
  };
  return Object.assign(source, { viaServer: true as const });
}

const BODIES: Record<ProxyGeneration, () => (request: TokenRequest) => Promise<object>> = {
  flat:
    () =>
    async ({ credentials }) => ({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      environment_id: credentials.environmentId,
      ...scopeOf(credentials),
      region: credentials.region,
    }),
  camel:
    () =>
    async ({ credentials }) => ({
      environmentId: credentials.environmentId,
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
      region: credentials.region,
    }),
  nested: () => {
    // Only where it is needed: the other two forms know no authentication method.
    const clientAuthentication = loadAhead(() => import('./client-authentication.js'));
    return async (request) => nestedBody(request, await clientAuthentication());
  },
};

async function nestedBody(
  { credentials, tokenEndpoint }: TokenRequest,
  { clientAuthenticationOf, serverOf }: typeof ClientAuthentication,
): Promise<object> {
  const headers = new Headers();
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...scopeOf(credentials) });
  const authenticate = await clientAuthenticationOf(credentials);
  await authenticate(serverOf(credentials, tokenEndpoint), { client_id: credentials.clientId }, body, headers);
  const authorization = headers.get('authorization');
  return {
    environment_id: credentials.environmentId,
    auth_method: credentials.tokenEndpointAuthMethod,
    headers: authorization ? { Authorization: authorization } : {},
    body: Object.fromEntries(body),
    region: credentials.region,
  };
}

function scopeOf({ scopes }: WorkerTokenCredentials): { scope?: string } {
  return scopes?.length ? { scope: scopes.join(' ') } : {};
}
