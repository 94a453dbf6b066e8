/** A full disk: told, lived with, and healed. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EVENTUALLY, liveTab, load, openLive, save, saveAndLook, status, WELL } from '../../src/storage-live.js';
import { SLOW_MS, startStorageSite, type StorageSite } from '../../src/storage-site.js';

vi.setConfig({ testTimeout: SLOW_MS, hookTimeout: SLOW_MS });

let site: StorageSite;
beforeAll(async () => {
  site = await startStorageSite();
});
afterAll(() => site.close());

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
    const page = await liveTab(site);
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

    // A larger quota, not a smaller database: what was deleted counts until the browser tidies up its files, some day.
    await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 50_000_000 });
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
