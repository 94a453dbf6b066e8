/**
 * Keeps old records in step while code that is not migrated yet still uses them: each change of the shared credentials is written into
 * them in their own shape, and what such code wrote is taken over.
 */
import { onStorageEvent } from './environment.js';
import { sameCredentials } from './legacy-migration.js';
import {
  findLegacyRecord,
  removeLegacyItem,
  secretKey,
  writeLegacyRecord,
  type LegacyRecord,
} from './legacy-records.js';
import { createSerialQueue } from './serial-queue.js';
import type { WorkerTokenCredentials } from './types/credentials.js';
import type { CredentialStorage } from './types/storage.js';
import type { Logger } from './types/surroundings.js';
import { browserAreas, readItem, type WebStorageAreas } from './web-storage.js';

/** Another tab's bridge writes the old record a moment after the shared one: until then it looks as if older code had changed it. */
const SETTLE_MS = 100;

export interface LegacyBridgeOptions {
  /** Keys of the old records. */
  keys: readonly string[];
  /** Default: this page's. */
  webStorage?: WebStorageAreas;
  /** Default: silent. */
  logger?: Logger;
}

export interface LegacyBridge {
  /** Takes over what older code in this tab wrote or removed. That raises no event: call it before you rely on the shared record. */
  sync(): Promise<void>;
  dispose(): void;
}

/** One old record as it was last in step; `seen` null: it was not there. */
type Tracked = Pick<LegacyRecord, 'key' | 'area' | 'shape'> & { seen: LegacyRecord | null };

/** Call `sync()` once to start. Older code in other tabs is heard through the `storage` event. */
export function createLegacyBridge(
  storage: Pick<CredentialStorage, 'shared'>,
  { keys, webStorage, logger }: LegacyBridgeOptions,
): LegacyBridge {
  const { credentials: shared } = storage.shared;
  const enqueue = createSerialQueue();
  const tracked = new Map<string, Tracked>(
    keys.map((key) => [key, { key, area: 'local', shape: 'camel', seen: null }]),
  );
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const areas = () => webStorage ?? browserAreas();

  /** What differs from our own last write was written by older code. */
  async function takeOver(entry: Tracked): Promise<void> {
    const record = find(areas(), entry.key);
    if (isSame(record, entry.seen)) return;
    const current = (await shared.load({ fresh: true })).data;
    if (record && !(current && sameCredentials(current, record.credentials))) await shared.save(record.credentials);
    // Gone: removed by older code, if the shared record still says the same; else it followed a change in another tab.
    const removedByOlderCode = !record && entry.seen && current && sameCredentials(current, entry.seen.credentials);
    if (removedByOlderCode) await shared.clear();
    track(entry, record);
  }

  function writeBack(entry: Tracked, credentials: WorkerTokenCredentials | null): void {
    const text = readItem(areas(), entry.area, entry.key);
    const record = find(areas(), entry.key);
    // Something is there that is not ours to touch, or older code was at it since we looked.
    if ((text !== null && !record) || !isSame(record, entry.seen)) return;
    if (credentials && !(record && sameCredentials(record.credentials, credentials))) {
      writeLegacyRecord(areas(), { ...entry, text }, credentials);
    }
    if (!credentials && record) {
      removeLegacyItem(areas(), entry.key);
      removeLegacyItem(areas(), secretKey(entry.key));
    }
    track(entry, find(areas(), entry.key));
  }

  const sync = () =>
    enqueue(async () => {
      for (const entry of tracked.values()) await takeOver(entry);
      const { data, problem } = await shared.load();
      if (problem) return;
      for (const entry of tracked.values()) writeBack(entry, data);
    });

  function guarded(work: () => Promise<void>): void {
    work().catch(() => logger?.warn('An old credential record could not be kept in step.'));
  }

  function onStorage({ key }: { key: string | null }): void {
    if (key !== null && !tracked.has(key)) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      guarded(sync);
    }, SETTLE_MS);
    timers.add(timer);
  }

  const undo = shared.subscribe(({ type }) => {
    if (type === 'saved' || type === 'cleared') guarded(sync);
  });
  const undoStorage = onStorageEvent(onStorage);

  return {
    sync,
    dispose() {
      undo();
      timers.forEach(clearTimeout);
      undoStorage();
    },
  };
}

function track(entry: Tracked, record: LegacyRecord | null): void {
  entry.seen = record;
  if (record) Object.assign(entry, { area: record.area, shape: record.shape });
}

function find(areas: WebStorageAreas, key: string): LegacyRecord | null {
  for (const area of ['local', 'session'] as const) {
    const finding = findLegacyRecord(areas, key, area);
    if (finding?.kind === 'found') return finding.record;
  }
  return null;
}

function isSame(a: LegacyRecord | null, b: LegacyRecord | null): boolean {
  return a?.text === b?.text && a?.secretText === b?.secretText;
}
