/** Puts the frozen records of a fixture where a tier finds them, as an earlier version of the application left them. For tests. */
import { IDBFactory } from 'fake-indexeddb';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage } from 'unstorage';
import memoryDriver from 'unstorage/drivers/memory';
import { fileTier } from '../src/node/file-tier.js';
import { httpTier } from '../src/tiers/http-tier.js';
import { indexedDbConnection, KEYS, RECORDS } from '../src/tiers/indexed-db-connection.js';
import { indexedDbTier } from '../src/tiers/indexed-db-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { unstorageTier } from '../src/tiers/unstorage-tier.js';
import { webStorageTier } from '../src/tiers/web-storage-tier.js';
import type { StorageTier, TierRecord } from '../src/types/tier.js';
import { startCredentialRoute } from './credential-route.js';
import { fakeWebStorage } from './fake-web-storage.js';

/** Names are physical keys, for files those of the files; texts are what is stored there, to the last character. */
export interface Frozen {
  tier: 'indexeddb' | 'local' | 'session' | 'file' | 'unstorage' | 'http';
  key: { id: string; hex: string } | null;
  texts?: Record<string, string>;
  records?: Record<string, TierRecord>;
}

export interface Thawed {
  tier: StorageTier;
  close(): Promise<void> | void;
}

/** In a browser of its own, at the origin that the fixtures were made at. */
export async function thaw(frozen: Frozen): Promise<Thawed> {
  Object.assign(globalThis, { indexedDB: new IDBFactory(), location: { origin: 'https://app.example' } });
  const { tier, key, texts = {}, records = {} } = frozen;
  const close = () => ['indexedDB', 'location', 'localStorage', 'sessionStorage'].forEach(remove);
  const rawKey = key ? { key: () => Buffer.from(key.hex, 'hex') } : {};
  if (tier === 'file') return thawFiles(texts, rawKey);
  if (tier === 'http') {
    const route = await startCredentialRoute(await filled(memoryTier(), records));
    return { tier: httpTier(route.url), close: () => route.close().then(close) };
  }
  if (tier === 'unstorage') {
    const storage = createStorage({ driver: memoryDriver() });
    for (const [name, { revision, text }] of Object.entries(records)) await storage.setItem(name, { revision, text });
    return { tier: unstorageTier(storage, rawKey), close };
  }
  if (key) await putKey(key);
  if (tier === 'indexeddb') {
    await put(RECORDS, Object.entries(records));
    return { tier: indexedDbTier(), close };
  }
  const area = fakeWebStorage();
  for (const [name, text] of Object.entries(texts)) area.setItem(name, text);
  Object.assign(globalThis, { [`${tier}Storage`]: area });
  return { tier: webStorageTier(tier), close };
}

function thawFiles(texts: Record<string, string>, key: { key?: () => Uint8Array }): Thawed {
  const directory = fs.mkdtempSync(join(tmpdir(), 'frozen-'));
  for (const [name, text] of Object.entries(texts)) fs.writeFileSync(join(directory, name), text, { mode: 0o600 });
  remove('location');
  return { tier: fileTier({ directory, ...key }), close: () => fs.rmSync(directory, { recursive: true }) };
}

async function putKey({ id, hex }: { id: string; hex: string }): Promise<void> {
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  const key = await crypto.subtle.importKey('raw', Buffer.from(hex, 'hex'), 'AES-GCM', false, usages);
  await put(KEYS, [['at-rest', { id, key }]]);
}

async function put(store: string, entries: [string, unknown][]): Promise<void> {
  const connection = indexedDbConnection('worker-token');
  await connection.transaction<boolean>(store, 'readwrite', (target, done) => {
    for (const [name, value] of entries) target.put(value, name);
    done(true);
  });
  connection.close();
}

async function filled(tier: StorageTier, records: Record<string, TierRecord>): Promise<StorageTier> {
  for (const [name, record] of Object.entries(records)) await tier.compareAndSet(name, null, record);
  return tier;
}

function remove(name: string): void {
  Reflect.deleteProperty(globalThis, name);
}
