/** What browsers do to a page: a database that is deleted, held, cleared or closed, storage that is denied. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EVENTUALLY, liveTab, load, openLive, save, status, WELL } from '../../src/storage-live.js';
import { SLOW_MS, startStorageSite, type StorageSite } from '../../src/storage-site.js';

vi.setConfig({ testTimeout: SLOW_MS, hookTimeout: SLOW_MS });

let site: StorageSite;
beforeAll(async () => {
  site = await startStorageSite();
});
afterAll(() => site.close());

describe('a database', () => {
  it('that another tab deletes under a live page takes the next save', async () => {
    const page = await liveTab(site);
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
    const page = await liveTab(site);
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
    const page = await liveTab(site);
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
