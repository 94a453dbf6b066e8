/**
 * The authorization server of one environment: oidc-provider with the client-credentials grant and JWT access tokens. It authenticates the
 * client, checks the request, signs the token; what PingOne does differently is in the other files of this folder.
 */
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- other packages' programs need the declaration too
/// <reference path="./oidc-provider.d.ts" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Configuration } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import { audienceOf, issuerOf } from '../regions.js';
import type { SimulatorState } from '../state.js';
import type { SimulatedEnvironment } from '../world-types.js';
import { translateError } from './oauth-error.js';
import { createAdapter } from './provider-adapter.js';
import type { SigningKey } from './signing-key.js';

export type AuthorizationServer = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

export function createAuthorizationServer(
  state: SimulatorState,
  environment: SimulatedEnvironment,
  key: SigningKey,
): AuthorizationServer {
  const provider = new Provider(issuerOf(environment.region, environment.id), configuration(state, environment, key));
  provider.on('grant.error', (ctx, error) => {
    ctx.body = translateError(error);
  });
  return provider.callback();
}

function configuration(state: SimulatorState, environment: SimulatedEnvironment, key: SigningKey): Configuration {
  const audience = audienceOf(environment.region);
  return {
    adapter: createAdapter(state, environment.id),
    jwks: { keys: [key.privateJwk] },
    cookies: { keys: [randomUUID()] },
    routes: { token: '/as/token', jwks: '/as/jwks' },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
    scopes: [],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience, accessTokenFormat: 'jwt' }),
      },
    },
    ttl: { ClientCredentials: () => state.tokenLifetimeSeconds },
    renderError: (ctx, out) => void (ctx.body = out),
    formats: {
      customizers: { jwt: (_ctx, token, jwt) => void Object.assign(jwt, claims(state, environment, token, jwt)) },
    },
  };
}

/** Claims as PingOne signs them, by the simulated clock; the token is accepted by the management API from here on. */
function claims(
  state: SimulatorState,
  environment: SimulatedEnvironment,
  token: { clientId?: string | undefined },
  jwt: { payload: Record<string, unknown> },
): { payload: Record<string, unknown> } {
  const jti = randomUUID();
  const iat = Math.floor(state.now() / 1000);
  const clientId = token.clientId ?? '';
  state.liveTokens.set(jti, clientId);
  return {
    payload: {
      client_id: clientId,
      iss: jwt.payload['iss'],
      jti,
      iat,
      exp: iat + state.tokenLifetimeSeconds,
      aud: [audienceOf(environment.region)],
      env: environment.id,
      org: environment.organizationId,
    },
  };
}
