/** Records in IndexedDB, under the physical keys. The default durable tier of a browser. */
import { fromStoredObject } from './stored-object.js';
import type { StorageTier, TierRecord } from '../types/tier.js';
import { indexedDbConnection, RECORDS } from './indexed-db-connection.js';
import { indexedDbKeySource } from './indexed-db-key-source.js';

/** The database where no other name is asked for. */
export const DEFAULT_DATABASE = 'worker-token';

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
      const keys = store.getAllKeys();
      const values = store.getAll();
      values.onsuccess = () => done(pair(keys.result, values.result, prefix));
    });
  }
}

function pair(keys: IDBValidKey[], values: unknown[], prefix: string): [string, TierRecord][] {
  return keys.flatMap((key, i): [string, TierRecord][] => {
    const record = fromStoredObject(values[i]);
    return typeof key === 'string' && key.startsWith(prefix) && record && record.text !== null ? [[key, record]] : [];
  });
}
