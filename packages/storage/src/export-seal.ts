/** Seals the records of an export with a passphrase: PBKDF2-SHA-256 (RFC 8018) and AES-256-GCM. Knows nothing of records. */
import { aesGcmCipher, hasWebCrypto } from './aes-gcm-cipher.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { EncryptionUnavailableError, PassphraseError } from './errors.js';
import type { Cipher } from './types/cipher.js';
import type { ExportFile } from './types/transfer.js';

const MIN_ITERATIONS = 600_000;
/** A planted file cannot keep the page busy for minutes. */
const MAX_ITERATIONS = 5_000_000;
const SALT_BYTES = 16;
const MIN_PASSPHRASE = 12;

export type Sealed = NonNullable<ExportFile['sealed']>;

/**
 * `header` is what the file says besides; it cannot be changed without the passphrase.
 *
 * @throws PassphraseError if the passphrase is shorter than 12 characters.
 */
export async function sealExport(text: string, passphrase: string, header: string): Promise<Sealed> {
  if (passphrase.length < MIN_PASSPHRASE) {
    throw new PassphraseError(`Expected a passphrase of at least ${MIN_PASSPHRASE} characters.`);
  }
  const salt = globalThis.crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const parameters = { kdf: 'PBKDF2-SHA-256' as const, iterations: MIN_ITERATIONS, salt: toBase64Url(salt) };
  const cipher = await cipherFrom(passphrase, salt, MIN_ITERATIONS);
  const { iv, d } = await cipher.encrypt(text, associatedData(header, parameters));
  return { ...parameters, iv, data: d };
}

/** @throws PassphraseError if the passphrase is wrong or the file was changed; which of both cannot be told. */
export async function openExport(sealed: Sealed, passphrase: string, header: string): Promise<string> {
  try {
    const { kdf, iterations, salt, iv, data } = sealed;
    const cipher = await cipherFrom(passphrase, fromBase64Url(salt), iterations);
    return await cipher.decrypt({ iv, d: data }, associatedData(header, { kdf, iterations, salt }));
  } catch (error) {
    if (error instanceof EncryptionUnavailableError) throw error;
    throw new PassphraseError('The passphrase does not open the file, or the file was changed. Nothing was imported.');
  }
}

export function isAllowedIterations(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= MIN_ITERATIONS && (value as number) <= MAX_ITERATIONS;
}

async function cipherFrom(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<Cipher> {
  if (!hasWebCrypto())
    throw new EncryptionUnavailableError('A sealed export needs WebCrypto: serve the page over https.');
  const { subtle } = globalThis.crypto;
  const bytes = new TextEncoder().encode(passphrase.normalize('NFC'));
  const secret = await subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const key = await subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return aesGcmCipher({ id: 'passphrase', key });
}

function associatedData(
  header: string,
  { kdf, iterations, salt }: Pick<Sealed, 'kdf' | 'iterations' | 'salt'>,
): string {
  return JSON.stringify([header, kdf, iterations, salt]);
}
