/** Takes a migration of old records back: the old records first, and only then the shared one. */
import { StorageError } from './errors.js';
import type { LegacyBackup, LegacyBackupEntry } from './legacy-backup.js';
import { sameCredentials } from './legacy-migration.js';
import { secretKey } from './legacy-records.js';
import type { CredentialStorage } from './types/storage.js';
import { browserAreas, readItem, type WebStorageAreas } from './web-storage.js';

export interface LegacyRollbackOptions {
  /** The one that `migrateLegacyCredentials` was given. */
  backup: LegacyBackup;
  /** Default: this page's. */
  webStorage?: WebStorageAreas;
}

export interface LegacyRollbackResult {
  /** Keys whose old record is there again. */
  restored: string[];
  /** Records that could not be put back, and why. The backup is kept then. */
  problems: { key: string; reason: string }[];
  /** `restored`: as it was before the migration. `kept`: it was changed since, or a problem is in the way. */
  credentials: 'restored' | 'kept';
}

/** Never overwrites: where something else is under an old key by now, or in the shared record, that stays. May be called again. */
export async function rollBackLegacyMigration(
  storage: Pick<CredentialStorage, 'shared'>,
  { backup, webStorage }: LegacyRollbackOptions,
): Promise<LegacyRollbackResult> {
  const areas = webStorage ?? browserAreas();
  const entries = await backup.read();
  const result: LegacyRollbackResult = { restored: [], problems: [], credentials: 'kept' };
  for (const entry of entries) {
    const reason = putBack(areas, entry);
    if (reason === null) result.restored.push(entry.key);
    else result.problems.push({ key: entry.key, reason });
  }
  if (entries.length === 0 || result.problems.length > 0) return result;
  try {
    if (await restoreShared(storage, entries)) result.credentials = 'restored';
    backup.discard();
  } catch (error) {
    const reason = error instanceof StorageError ? error.message : 'The storage failed.';
    result.problems.push({ key: 'worker-token-credentials', reason });
  }
  return result;
}

/** Null: it is there. */
function putBack(areas: WebStorageAreas, { key, area, text, secretText }: LegacyBackupEntry): string | null {
  try {
    // The secret first: a record is never seen without it.
    if (secretText !== null && readItem(areas, 'session', secretKey(key)) === null) {
      areas.session?.setItem(secretKey(key), secretText);
    }
    if (readItem(areas, area, key) === null) areas[area]?.setItem(key, text);
  } catch {
    return 'Web storage did not take it.';
  }
  const now = readItem(areas, area, key);
  if (now === null) return 'Web storage did not take it.';
  return now === text ? null : 'Another record is there by now; it stays.';
}

async function restoreShared(
  { shared }: Pick<CredentialStorage, 'shared'>,
  entries: readonly LegacyBackupEntry[],
): Promise<boolean> {
  const current = (await shared.credentials.load({ fresh: true })).data;
  const [before, after] = [entries[0]?.before ?? null, entries.at(-1)?.after];
  if (!current || !after || !sameCredentials(current, after)) return false;
  if (before) await shared.credentials.save(before);
  else await shared.credentials.clear();
  return true;
}
