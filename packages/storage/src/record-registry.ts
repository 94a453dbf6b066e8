/** The records of one storage, made when first asked for, one per slot. */
import { isReservedSlot, physicalKey } from './flow-key.js';
import { createRecord, type StorageRecord } from './record.js';
import { createRetryLater } from './retry-later.js';
import type { SlotStoreOptions } from './slot-store.js';
import { createSlotStore } from './slot-store.js';
import type { Logger } from './types/surroundings.js';

export interface RecordRegistryOptions extends Omit<
  SlotStoreOptions,
  'slot' | 'onKeyLost' | 'onBehind' | 'onCaughtUp'
> {
  logger: Logger;
  announce: (type: 'saved' | 'cleared', key: string, revision: number) => void;
}

export interface RecordRegistry {
  get(slot: string): StorageRecord;
  existing(slot: string): StorageRecord | undefined;
  slots(): string[];
  isPending: (slot: string) => boolean;
  dispose(): void;
}

export function createRecordRegistry(options: RecordRegistryOptions): RecordRegistry {
  const records = new Map<string, StorageRecord>();
  const retry = createRetryLater(async () => {
    const behind = [...records.values()].filter((record) => record.isBehind());
    await Promise.all(behind.map((record) => record.refresh()));
    return !behind.some((record) => record.isBehind());
  });

  function create(slot: string): StorageRecord {
    const key = physicalKey(slot);
    const lost = new Set<string>();
    const store = createSlotStore({
      ...options,
      slot,
      onKeyLost(tier, { writeId, revision }) {
        if (lost.has(writeId)) return;
        lost.add(writeId);
        options.health.note(tier, `key of ${slot}`, `the key of "${key}" is gone: the record counts as absent`);
        record.keyLost(revision);
      },
      onBehind: () => retry.arm(),
      // When it was saved, the others found nothing new there.
      onCaughtUp: (type, revision) => options.announce(type, key, revision),
    });
    const record = createRecord({
      slot,
      store,
      hasSnapshot: !isReservedSlot(slot),
      announce(type, revision) {
        for (const tier of options.tiers) options.health.note(tier, `key of ${slot}`, '');
        options.announce(type, key, revision);
      },
      onListenerError: () => options.logger.error(`A listener of "${key}" threw.`),
    });
    return record;
  }

  return {
    get(slot) {
      let record = records.get(slot);
      if (!record) records.set(slot, (record = create(slot)));
      return record;
    },
    existing: (slot) => records.get(slot),
    slots: () => [...records.keys()],
    isPending: (slot) => records.get(slot)?.isPending() ?? false,
    dispose() {
      retry.dispose();
      for (const record of records.values()) record.dispose();
    },
  };
}
