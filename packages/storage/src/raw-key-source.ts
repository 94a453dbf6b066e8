/** A key source made of 32 bytes that somebody else keeps: the environment, a key management service. Stores nothing. */
import { hasWebCrypto } from './aes-gcm-cipher.js';
import { toBase64Url } from './base64url.js';
import { EncryptionUnavailableError } from './errors.js';
import type { KeySource, NamedKey } from './types/cipher.js';

const KEY_BYTES = 32;
const ID_BYTES = 12;

/** Gives the 32 bytes; called once, and again after it rejected. */
export type KeyCallback = () => Uint8Array | Promise<Uint8Array>;

/** The key's name is a part of its hash, so that a record sealed with another key is told from a forged one. */
export function rawKeySource(callback: KeyCallback): KeySource {
  let known: Promise<NamedKey> | undefined;
  return {
    async getKey() {
      if (!hasWebCrypto()) return null;
      const mine = (known ??= importKey(callback));
      mine.catch(() => {
        if (known === mine) known = undefined;
      });
      return mine;
    },
  };
}

async function importKey(callback: KeyCallback): Promise<NamedKey> {
  const bytes = Uint8Array.from(await callback());
  if (bytes.length !== KEY_BYTES) {
    throw new EncryptionUnavailableError(`Expected an encryption key of ${KEY_BYTES} bytes, got ${bytes.length}.`);
  }
  const { subtle } = globalThis.crypto;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
  const key = await subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  bytes.fill(0);
  return { id: toBase64Url(hash.slice(0, ID_BYTES)), key };
}
