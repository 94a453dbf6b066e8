/** What browsers do to a page: a full disk, a database that is deleted, held or closed, storage that is denied. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CredentialStorage, StorageStatus } from '@worker-token/storage';
import { SLOW_MS, startStorageSite, type StorageSite } from '../../src/storage-site.js';
import '../../src/storage-page.js';

declare global {
  var live: CredentialStorage;
  var changes: StorageStatus[];
}

vi.setConfig({ testTimeout: SLOW_MS, hookTimeout: SLOW_MS });
/** For what comes true sooner or later. */
const EVENTUALLY = { timeout: SLOW_MS / 2, interval: 100 };

let site: StorageSite;
beforeAll(async () => {
  site = await startStorageSite();
});
afterAll(() => site.close());

/** A storage that lives as long as the tab. */
async function openLive(page: Page): Promise<void> {
  await page.evaluate(async () => {
    globalThis.changes = [];
    globalThis.live = await globalThis.openStorage({ onStatusChange: (status) => globalThis.changes.push(status) });
  });
}
const save = (page: Page, value: unknown) =>
  page.evaluate((data) => globalThis.live.saveFlowCredentials(globalThis.storagePackage.flowKey('flow'), data), value);
const load = (page: Page) =>
  page.evaluate(() => globalThis.live.loadFlowCredentials(globalThis.storagePackage.flowKey('flow')));
const status = (page: Page) => page.evaluate(() => globalThis.live.status());
/** In one go, since a storage tries again by itself. */
const saveAndLook = (page: Page, value: unknown) =>
  page.evaluate(async (data) => {
    const saved = await globalThis.live.saveFlowCredentials(globalThis.storagePackage.flowKey('flow'), data);
    return { saved, degraded: globalThis.live.status().degraded };
  }, value);
const WELL = { tier: 'indexeddb', durable: true, encrypted: true };

async function liveTab(): Promise<Page> {
  const [page] = await site.tabs(1);
  await openLive(page!);
  return page!;
}

/** To the brim, with data of the application's own. */
const fillUp = (page: Page) =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('filler', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('blobs', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('no filler'));
    });
    const SIZE = 60_000;
    let isFull = false;
    for (let stored = 0; !isFull && stored < 20_000_000; stored += SIZE) {
      isFull = await new Promise((resolve) => {
        const transaction = database.transaction('blobs', 'readwrite');
        transaction.oncomplete = () => resolve(false);
        transaction.onabort = () => resolve(true);
        transaction.objectStore('blobs').add(crypto.getRandomValues(new Uint8Array(SIZE)));
      });
    }
    database.close();
  });

