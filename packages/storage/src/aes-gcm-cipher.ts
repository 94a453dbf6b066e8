/** AES-256-GCM through WebCrypto (NIST SP 800-38D). Gets its key from outside and never shows it. */
import { fromBase64Url, toBase64Url } from './base64url.js';
import { environment } from './environment.js';
import type { Cipher, NamedKey } from './types/cipher.js';

const IV_BYTES = 12;

/** The name that records sealed with this key carry as `alg`. */
function cipherId(keyId: string): string {
  return `A256GCM:${keyId}`;
}

export function aesGcmCipher({ id, key }: NamedKey): Cipher {
  const parameters = (iv: Uint8Array<ArrayBuffer>, aad: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(aad),
  });
  return {
    id: cipherId(id),
    async encrypt(plain, aad) {
      const iv = globalThis.crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await globalThis.crypto.subtle.encrypt(parameters(iv, aad), key, new TextEncoder().encode(plain));
      return { iv: toBase64Url(iv), d: toBase64Url(new Uint8Array(sealed)) };
    },
    async decrypt({ iv, d }, aad) {
      const opened = await globalThis.crypto.subtle.decrypt(parameters(fromBase64Url(iv), aad), key, fromBase64Url(d));
      return new TextDecoder().decode(opened);
    },
  };
}

/** WebCrypto is there: a secure origin, or Node. */
export function hasWebCrypto(): boolean {
  return typeof environment.crypto?.subtle?.encrypt === 'function';
}
