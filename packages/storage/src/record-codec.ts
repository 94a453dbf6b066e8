/**
 * Turns a value's JSON into the text that one tier keeps, and back: decides by tier and option whether it is sealed, and by
 * which key. Knows no revisions and no order of tiers.
 */
import { aesGcmCipher, hasWebCrypto } from './aes-gcm-cipher.js';
import { decodeEnvelope, encodeEnvelope, type Envelope } from './envelope.js';
import { environment } from './environment.js';
import { EncryptionUnavailableError } from './errors.js';
import {
  headerOf,
  safely,
  toEnvelope,
  type DecodedRecord,
  type RecordCodec,
  type RecordHeader,
} from './record-envelope.js';
import type { Cipher, NamedKey } from './types/cipher.js';
import type { CredentialStorageOptions } from './types/storage.js';
import type { StorageTier } from './types/tier.js';

type Encryption = NonNullable<CredentialStorageOptions['encryption']>;

export interface RecordCodecOptions {
  encryption: Encryption;
  appId: string;
  /** Called after each record that should be sealed, with whether it could be. */
  onSealed: (tier: StorageTier, sealed: boolean) => void;
}

export function createRecordCodec({ encryption, appId, onSealed }: RecordCodecOptions): RecordCodec {
  const plainTiers = new Set<StorageTier>();

  return {
    async encode(tier, header, json) {
      const envelope = toEnvelope(header, json);
      if (!sealsTier(tier, encryption)) return encodeEnvelope(envelope);
      const sealed = await seal(tier, header, json);
      return encodeEnvelope({ ...envelope, ...sealed });
    },

    async decode(tier, slot, revision, text) {
      const decoded = decodeEnvelope(text, slot, revision);
      if (decoded.problem) return { kind: 'problem', problem: decoded.problem };
      const { envelope } = decoded;
      return safely(await open(tier, slot, envelope, text.length), slot, text.length);
    },

    async isOpenable(tier, text) {
      const { alg } = JSON.parse(text) as Envelope;
      return alg === undefined || (await cipherOf(tier, encryption))?.id === alg;
    },

    encrypts(tier) {
      if (tier.encryptsItself) return true;
      if (!sealsTier(tier, encryption) || plainTiers.has(tier)) return false;
      return typeof encryption === 'object' || (tier.keySource !== undefined && hasWebCrypto());
    },
  };

  /** A key source that rejects is a tier that cannot be reached, and the caller's to judge: no reason to write plain text. */
  async function seal(tier: StorageTier, header: RecordHeader, json: string): Promise<Partial<Envelope>> {
    const cipher = await cipherOf(tier, encryption);
    try {
      if (!cipher) throw new EncryptionUnavailableError(`Tier "${tier.name}" has no key to encrypt with.`);
      const sealed = await cipher.encrypt(json, associatedData(header, appId));
      plainTiers.delete(tier);
      onSealed(tier, true);
      return { alg: cipher.id, ...sealed };
    } catch (error) {
      if (encryption !== 'preferred') throw asEncryptionUnavailable(error);
      plainTiers.add(tier);
      onSealed(tier, false);
      return {};
    }
  }

  async function open(tier: StorageTier, slot: string, envelope: Envelope, bytes: number): Promise<DecodedRecord> {
    const header = headerOf(envelope);
    const undecryptable = (message: string): DecodedRecord => ({
      kind: 'problem',
      problem: { kind: 'undecryptable', message: `The record of "${slot}" ${message}.`, bytes },
    });
    if (envelope.alg === undefined) {
      if (encryption === 'required' && sealsTier(tier, encryption))
        return undecryptable('is plain, and encryption is required');
      return { kind: 'value', header, json: envelope.d, encrypted: false };
    }
    const cipher = await cipherOf(tier, encryption);
    if (cipher?.id !== envelope.alg) return { kind: 'key-lost', header };
    try {
      // Bound to the slot that was asked for, not to what the envelope says of itself.
      const aad = associatedData({ slot, schemaVersion: envelope.s }, appId);
      const json = await cipher.decrypt({ iv: envelope.iv ?? '', d: envelope.d }, aad);
      return { kind: 'value', header, json, encrypted: true };
    } catch {
      // The cause of a failed decryption says nothing that helps.
      return undecryptable('was changed, or belongs to another slot, origin or application');
    }
  }
}

/**
 * @throws EncryptionUnavailableError if encryption is `required` and no tier, or one durable tier not, has a key source.
 */
export function assertEncryptionPossible(tiers: readonly StorageTier[], encryption: Encryption): void {
  if (encryption !== 'required') return;
  const atRest = tiers.filter((tier) => tier.source !== 'memory');
  const without = atRest.find((tier) => !tier.keySource && !tier.encryptsItself);
  const isPossible = hasWebCrypto() || atRest.every((tier) => tier.encryptsItself);
  if (atRest.length > 0 && !without && isPossible) return;
  throw new EncryptionUnavailableError(
    without
      ? `Encryption is required, but tier "${without.name}" has no source of a key. Leave it out, or choose "preferred".`
      : 'Encryption is required, but there is nothing here to encrypt with (no durable tier with a key, or no secure origin).',
  );
}

/** A cipher of the caller's seals everything that leaves the process; else nothing is sealed twice. */
function sealsTier(tier: StorageTier, encryption: Encryption): boolean {
  if (encryption === 'off' || tier.source === 'memory') return false;
  return typeof encryption === 'object' || !tier.encryptsItself;
}

async function cipherOf(tier: StorageTier, encryption: Encryption): Promise<Cipher | null> {
  if (typeof encryption === 'object') return encryption;
  const key: NamedKey | null = (await tier.keySource?.getKey()) ?? null;
  return key && aesGcmCipher(key);
}

/** Without a cause: a foreign cipher's error might quote what it was given. */
function asEncryptionUnavailable(error: unknown): EncryptionUnavailableError {
  if (error instanceof EncryptionUnavailableError) return error;
  return new EncryptionUnavailableError('The value could not be encrypted, and nothing was written.');
}

/** Unambiguous, and different for every origin, application, slot and schema version. */
function associatedData(header: Pick<RecordHeader, 'slot' | 'schemaVersion'>, appId: string): string {
  return JSON.stringify([environment.location?.origin ?? '', appId, header.slot, header.schemaVersion]);
}
