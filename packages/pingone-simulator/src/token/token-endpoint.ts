/**
 * `/auth/<region>/<environment>/as/…`: finds the environment, holds PingOne's exact method check, leaves the rest to the authorization
 * server of that environment.
 */
import { notFound } from '../platform-error.js';
import { regionOfSegment } from '../regions.js';
import type { SimulatorState } from '../state.js';
import type { SimulatedEnvironment } from '../world-types.js';
import { createAuthorizationServer, type AuthorizationServer } from './authorization-server.js';
import { methodAllowed, readClientProof } from './client-method.js';
import { runNodeListener } from './node-exchange.js';
import { oauthError, unsupportedMethod } from './oauth-error.js';
import type { SigningKey } from './signing-key.js';

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };
const PATH = /^\/auth\/([^/]+)\/([^/]+)(\/as\/(?:token|jwks))$/;

/** `body` is the text of the request, which has been read. */
export type TokenEndpoint = (request: Request, body: string) => Promise<Response>;

export function createTokenEndpoint(state: SimulatorState, signingKey: () => Promise<SigningKey>): TokenEndpoint {
  const servers = new Map<string, AuthorizationServer>();
  const serverOf = async (environment: SimulatedEnvironment): Promise<AuthorizationServer> => {
    const key = await signingKey();
    const server = servers.get(environment.id) ?? createAuthorizationServer(state, environment, key);
    servers.set(environment.id, server);
    return server;
  };

  return async (request, body) => {
    const url = new URL(request.url);
    const [, region = '', environmentId = '', path = ''] = PATH.exec(url.pathname) ?? [];
    const environment = state.environment(regionOfSegment(region), environmentId);
    if (!path) return notFound().toResponse(NO_STORE);
    if (!environment) return unknownEnvironment(state);
    const form = new URLSearchParams(body);
    const refusal = refuse(state, request, form);
    if (refusal) return refusal;
    if (state.quirks.unknownScopes === 'ignore') form.delete('scope');
    const exchange = {
      method: request.method,
      url,
      path,
      headers: request.headers,
      body: isForm(request) ? form.toString() : body,
    };
    return runNodeListener(await serverOf(environment), exchange);
  };
}

function isForm(request: Request): boolean {
  return (request.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
}

function refuse(state: SimulatorState, request: Request, form: URLSearchParams): Response | undefined {
  const proof = readClientProof(request.headers, form);
  const app = state.app(proof.clientId ?? '');
  if (!app || request.method !== 'POST') return undefined;
  if (methodAllowed(app.method ?? 'client_secret_basic', proof)) return undefined;
  return Response.json(unsupportedMethod(), { status: 401, headers: NO_STORE });
}

function unknownEnvironment({ quirks }: SimulatorState): Response {
  if (quirks.unknownEnvironmentToken === '404-html') {
    const headers = { ...NO_STORE, 'content-type': 'text/html' };
    return new Response('<html><body><h1>404 Not Found</h1></body></html>', { status: 404, headers });
  }
  if (quirks.unknownEnvironmentToken === '400-oauth') {
    const body = oauthError('invalid_request', 'Request denied: The environment does not exist');
    return Response.json(body, { status: 400, headers: NO_STORE });
  }
  return notFound().toResponse(NO_STORE);
}
