/** Records in any storage of unstorage, and so in each of its drivers. Knows the four methods it needs, not the library. */
import { rawKeySource, type KeyCallback } from '../raw-key-source.js';
import { createSerialQueue } from '../serial-queue.js';
import { fromStoredObject } from './stored-object.js';
import type { StorageTier, TierRecord } from '../types/tier.js';

/** What is needed of `createStorage()`. @see https://unstorage.unjs.io/guide */
export interface UnstorageLike {
  getItem(key: string): Promise<unknown>;
  // A method, so that the narrower types of unstorage fit.
  setItem(key: string, value: { revision: number; text: string | null }): Promise<void>;
  getKeys(): Promise<string[]>;
}

export interface UnstorageTierOptions {
  /** For `status()`. Default `unstorage`. */
  name?: string;
  /** Where the driver keeps records. Default `server`. */
  source?: 'browser' | 'file' | 'server';
  /** False for a driver that forgets, as its memory and LRU drivers do. Default true. */
  durable?: boolean;
  /** Gives the 32 bytes to encrypt with. Default: no encryption. */
  key?: KeyCallback | undefined;
}

/**
 * Not atomic: drivers have no compare-and-set, so of two processes that write at the same moment one may overwrite the other. Within one
 * tier writes follow each other.
 */
export function unstorageTier(storage: UnstorageLike, options: UnstorageTierOptions = {}): StorageTier {
  const { name = 'unstorage', source = 'server', durable = true, key } = options;
  const enqueue = createSerialQueue();

  const read = async (physical: string) => fromStoredObject(await storage.getItem(physical));

  async function entries(prefix: string): Promise<[string, TierRecord][]> {
    const keys = (await storage.getKeys()).filter((physical) => physical.startsWith(prefix)).sort();
    const records = await Promise.all(keys.map(read));
    return keys.flatMap((physical, i): [string, TierRecord][] => {
      const record = records[i];
      return record && record.text !== null ? [[physical, record]] : [];
    });
  }

  return {
    name,
    source,
    durable,
    atomic: false,
    ...(key ? { keySource: rawKeySource(key) } : {}),
    get: read,
    compareAndSet: (physical, expected, { revision, text }) =>
      enqueue(async () => {
        const current = (await read(physical))?.revision ?? null;
        if (current !== expected) return { ok: false, revision: current };
        await storage.setItem(physical, { revision, text });
        return { ok: true };
      }),
    keys: async (prefix) => (await entries(prefix)).map(([physical]) => physical),
    entries,
  };
}
