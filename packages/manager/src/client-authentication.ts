/** The four ways in which a client authenticates at a token endpoint (OpenID Connect Core, section 9), done by oauth4webapi. */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import { deriveTokenEndpoint } from '@worker-token/storage/regions';
import {
  ClientSecretBasic,
  ClientSecretJwt,
  ClientSecretPost,
  PrivateKeyJwt,
  type AuthorizationServer,
  type ClientAuth,
} from 'oauth4webapi';
import { WorkerTokenError } from './errors.js';

/** @throws WorkerTokenError `invalid-credentials` for a private key that cannot be read. */
export async function clientAuthenticationOf(credentials: WorkerTokenCredentials): Promise<ClientAuth> {
  const { clientSecret, tokenEndpointAuthMethod } = credentials;
  switch (tokenEndpointAuthMethod) {
    case 'client_secret_basic':
      return ClientSecretBasic(clientSecret);
    case 'client_secret_post':
      return ClientSecretPost(clientSecret);
    case 'client_secret_jwt':
      return ClientSecretJwt(clientSecret);
    case 'private_key_jwt':
      return PrivateKeyJwt(await privateKeyOf(clientSecret));
  }
}

/**
 * The audience of an assertion is the issuer: PingOne's is `…/as`, wherever its endpoint is reached; that of a provider without
 * environments is taken to lie beside its endpoint.
 */
export function serverOf(credentials: WorkerTokenCredentials, tokenEndpoint: string): AuthorizationServer {
  const published = credentials.environmentId ? deriveTokenEndpoint(credentials) : tokenEndpoint;
  return { issuer: published.replace(/\/token$/, ''), token_endpoint: tokenEndpoint };
}

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** With `private_key_jwt` the secret is the key: PKCS #8 in PEM, or a JWK as JSON; RSA, for RS256. */
async function privateKeyOf(text: string): Promise<CryptoKey> {
  try {
    if (text.trim().startsWith('{')) {
      return await crypto.subtle.importKey('jwk', JSON.parse(text) as JsonWebKey, RS256, false, ['sign']);
    }
    const der = atob(text.replace(/-----[^-]+-----|\s/g, ''));
    const bytes = Uint8Array.from(der, (char) => char.charCodeAt(0));
    return await crypto.subtle.importKey('pkcs8', bytes, RS256, false, ['sign']);
  } catch {
    throw new WorkerTokenError(
      'invalid-credentials',
      'Expected an RSA private key as PKCS #8 PEM or as a JWK, on a secure origin.',
    );
  }
}
