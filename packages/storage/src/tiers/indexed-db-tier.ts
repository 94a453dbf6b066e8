/** Records in IndexedDB, under the physical keys. The default durable tier of a browser. */
import { fromStoredObject } from './stored-object.js';
import { environment } from '../environment.js';
import type { StorageTier, TierRecord } from '../types/tier.js';
import { indexedDbConnection, RECORDS } from './indexed-db-connection.js';
import { indexedDbKeySource } from './indexed-db-key-source.js';

/** The database where no other name is asked for. */
export const DEFAULT_DATABASE = 'worker-token';

/** Records that are read at once for a list. */
const BATCH = 250;

export interface IndexedDbTierOptions {
  /** Name of the database. Default `worker-token`. */
  name?: string;
}

/**
 * Compare-and-set runs in one transaction and resolves after that has completed, so two tabs cannot both win. Nothing is
 * opened before the first call; a database that is denied, blocked or closed makes the call reject, and the next one tries again.
 */
export function indexedDbTier(options: IndexedDbTierOptions = {}): StorageTier {
  const connection = indexedDbConnection(options.name ?? DEFAULT_DATABASE);
  return {
    name: 'indexeddb',
    source: 'browser',
    durable: true,
    atomic: true,
    keySource: indexedDbKeySource(connection),
    get: (key) =>
      connection.transaction<TierRecord | null>(RECORDS, 'readonly', (store, done) => {
        const request = store.get(key);
        request.onsuccess = () => done(fromStoredObject(request.result));
      }),
    compareAndSet: (key, expectedRevision, { revision, text }) =>
      connection.transaction(RECORDS, 'readwrite', (store, done) => {
        const request = store.get(key);
        request.onsuccess = () => {
          const current = fromStoredObject(request.result)?.revision ?? null;
          if (current !== expectedRevision) return done({ ok: false, revision: current });
          store.put({ revision, text }, key).onsuccess = () => done({ ok: true });
        };
      }),
    async keys(prefix) {
      return (await readEntries(prefix)).map(([key]) => key);
    },
    entries: readEntries,
    dispose: () => connection.close(),
  };

  function readEntries(prefix: string): Promise<[string, TierRecord][]> {
    return connection.transaction<[string, TierRecord][]>(RECORDS, 'readonly', (store, done) => {
      const found: [string, TierRecord][] = [];
      const keys = store.getAllKeys();
      keys.onsuccess = () => {
        for (const batch of batches(keys.result)) {
          const values = store.getAll(batch.range);
          values.onsuccess = () => found.push(...withValues(batch.keys, values.result, prefix));
        }
        done(found);
      };
    });
  }
}

/** While one batch is unpacked here, the browser reads the next one. Some test environments have no ranges: all at once there. */
function batches(keys: IDBValidKey[]): { keys: IDBValidKey[]; range?: IDBKeyRange }[] {
  const { IDBKeyRange } = environment;
  if (!IDBKeyRange) return [{ keys }];
  return Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, i) => {
    const batch = keys.slice(i * BATCH, (i + 1) * BATCH);
    return { keys: batch, range: IDBKeyRange.bound(batch[0], batch.at(-1)) };
  });
}

/** In one transaction, values come in the order of their keys. */
function withValues(keys: IDBValidKey[], values: unknown[], prefix: string): [string, TierRecord][] {
  return keys.flatMap((key, i): [string, TierRecord][] => {
    if (typeof key !== 'string' || !key.startsWith(prefix)) return [];
    const record = fromStoredObject(values[i]);
    return record && record.text !== null ? [[key, record]] : [];
  });
}
