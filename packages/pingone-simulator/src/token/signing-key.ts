/**
 * The RSA key that signs every token of one simulator. Made on first use, kept across resets.
 */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

export interface SigningKey {
  /** With the private part; for the authorization server only. */
  privateJwk: JWK;
  publicKey: CryptoKey;
}

export function lazySigningKey(): () => Promise<SigningKey> {
  let pending: Promise<SigningKey> | undefined;
  return () => (pending ??= createSigningKey());
}

async function createSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' }, publicKey };
}
