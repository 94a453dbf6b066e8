/** The 32-byte encryption key from an environment variable. */
import process from 'node:process';
import { fromBase64Url } from '../base64url.js';
import { EncryptionUnavailableError } from '../errors.js';
import type { KeyCallback } from '../raw-key-source.js';

/** Where `fileTier` looks where nothing else is said. */
export const KEY_VARIABLE = 'WORKER_TOKEN_STORAGE_KEY';

const HEX = /^[0-9a-f]{64}$/i;
/** 32 bytes are 43 digits of base64 and one of padding. */
const BASE64 = /^[\w+/-]{43}=?$/;

/**
 * Reads the key at once, as 64 hexadecimal digits or base64. Undefined where the variable is not set.
 *
 * @param variable name of the environment variable. Default `WORKER_TOKEN_STORAGE_KEY`.
 * @throws EncryptionUnavailableError if it is set to something else; the message does not quote it.
 */
export function keyFromEnvironment(variable: string = KEY_VARIABLE): KeyCallback | undefined {
  const text = process.env[variable]?.trim();
  if (!text) return undefined;
  if (!HEX.test(text) && !BASE64.test(text)) {
    throw new EncryptionUnavailableError(
      `Expected ${variable} to be 32 bytes as 64 hexadecimal digits or base64, got ${text.length} characters of something else. Make one with: openssl rand -base64 32`,
    );
  }
  const bytes = HEX.test(text) ? fromHex(text) : fromBase64Url(text.replace('=', ''));
  return () => bytes;
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}
