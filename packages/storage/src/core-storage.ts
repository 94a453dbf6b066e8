/** The storage for pages that count kilobytes: one tier, nothing encrypted, no channel between tabs. It decides nothing itself. */
import { flowAccess, SHARED_SLOTS } from './flow-access.js';
import { isReservedSlot, KEY_PREFIX, slotOfPhysicalKey } from './flow-key.js';
import { listSlots, summarize } from './flow-list.js';
import { onDemand } from './on-demand.js';
import { plainCodec } from './plain-codec.js';
import { createRecord, type StorageRecord } from './record.js';
import { createSingleTierStore } from './single-tier-store.js';
import { SILENT, SYSTEM_CLOCK } from './surroundings.js';
import { createTierHealth } from './tier-health.js';
import { memoryTier } from './tiers/memory-tier.js';
import type { CredentialStorage, StorageStatus } from './types/storage.js';
import type { Clock, Logger } from './types/surroundings.js';
import type { StorageTier } from './types/tier.js';

export interface CoreStorageOptions {
  /** Where records are kept. They are written as they are: a tier that lasts shows secrets to whoever looks at it. Default `memoryTier()`. */
  tier?: StorageTier;
  /** Default: silent. */
  logger?: Logger;
  /** Default: `Date`. */
  clock?: Clock;
}

/**
 * Makes a storage with the records, revisions and isolation of `createCredentialStorage`, in one tier and without encryption. Other tabs
 * are heard only where the tier itself hears them.
 */
export function createCoreStorage(options: CoreStorageOptions = {}): CredentialStorage {
  const { tier = memoryTier(), logger = SILENT, clock = SYSTEM_CLOCK } = options;
  const records = new Map<string, StorageRecord>();
  const health = createTierHealth(() => {
    for (const { reason } of health.problems()) logger.warn(`Storage tier "${tier.name}": ${reason}`);
  });

  function recordAt(slot: string): StorageRecord {
    const known = records.get(slot);
    if (known) return known;
    const record = createRecord({
      slot,
      store: createSingleTierStore({ slot, tier, health, codec: plainCodec, clock }),
      hasSnapshot: !isReservedSlot(slot),
      announce() {},
      onListenerError: () => logger.error(`A listener of "${slot}" threw.`),
    });
    records.set(slot, record);
    return record;
  }

  const slots = async () => (await tier.keys(KEY_PREFIX)).flatMap((key) => slotOfPhysicalKey(key) ?? []);
  const undo = tier.subscribe?.((key) => {
    const slot = slotOfPhysicalKey(key);
    const record = slot === null ? undefined : records.get(slot);
    record?.refresh().catch(() => logger.warn(`"${key}" could not be read again.`));
  });

  function status(): StorageStatus {
    const { name, durable } = tier;
    const degraded = health.problems();
    return { tier: name, durable, encrypted: plainCodec.encrypts(tier), ...(degraded.length > 0 && { degraded }) };
  }

  return {
    ...flowAccess(recordAt),
    async listFlows() {
      const found = await listSlots([tier], health, () => false);
      return [...found].flatMap(([slot, { record }]) => summarize(slot, tier, record, clock.now()) ?? []);
    },
    async clearAll() {
      const all = new Set([...(await slots()), ...records.keys(), ...SHARED_SLOTS]);
      await Promise.all([...all].map((slot) => recordAt(slot).clear()));
    },
    ...onDemand({ slots, record: recordAt, now: () => clock.now() }),
    status,
    dispose() {
      undo?.();
      for (const record of records.values()) record.dispose();
      tier.dispose?.();
    },
  };
}
