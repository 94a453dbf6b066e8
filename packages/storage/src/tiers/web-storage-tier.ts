/**
 * Records in `localStorage` or `sessionStorage`, under the physical keys. For those who need them there: web storage has no
 * transactions, so of two tabs that write at the same moment one may overwrite the other.
 */
import { environment, onStorageEvent } from '../environment.js';
import { StorageUnavailableError } from '../errors.js';
import type { KeySource } from '../types/cipher.js';
import type { StorageTier, TierRecord } from '../types/tier.js';
import { webStorageOf, type WebStorageArea, type WebStorageLike } from '../web-storage.js';
import { hasIndexedDb, indexedDbConnection } from './indexed-db-connection.js';
import { indexedDbKeySource } from './indexed-db-key-source.js';
import { DEFAULT_DATABASE } from './indexed-db-tier.js';
import { fromStoredText, toStoredText } from './stored-text.js';

const LOCK_TIMEOUT_MS = 2_000;

export interface WebStorageTierOptions {
  /** Put before each physical key, to partition two applications on one origin. Default ''. */
  prefix?: string;
  /** Name of the IndexedDB database that keeps the encryption key. Default `worker-token`. */
  keyDatabase?: string;
}

/** `local` lasts and is shared between tabs; `session` is this tab's. */
export function webStorageTier(area: WebStorageArea, options: WebStorageTierOptions = {}): StorageTier {
  const { prefix = '', keyDatabase = DEFAULT_DATABASE } = options;
  const connection = indexedDbConnection(keyDatabase);
  const own = (key: string) => prefix + key;

  function read(key: string): TierRecord | null {
    const stored = storageOf(area).getItem(own(key));
    return stored === null ? null : fromStoredText(stored);
  }

  function entries(start: string): [string, TierRecord][] {
    return ownKeys(storageOf(area), own(start)).flatMap((full): [string, TierRecord][] => {
      const key = full.slice(prefix.length);
      const record = read(key);
      return record && record.text !== null ? [[key, record]] : [];
    });
  }

  /** The event does not fire in the tab that wrote. */
  function subscribe(listener: (key: string) => void): () => void {
    return onStorageEvent(({ key }) => {
      if (key?.startsWith(prefix)) listener(key.slice(prefix.length));
    });
  }

  return {
    name: area,
    source: 'browser',
    durable: true,
    atomic: false,
    keySource: keySourceIn(indexedDbKeySource(connection)),
    async get(key) {
      return read(key);
    },
    compareAndSet: (key, expectedRevision, record) =>
      exclusively(own(key), () => {
        const current = read(key)?.revision ?? null;
        if (current !== expectedRevision) return { ok: false, revision: current };
        storageOf(area).setItem(own(key), toStoredText(key, record));
        return { ok: true };
      }),
    async keys(start) {
      return entries(start).map(([key]) => key);
    },
    async entries(start) {
      return entries(start);
    },
    ...(area === 'local' ? { subscribe } : {}),
    dispose: () => connection.close(),
  };
}

function storageOf(area: WebStorageArea): WebStorageLike {
  const storage = webStorageOf(area);
  if (!storage) throw new StorageUnavailableError(`There is no ${area}Storage here, or access is denied.`);
  return storage;
}

/** Without IndexedDB there is nowhere to keep a key. */
function keySourceIn(source: KeySource): KeySource {
  return { getKey: async () => (hasIndexedDb() ? source.getKey() : null) };
}

/** A Web Lock where there is one narrows the gap between tabs; it cannot close it. A frozen tab that holds it is not waited for. */
async function exclusively<T>(name: string, work: () => T): Promise<T> {
  const locks = environment.navigator?.locks;
  if (!locks) return work();
  const patience = AbortSignal.timeout(LOCK_TIMEOUT_MS);
  try {
    return await locks.request(`worker-token:${name}`, { signal: patience }, work);
  } catch (error) {
    if (error !== patience.reason) throw error;
    return work();
  }
}

function ownKeys(storage: WebStorageLike, start: string): string[] {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i));
  return keys.filter((key): key is string => key !== null && key.startsWith(start));
}
