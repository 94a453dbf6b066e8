/** Moves the credentials that older code left in web storage into the shared record: save, read back, only then remove. */
import type { LegacyBackup } from './legacy-backup.js';
import { toLegacyCredentials } from './legacy-credentials.js';
import { hasLegacyItem, LEGACY_CREDENTIAL_KEYS } from './legacy-keys.js';
import { findLegacyRecord, removeLegacyItem, removeLegacyRecord, type LegacyRecord } from './legacy-records.js';
import { StorageError } from './errors.js';
import type { WorkerTokenCredentials } from './types/credentials.js';
import type { CredentialStorage } from './types/storage.js';
import { browserAreas, type WebStorageAreas } from './web-storage.js';

export interface LegacyMigrationOptions {
  /**
   * Keys of old records; where several are found, the first named wins. Default: `worker_credentials`,
   * `pingone_worker_token_credentials`, `unified_worker_token_credentials`.
   */
  credentials?: readonly string[];
  /** Keys of old bare tokens, and of their expiry, to drop. They are never read as anything. Default none. */
  tokens?: readonly string[];
  /** Keys of old records that other code still uses: taken over and kept. Default none. */
  bridge?: readonly string[];
  /** Default: this page's. */
  webStorage?: WebStorageAreas;
  /** Keeps each record before anything changes, for `rollBackLegacyMigration`. Default none. */
  backup?: LegacyBackup;
  /** The plan: say what would be done and do nothing. Default false. */
  dryRun?: boolean;
}

export interface LegacyMigrationResult {
  /** Keys whose record was taken over. Under `bridge` the old record is still there. */
  moved: string[];
  /** Taken over, but for this page only, since no storage lasts here: the old record stays what survives a reload. Bridge these keys. */
  kept: string[];
  /** Records that stay where they are, and why. */
  problems: { key: string; reason: string }[];
  /** Keys of tokens that were dropped. */
  droppedTokens: string[];
}

/**
 * Takes over old worker credentials. Only values of a known shape are touched; an incomplete record is moved as it is, a malformed
 * one stays and is named. A record that turns up after an earlier migration is newer than the shared one, and is moved again.
 * Never rejects because of what it finds.
 */
export async function migrateLegacyCredentials(
  storage: Pick<CredentialStorage, 'shared' | 'status'>,
  options: LegacyMigrationOptions = {},
): Promise<LegacyMigrationResult> {
  const { tokens = [], bridge = [], dryRun = false } = options;
  const areas = options.webStorage ?? browserAreas();
  const keys = (options.credentials ?? LEGACY_CREDENTIAL_KEYS).filter((key) => !bridge.includes(key));
  const result: LegacyMigrationResult = { moved: [], kept: [], problems: [], droppedTokens: [] };

  for (const record of collect(areas, [...keys, ...bridge], result)) {
    const isBridged = bridge.includes(record.key);
    const keep = isBridged || !storage.status().durable;
    const reason = dryRun ? null : await takeOver(storage, areas, record, keep, keep ? undefined : options.backup);
    if (reason !== null) result.problems.push({ key: record.key, reason });
    else if (!result.moved.includes(record.key)) result.moved.push(record.key);
    if (reason === null && keep && !isBridged) result.kept.push(record.key);
  }
  for (const key of tokens) {
    if (!hasLegacyItem([key], areas)) continue;
    if (dryRun || removeToken(areas, key)) result.droppedTokens.push(key);
    else result.problems.push({ key, reason: 'It could not be removed.' });
  }
  return result;
}

/** In the order they are saved: the first named key comes last, and so wins; complete records come after incomplete ones. */
function collect(areas: WebStorageAreas, keys: readonly string[], result: LegacyMigrationResult): LegacyRecord[] {
  const records: LegacyRecord[] = [];
  for (const key of keys) {
    for (const area of ['local', 'session'] as const) {
      const finding = findLegacyRecord(areas, key, area);
      if (finding?.kind === 'malformed') result.problems.push({ key, reason: finding.reason });
      if (finding?.kind === 'found') records.push(finding.record);
    }
  }
  return records.reverse().sort((a, b) => Number(isComplete(a.credentials)) - Number(isComplete(b.credentials)));
}

/** Null: done. Otherwise why the old record stays. */
async function takeOver(
  storage: Pick<CredentialStorage, 'shared' | 'status'>,
  areas: WebStorageAreas,
  record: LegacyRecord,
  keep: boolean,
  backup: LegacyBackup | undefined,
): Promise<string | null> {
  try {
    const current = (await storage.shared.credentials.load({ fresh: true })).data;
    const credentials = withKnownSecret(record, current);
    await backup?.keep({ ...pick(record), before: current, after: credentials });
    if (!current || !sameCredentials(current, credentials)) {
      const saved = await storage.shared.credentials.save(credentials);
      if (saved.failed.length > 0 && !storage.status().durable)
        return 'The storage does not last here; the old record is kept.';
      const back = await storage.shared.credentials.load({ fresh: true });
      if (!back.data || !sameCredentials(back.data, credentials)) return 'What was saved did not read back the same.';
    }
    if (keep || removeLegacyRecord(areas, record)) return null;
    return 'The old record changed meanwhile, or could not be removed.';
  } catch (error) {
    return error instanceof StorageError ? error.message : 'The storage failed.';
  }
}

function pick({
  key,
  area,
  text,
  secretText,
}: LegacyRecord): Pick<LegacyRecord, 'key' | 'area' | 'text' | 'secretText'> {
  return { key, area, text, secretText };
}

function removeToken(areas: WebStorageAreas, key: string): boolean {
  try {
    return removeLegacyItem(areas, key);
  } catch {
    return false;
  }
}

/** The secret of a snake-case record lives in one tab; where it is not, the one already taken over stays. */
function withKnownSecret(record: LegacyRecord, current: WorkerTokenCredentials | null): WorkerTokenCredentials {
  const { credentials, shape } = record;
  if (shape !== 'snake' || credentials.clientSecret || !current) return credentials;
  const isSameClient = current.environmentId === credentials.environmentId && current.clientId === credentials.clientId;
  return isSameClient ? { ...credentials, clientSecret: current.clientSecret } : credentials;
}

/** Independent of the order of fields. */
export function sameCredentials(a: WorkerTokenCredentials, b: WorkerTokenCredentials): boolean {
  const sorted = (credentials: WorkerTokenCredentials) =>
    JSON.stringify(Object.entries(toLegacyCredentials<object>(credentials) ?? {}).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

function isComplete({ environmentId, clientId, clientSecret }: WorkerTokenCredentials): boolean {
  return environmentId !== '' && clientId !== '' && clientSecret !== '';
}
