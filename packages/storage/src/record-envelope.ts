/** What a codec makes of a record, and the part of it that every codec does the same way: header, envelope, the check of the JSON. */
import { FORMAT_VERSION, type Envelope } from './envelope.js';
import { parseSafeJson, UnsafeJsonError } from './safe-json.js';
import type { RecordProblem } from './types/record.js';
import type { StorageTier } from './types/tier.js';

/** What is stored about a value besides the value. */
export interface RecordHeader {
  slot: string;
  revision: number;
  writeId: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Milliseconds since 1970; undefined: never. */
  expiresAt: number | undefined;
  schemaVersion: number;
}

export type DecodedRecord =
  | { kind: 'value'; header: RecordHeader; json: string; encrypted: boolean }
  | { kind: 'problem'; problem: RecordProblem }
  /** Sealed with a key that is gone: counts as absent. */
  | { kind: 'key-lost'; header: RecordHeader };

export interface RecordCodec {
  /** @throws EncryptionUnavailableError where encryption is required and not to be had. */
  encode(tier: StorageTier, header: RecordHeader, json: string): Promise<string>;
  decode(tier: StorageTier, slot: string, revision: number, text: string): Promise<DecodedRecord>;
  /** False: the key that sealed it has gone since, with the database it was in. */
  isOpenable(tier: StorageTier, text: string): Promise<boolean>;
  /** Whether records of this tier are sealed, as far as is known now. */
  encrypts(tier: StorageTier): boolean;
}

export function toEnvelope(header: RecordHeader, d: string): Envelope {
  const { slot, revision, writeId, savedAt, expiresAt, schemaVersion } = header;
  const exp = expiresAt === undefined ? {} : { exp: expiresAt };
  return { v: FORMAT_VERSION, k: slot, rev: revision, id: writeId, t: savedAt, ...exp, s: schemaVersion, d };
}

export function headerOf({ k, rev, id, t, exp, s }: Envelope): RecordHeader {
  return { slot: k, revision: rev, writeId: id, savedAt: t, expiresAt: exp, schemaVersion: s };
}

/** A value that is no JSON, or not safe to parse, is a problem. */
export function safely(record: DecodedRecord, slot: string, bytes: number): DecodedRecord {
  if (record.kind !== 'value') return record;
  try {
    parseSafeJson(record.json);
    return record;
  } catch (error) {
    const reason = error instanceof UnsafeJsonError ? error.message : 'unreadable';
    return { kind: 'problem', problem: { kind: 'corrupt', message: `The value of "${slot}" is ${reason}.`, bytes } };
  }
}
