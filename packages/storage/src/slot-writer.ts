/** Writes one slot into one tier: compare-and-set until it is in, a conflict, or a refusal. Chooses no tier. */
import { decodeEnvelope } from './envelope.js';
import { NewerSchemaError, RevisionConflictError } from './errors.js';
import { physicalKey } from './flow-key.js';
import { randomId } from './random-id.js';
import type { RecordCodec, RecordHeader } from './record-envelope.js';
import type { StorageTier, TierRecord } from './types/tier.js';

/** A value on its way into the tiers; null is a removal. */
export type Draft = { header: Omit<RecordHeader, 'revision'>; json: string } | null;

export interface SlotWriter {
  /**
   * Gives the slot its next revision. `seen` is the last revision known here, which a wiped tier may have forgotten.
   *
   * @throws RevisionConflictError if `ifRevision` no longer holds.
   * @throws NewerSchemaError over a record of a newer version.
   */
  commit(tier: StorageTier, draft: Draft, seen: number | null, ifRevision?: number | null): Promise<number>;
  /** Writes a revision that another tier already gave. A tier shared with others keeps what is newer. */
  copy(tier: StorageTier, draft: Draft, revision: number): Promise<void>;
}

export function newDraft(slot: string, json: string, schemaVersion: number, savedAt: number, ttlMs?: number): Draft {
  const expiresAt = ttlMs === undefined ? undefined : savedAt + ttlMs;
  return { header: { slot, writeId: randomId(), savedAt, expiresAt, schemaVersion }, json };
}

export function createSlotWriter(slot: string, codec: RecordCodec): SlotWriter {
  const key = physicalKey(slot);

  async function toRecord(tier: StorageTier, draft: Draft, revision: number): Promise<TierRecord> {
    return { revision, text: draft && (await codec.encode(tier, { ...draft.header, revision }, draft.json)) };
  }

  return {
    async commit(tier, draft, seen, ifRevision) {
      let condition = ifRevision;
      for (;;) {
        const current = await tier.get(key);
        const known = current?.revision ?? seen;
        if (condition !== undefined && condition !== known) throw new RevisionConflictError(key, condition, known);
        if (draft) assertNotNewer(slot, current, draft.header.schemaVersion);
        const record = await toRecord(tier, draft, Math.max(current?.revision ?? 0, seen ?? 0) + 1);
        const result = await tier.compareAndSet(key, current?.revision ?? null, record);
        if (!result.ok) {
          if (condition !== undefined) throw new RevisionConflictError(key, condition, result.revision);
        } else if (record.text === null || (await codec.isOpenable(tier, record.text))) {
          return record.revision;
        } else if (condition !== undefined) {
          // Sealed with a key that went while it was written: once more, over our own record.
          condition = record.revision;
        }
      }
    },

    async copy(tier, draft, revision) {
      const record = await toRecord(tier, draft, revision);
      for (;;) {
        const current = (await tier.get(key))?.revision ?? null;
        if (tier.durable && current !== null && current >= revision) return;
        if ((await tier.compareAndSet(key, current, record)).ok) return;
      }
    },
  };
}

function assertNotNewer(slot: string, current: TierRecord | null, schemaVersion: number): void {
  if (!current || current.text === null || current.problem) return;
  const { envelope } = { envelope: undefined, ...decodeEnvelope(current.text, slot, current.revision) };
  if (envelope && envelope.s > schemaVersion) throw new NewerSchemaError(physicalKey(slot), schemaVersion, envelope.s);
}
