/** What the fleet's key is used for: names that give nothing away, and seals (AES-256-GCM, NIST SP 800-38D). Keys by HKDF (RFC 5869). */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { EncryptionUnavailableError } from '@worker-token/storage';
import type { KeyCallback } from '@worker-token/storage/node';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1.';

export interface FleetSecrets {
  /** The name of a slot: without the key nobody can tell whose it is, or try out secrets on it. */
  idOf(fingerprint: string): string;
  /** @param place Where it will stand: it cannot be opened anywhere else. */
  seal(plain: string, place: string): string;
  /** Null: it was changed, belongs elsewhere, or was sealed with another key. */
  open(sealed: string, place: string): string | null;
}

/** Asks for the key at the first call, and again after that failed. */
export function fleetSecretsFrom(key: KeyCallback): () => Promise<FleetSecrets> {
  let known: Promise<FleetSecrets> | undefined;
  return () => {
    const mine = (known ??= derive(key));
    mine.catch(() => {
      if (known === mine) known = undefined;
    });
    return mine;
  };
}

async function derive(key: KeyCallback): Promise<FleetSecrets> {
  const bytes = await key();
  if (bytes.length !== KEY_BYTES) {
    throw new EncryptionUnavailableError(`Expected a key of ${KEY_BYTES} bytes, got ${bytes.length}.`);
  }
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', bytes, '', `worker-token/redis/${use}`, KEY_BYTES));
  const sealing = derived('seal');
  const naming = derived('name');
  return {
    idOf: (fingerprint) => createHmac('sha256', naming).update(fingerprint).digest('hex').slice(0, 32),
    seal: (plain, place) => seal(sealing, plain, place),
    open(sealed, place) {
      try {
        return open(sealing, sealed, place);
      } catch {
        return null;
      }
    },
  };
}

function seal(key: Buffer, plain: string, place: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const body = [cipher.update(plain, 'utf8'), cipher.final()];
  return VERSION + Buffer.concat([iv, cipher.getAuthTag(), ...body]).toString('base64url');
}

function open(key: Buffer, sealed: string, place: string): string | null {
  if (!sealed.startsWith(VERSION)) return null;
  const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
  const body = bytes.subarray(IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
}