describe('a full quota', () => {
  it('of IndexedDB is told, keeps the value for this page, and heals', async () => {
    const page = await liveTab();
    const session = await page.context().newCDPSession(page);
    // Before the first write: the browser remembers for a while how much is left.
    await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 5_000_000 });
    await save(page, 'small');
    const big = 'x'.repeat(500_000);
    let full: Awaited<ReturnType<typeof saveAndLook>> | undefined;
    // What the browser counts goes down again while it tidies up its files: filled until it is full for good.
    await expect
      .poll(async () => (await fillUp(page), (full = await saveAndLook(page, big)).saved.tiers), EVENTUALLY)
      .toEqual(['memory']);
    expect(full).toMatchObject({
      saved: { failed: [{ tier: 'indexeddb', reason: expect.stringContaining('Quota') }] },
      degraded: [{ tier: 'indexeddb' }],
    });
    expect((await load(page)).data).toBe(big);
    expect(await page.evaluate(() => globalThis.changes.length)).toBeGreaterThan(0);

    await page.evaluate(() => new Promise((resolve) => (indexedDB.deleteDatabase('filler').onsuccess = resolve)));
    // Space is free when the browser has tidied up, not when the deletion is through.
    await expect
      .poll(async () => [(await load(page)).data === big, await status(page)], EVENTUALLY)
      .toEqual([true, WELL]);
    const [other] = await site.tabs(1, page.context());
    await openLive(other!);
    expect((await load(other!)).data).toBe(big);
    await page.context().close();
  });

  it('of localStorage is told, keeps the value for this page, and heals', async () => {
    const [page] = await site.tabs(1);
    const seen = await page!.evaluate(async () => {
      const { flowKey, memoryTier, webStorageTier } = globalThis.storagePackage;
      const storage = await globalThis.openStorage({ tiers: [memoryTier(), webStorageTier('local')] });
      const flow = flowKey('flow');
      // The key is in IndexedDB, which a storage does not wait for without end.
      for (let saved = false; !saved;) saved = (await storage.saveFlowCredentials(flow, 'before')).failed.length === 0;
      for (let size = 1_000_000; size >= 1;) {
        try {
          localStorage.setItem('filler', (localStorage.getItem('filler') ?? '') + 'x'.repeat(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
      const full = await storage.saveFlowCredentials(flow, 'after'.repeat(10));
      const loaded = await storage.loadFlowCredentials(flow);
      const degraded = storage.status().degraded;
      localStorage.removeItem('filler');
      const healed = await storage.loadFlowCredentials(flow);
      return { full, loaded, degraded, healed, status: storage.status(), stored: localStorage.length };
    });
    expect(seen.full.failed).toEqual([{ tier: 'local', reason: 'the quota is full' }]);
    expect(seen.loaded.data).toBe('after'.repeat(10));
    expect(seen.degraded).toMatchObject([{ tier: 'local' }]);
    expect(seen.healed.data).toBe('after'.repeat(10));
    expect(seen.status).toEqual({ tier: 'local', durable: true, encrypted: true });
    expect(seen.stored).toBe(1);
    await page!.context().close();
  });
});

describe('a database', () => {
  it('that another tab deletes under a live page takes the next save', async () => {
    const page = await liveTab();
    await save(page, 'first');
    const [other] = await site.tabs(1, page.context());
    await other!.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase('worker-token');
          request.onsuccess = () => resolve();
          request.onblocked = () => reject(new Error('blocked by the live page'));
        }),
    );
    expect((await save(page, 'second')).tiers).toContain('indexeddb');
    expect(await load(page)).toMatchObject({ data: 'second' });
    await openLive(other!);
    expect(await load(other!)).toMatchObject({ data: 'second', source: 'browser' });
    expect(await status(page)).toEqual(WELL);
    await page.context().close();
  });

  it('that the browser closes and empties under a live page is opened again', async () => {
    const page = await liveTab();
    await save(page, 'first');
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin: site.origin, storageTypes: 'indexeddb' });
    expect(await save(page, 'second')).toMatchObject({ failed: [] });
    await openLive(page);
    expect(await load(page)).toMatchObject({ data: 'second', source: 'browser' });
    expect(await status(page)).toEqual(WELL);
    await page.context().close();
  });

  it('that is cleared while a save is under way neither holds it up nor loses the next one', async () => {
    const page = await liveTab();
    const session = await page.context().newCDPSession(page);
    const [other] = await site.tabs(1, page.context());
    for (let round = 0; round < 12; round++) {
      const clearing = session.send('Storage.clearDataForOrigin', { origin: site.origin, storageTypes: 'indexeddb' });
      await Promise.all([clearing, save(page, 'meanwhile')]);
      expect(await save(page, round)).toMatchObject({ failed: [] });
      await openLive(other!);
      expect((await load(other!)).data).toBe(round);
    }
    await page.context().close();
  });

  it('whose deletion another page holds up does not hang a load or a save', async () => {
    const [stubborn, page] = (await site.tabs(2)) as [Page, Page];
    await openLive(stubborn);
    await save(stubborn, 'first');
    await stubborn.evaluate(async () => {
      globalThis.live.dispose();
      // Ignores `versionchange`; the deletion waits for it, and everybody who opens waits for the deletion.
      const held = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('worker-token');
        request.onsuccess = () => resolve(request.result);
      });
      Object.assign(globalThis, { held });
      await new Promise((resolve) => (indexedDB.deleteDatabase('worker-token').onblocked = resolve));
    });
    await page.evaluate(() => (globalThis.live = globalThis.storagePackage.createCredentialStorage()) && undefined);
    expect(await save(page, 'second')).toMatchObject({ tiers: ['memory'], failed: [{ tier: 'indexeddb' }] });
    expect(await load(page)).toMatchObject({ data: 'second', source: 'memory' });
    expect((await status(page)).degraded).toMatchObject([{ tier: 'indexeddb' }]);

    await stubborn.evaluate(() => (globalThis as unknown as { held: IDBDatabase }).held.close());
    await expect.poll(async () => (await load(page), (await status(page)).degraded), EVENTUALLY).toBeUndefined();
    await openLive(page);
    expect(await load(page)).toMatchObject({ data: 'second', source: 'browser' });
    await page.context().close();
  });
});

describe('storage that is denied', () => {
  it('leaves memory, and says so', async () => {
    const context = await site.context();
    const page = await context.newPage();
    await page.goto(`${site.origin}/denied`);
    const frame = page.frames()[1]!;
    await frame.waitForFunction(() => 'storagePackage' in globalThis);
    const seen = await frame.evaluate(async () => {
      const { createCredentialStorage, flowKey, memoryTier, migrateLegacyCredentials, webStorageTier } =
        globalThis.storagePackage;
      const results = [];
      for (const tiers of [undefined, [memoryTier(), webStorageTier('local')]]) {
        const storage = createCredentialStorage(tiers ? { tiers } : {});
        const saved = await storage.saveFlowCredentials(flowKey('flow'), 'x');
        const { data } = await storage.loadFlowCredentials(flowKey('flow'));
        const { moved } = await migrateLegacyCredentials(storage);
        results.push({ saved: saved.tiers, failed: saved.failed, data, status: storage.status(), moved });
      }
      return results;
    });
    expect(seen.map(({ saved, data, moved }) => [saved, data, moved])).toEqual([
      [['memory'], 'x', []],
      [['memory'], 'x', []],
    ]);
    for (const { status: now } of seen) {
      expect(now).toMatchObject({ tier: 'memory', durable: false, encrypted: false });
      expect(now.degraded).toHaveLength(1);
    }
    await context.close();
  });
});
