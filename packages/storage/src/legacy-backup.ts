/**
 * Keeps old records that a migration is about to remove, for as long as the tab lives and sealed where there is a key. Knows how to keep
 * and give back; when is the migration's business.
 */
import { aesGcmCipher } from './aes-gcm-cipher.js';
import { StorageUnavailableError } from './errors.js';
import type { LegacyRecord } from './legacy-records.js';
import { isObject, parseSafeJson } from './safe-json.js';
import { hasIndexedDb, indexedDbConnection } from './tiers/indexed-db-connection.js';
import { indexedDbKeySource } from './tiers/indexed-db-key-source.js';
import { DEFAULT_DATABASE } from './tiers/indexed-db-tier.js';
import type { Cipher, KeySource } from './types/cipher.js';
import type { WorkerTokenCredentials } from './types/credentials.js';
import { browserAreas, readItem, type WebStorageAreas } from './web-storage.js';

const KEY = 'worker-token.legacy-backup';

/** One old record, and what the shared record was before and after it was taken over. */
export interface LegacyBackupEntry extends Pick<LegacyRecord, 'key' | 'area' | 'text' | 'secretText'> {
  before: WorkerTokenCredentials | null;
  after: WorkerTokenCredentials;
}

export interface LegacyBackup {
  /** Resolves when it is kept. Of a record that is kept already the newer text counts, and what was before the first time. */
  keep(entry: LegacyBackupEntry): Promise<void>;
  /** In the order they were kept; empty where there is none, or its key is gone. */
  read(): Promise<LegacyBackupEntry[]>;
  discard(): void;
}

export interface LegacyBackupOptions {
  /** Default: this page's. Only `session` is used. */
  webStorage?: WebStorageAreas;
  /** Default: the key in this page's IndexedDB; null: plain. */
  keySource?: KeySource | null;
}

/** A backup in `sessionStorage`: it is gone with the tab. */
export function createLegacyBackup({
  webStorage,
  keySource = pageKeySource(),
}: LegacyBackupOptions = {}): LegacyBackup {
  const areas = () => webStorage ?? browserAreas();

  async function read(): Promise<LegacyBackupEntry[]> {
    const stored = readItem(areas(), 'session', KEY);
    if (stored === null) return [];
    try {
      const { iv, d } = parseSafeJson(stored) as { iv?: string; d: string };
      const cipher = iv === undefined ? null : await cipherOf(keySource);
      const text = iv === undefined ? d : await cipher?.decrypt({ iv, d }, KEY);
      return readEntries(text);
    } catch {
      return [];
    }
  }

  return {
    read,
    async keep(entry) {
      const entries = await read();
      const index = entries.findIndex(({ key, area }) => key === entry.key && area === entry.area);
      const first = entries[index];
      // The removal of the first time may have got as far as the secret.
      const secretText = entry.secretText ?? (first?.text === entry.text ? first.secretText : null);
      if (first) entries[index] = { ...entry, secretText, before: first.before };
      else entries.push(entry);
      const cipher = await cipherOf(keySource);
      const text = JSON.stringify(entries);
      const stored = JSON.stringify(cipher ? await cipher.encrypt(text, KEY) : { d: text });
      areas().session?.setItem(KEY, stored);
      if (readItem(areas(), 'session', KEY) !== stored) {
        throw new StorageUnavailableError('The backup could not be kept; the old record stays.');
      }
    },
    discard: () => areas().session?.removeItem(KEY),
  };
}

function pageKeySource(): KeySource | null {
  return hasIndexedDb() ? indexedDbKeySource(indexedDbConnection(DEFAULT_DATABASE)) : null;
}

/** Null: there is no key, so a backup is as plain as the record it is of. */
async function cipherOf(keySource: KeySource | null): Promise<Cipher | null> {
  const key = await keySource?.getKey().catch(() => null);
  return key ? aesGcmCipher(key) : null;
}

/** Its own work of this tab, yet untrusted as everything from web storage. */
function readEntries(text: string | undefined): LegacyBackupEntry[] {
  const value = text === undefined ? null : parseSafeJson(text);
  return Array.isArray(value) ? value.filter(isEntry) : [];
}

function isEntry(value: unknown): value is LegacyBackupEntry {
  if (!isObject(value)) return false;
  const { key, area, text, secretText, before, after } = value;
  if (typeof key !== 'string' || (area !== 'local' && area !== 'session') || typeof text !== 'string') return false;
  return (
    (secretText === null || typeof secretText === 'string') && (before === null || isObject(before)) && isObject(after)
  );
}
