/** One slot in one tier: reads, writes and removals one after the other. What that tier does not take, nobody has. */
import { StorageUnavailableError } from './errors.js';
import { physicalKey } from './flow-key.js';
import { createSerialQueue } from './serial-queue.js';
import { createSlotReader, type RawRecord } from './slot-reader.js';
import type { SlotStore } from './slot-store.js';
import { createSlotWriter, newDraft, type Draft } from './slot-writer.js';
import type { TierHealth } from './tier-health.js';
import type { RecordCodec } from './record-envelope.js';
import type { Clock } from './types/surroundings.js';
import type { StorageTier } from './types/tier.js';

export interface SingleTierStoreOptions {
  slot: string;
  tier: StorageTier;
  health: TierHealth;
  codec: RecordCodec;
  clock: Clock;
}

export function createSingleTierStore({ slot, tier, health, codec, clock }: SingleTierStoreOptions): SlotStore {
  const enqueue = createSerialQueue();
  const reader = createSlotReader({ slot, tiers: [tier], health, codec, clock, onKeyLost() {} });
  const writer = createSlotWriter(slot, codec);
  /** The last revision seen: a tier that was wiped may have forgotten it. */
  let seen: number | null = null;

  async function read(): Promise<RawRecord> {
    const raw = await reader.readFirst([tier]);
    // A damaged record may have forgotten its revision.
    seen = raw.problem ? Math.max(raw.revision ?? 0, seen ?? 0) || null : (raw.revision ?? seen);
    return { ...raw, revision: raw.revision ?? seen };
  }

  async function put(draft: Draft, ifRevision: number | null | undefined): Promise<number> {
    const attempt = await health.attempt(tier, () => writer.commit(tier, draft, seen, ifRevision));
    if (attempt.ok) return (seen = attempt.value);
    throw new StorageUnavailableError(
      `${tier.name} did not take "${physicalKey(slot)}": ${attempt.reason}. Try again.`,
    );
  }

  return {
    read: () => enqueue(read),
    write: (prepare) =>
      enqueue(async () => {
        const { json, schemaVersion, ttlMs, ifRevision } = await prepare();
        const savedAt = clock.now();
        const revision = await put(newDraft(slot, json, schemaVersion, savedAt, ttlMs), ifRevision);
        return { revision, savedAt, tiers: [tier.name], failed: [] };
      }),
    remove: (ifRevision) => enqueue(() => put(null, ifRevision)),
    isPending: () => false,
    isBehind: () => false,
  };
}
