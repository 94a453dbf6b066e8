/** Names credentials without giving them away, so that a stored token can be told to belong to others. */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import { globals } from './globals.js';

/**
 * Everything that decides which token one gets, in one text. It contains the secret: for comparing in memory, never to be kept.
 * Equal identities get equal tokens; the order of scopes does not matter.
 */
export function identityOf(credentials: WorkerTokenCredentials): string {
  const scopes = [...new Set(credentials.scopes ?? [])].sort();
  return JSON.stringify([
    credentials.environmentId.toLowerCase(),
    credentials.clientId,
    credentials.region,
    credentials.tokenEndpointAuthMethod,
    credentials.tokenEndpoint ?? '',
    credentials.authHost ?? '',
    scopes,
    credentials.clientSecret,
  ]);
}

/** Whose tokens these are; null: nobody's, there are no credentials. */
export type Identify = (credentials: WorkerTokenCredentials | null) => string | null;

/** @param server Whose credentials get the tokens; undefined: those that are held here. */
export function identifying(server: string | undefined): Identify {
  if (server !== undefined) return () => JSON.stringify(['server', server]);
  return (credentials) => credentials && identityOf(credentials);
}

/** SHA-256 of the identity, as 64 hexadecimal digits. By WebCrypto where it is to be had. */
export async function fingerprintOf(identity: string): Promise<string> {
  const bytes = new TextEncoder().encode(identity);
  const subtle = globals.crypto?.subtle;
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : await slowDigest(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Loaded where it is needed: on an insecure origin. */
async function slowDigest(bytes: Uint8Array): Promise<Uint8Array> {
  const { sha256 } = await import('./sha256.js');
  return sha256(bytes);
}
