/**
 * Records between the page and the tier of this server. A page sends and gets them plain, inside TLS; at rest they are sealed and look as
 * if storage had written them here, so that a manager on this server can read them.
 */
import type { CompareAndSetResult, CredentialStorageOptions, StorageTier, TierRecord } from '@worker-token/storage';
import {
  createRecordCodec,
  parseSafeJson,
  physicalKey,
  type DecodedRecord,
  type RecordHeader,
} from '@worker-token/storage/records';
import type { CredentialRule } from './credential-rules.js';
import { Refusal } from './refusal.js';

/** A record as a page sees it. */
export interface ShownRecord {
  revision: number;
  /** Null: removed. Empty: there is something, and it cannot be read. */
  text: string | null;
  /** JSON pointers of what was left out; absent where nothing was. */
  leftOut?: readonly string[];
}

export interface CredentialRecords {
  show(slot: string, rule: CredentialRule, record: TierRecord): Promise<ShownRecord>;
  /** @throws Refusal 400 for a record that could not be read again without its secrets. */
  write(
    slot: string,
    rule: CredentialRule,
    expectedRevision: number | null,
    record: TierRecord,
  ): Promise<CompareAndSetResult>;
}

export interface CredentialRecordsOptions {
  tier: StorageTier;
  encryption: NonNullable<CredentialStorageOptions['encryption']>;
  appId: string;
  /** Told whether records are sealed at rest, after each one. */
  onSealed: (sealed: boolean) => void;
}

/** What it names nothing else: a text that is no envelope, kept whole as the value of one. */
const OPAQUE = 'opaque';

export function createCredentialRecords({
  tier,
  encryption,
  appId,
  onSealed,
}: CredentialRecordsOptions): CredentialRecords {
  const atRest = createRecordCodec({ encryption, appId, onSealed: (_, sealed) => onSealed(sealed) });
  const onTheWire = createRecordCodec({ encryption: 'off', appId: '', onSealed: () => {} });

  async function valueAtRest(
    slot: string,
    { revision, text, problem }: TierRecord,
  ): Promise<DecodedRecord | undefined> {
    return text === null || problem ? undefined : atRest.decode(tier, slot, revision, text);
  }

  /** What is to be sealed: the value with the secrets that stay, or the whole text where it cannot be taken apart. */
  async function toKeep(
    slot: string,
    rule: CredentialRule,
    current: TierRecord | null,
    { revision, text }: { revision: number; text: string },
  ): Promise<{ header: RecordHeader; json: string }> {
    const sent = await onTheWire.decode(tier, slot, revision, text);
    if (sent.kind === 'value') {
      const stored = current ? await valueAtRest(slot, current) : undefined;
      const isKept = stored?.kind === 'value' && stored.header.writeId !== OPAQUE;
      const json = isKept ? JSON.stringify(rule.keep(parseSafeJson(stored.json), parseSafeJson(sent.json))) : sent.json;
      return { header: sent.header, json };
    }
    // Sealed by a key of the page's own; or nothing in it could be a secret.
    if (sent.kind === 'key-lost' || (sent.problem.kind === 'corrupt' && rule.secretFields.length === 0)) {
      const header = { slot, revision, writeId: OPAQUE, savedAt: 0, expiresAt: undefined, schemaVersion: 1 };
      return { header, json: JSON.stringify(text) };
    }
    throw new Refusal(
      400,
      'invalid_request',
      `Expected the text of a record of this version; it is ${sent.problem.kind}.`,
    );
  }

  return {
    async show(slot, rule, record) {
      const { revision, text } = record;
      if (text === null) return { revision, text };
      const decoded = await valueAtRest(slot, record);
      if (decoded?.kind === 'key-lost') return { revision, text: null };
      if (decoded?.kind !== 'value') return { revision, text: '' };
      const value = parseSafeJson(decoded.json);
      if (decoded.header.writeId === OPAQUE && typeof value === 'string') return { revision, text: value };
      const shown = rule.show(value);
      const plain = await onTheWire.encode(tier, decoded.header, JSON.stringify(shown.value));
      return { revision, text: plain, ...(shown.leftOut.length > 0 ? { leftOut: shown.leftOut } : {}) };
    },

    async write(slot, rule, expectedRevision, { revision, text }) {
      const key = physicalKey(slot);
      if (text === null) return tier.compareAndSet(key, expectedRevision, { revision, text });
      const current = await tier.get(key);
      const at = current?.revision ?? null;
      if (at !== expectedRevision) return { ok: false, revision: at };
      const { header, json } = await toKeep(slot, rule, current, { revision, text });
      const sealed = await atRest.encode(tier, header, json);
      return tier.compareAndSet(key, expectedRevision, { revision, text: sealed });
    },
  };
}
