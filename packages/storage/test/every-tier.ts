/** A place for each kind of tier, empty at first, that several storages can share as tabs, processes or pages do. For tests. */
import { IDBFactory } from 'fake-indexeddb';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage } from 'unstorage';
import memoryDriver from 'unstorage/drivers/memory';
import { fileTier } from '../src/node/file-tier.js';
import { httpTier } from '../src/tiers/http-tier.js';
import { indexedDbTier } from '../src/tiers/indexed-db-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { unstorageTier } from '../src/tiers/unstorage-tier.js';
import { webStorageTier } from '../src/tiers/web-storage-tier.js';
import type { StorageTier } from '../src/types/tier.js';
import { startCredentialRoute } from './credential-route.js';
import { fakeWebStorage } from './fake-web-storage.js';

export interface Place {
  /** One more view of it. */
  open(): StorageTier;
  close(): Promise<void> | void;
}

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const key = () => KEY;

/** Browser globals that start empty; gone again with `removeBrowser`. */
export function installBrowser(): void {
  Object.assign(globalThis, {
    indexedDB: new IDBFactory(),
    localStorage: fakeWebStorage(),
    sessionStorage: fakeWebStorage(),
  });
}

export function removeBrowser(): void {
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) Reflect.deleteProperty(globalThis, name);
}

let count = 0;
const stays = (open: () => StorageTier): Place => ({ open, close() {} });

/** Sealed where a tier can be, plain in memory and behind HTTP. Browser tiers need `installBrowser`. */
export const EVERY_TIER: Readonly<Record<string, () => Promise<Place>>> = {
  async memory() {
    const shared = memoryTier();
    return stays(() => shared);
  },
  async indexeddb() {
    const name = `place-${count++}`;
    return stays(() => indexedDbTier({ name }));
  },
  async local() {
    const name = `place-${count++}`;
    return stays(() => webStorageTier('local', { prefix: `${name}:`, keyDatabase: name }));
  },
  async session() {
    const name = `place-${count++}`;
    return stays(() => webStorageTier('session', { prefix: `${name}:`, keyDatabase: name }));
  },
  async file() {
    const directory = fs.mkdtempSync(join(tmpdir(), 'every-tier-'));
    return {
      open: () => fileTier({ directory, key }),
      close: () => fs.rmSync(directory, { recursive: true, force: true }),
    };
  },
  async unstorage() {
    const storage = createStorage({ driver: memoryDriver() });
    return stays(() => unstorageTier(storage, { key }));
  },
  async http() {
    const route = await startCredentialRoute(memoryTier());
    return { open: () => httpTier(route.url), close: () => route.close() };
  },
};
