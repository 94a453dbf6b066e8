/** A storage that lives as long as its tab, and what a test asks of it from outside. */
import type { Page } from 'playwright-core';
import type { CredentialStorage, StorageStatus } from '@worker-token/storage';
import './storage-page.js';
import { SLOW_MS, type StorageSite } from './storage-site.js';

declare global {
  var live: CredentialStorage;
  var changes: StorageStatus[];
}

/** For what comes true sooner or later. */
export const EVENTUALLY = { timeout: SLOW_MS / 2, interval: 100 };

/** A storage that lives as long as the tab. */
export async function openLive(page: Page): Promise<void> {
  await page.evaluate(async () => {
    globalThis.changes = [];
    globalThis.live = await globalThis.openStorage({ onStatusChange: (status) => globalThis.changes.push(status) });
  });
}
export const save = (page: Page, value: unknown) =>
  page.evaluate((data) => globalThis.live.saveFlowCredentials(globalThis.storagePackage.flowKey('flow'), data), value);
export const load = (page: Page) =>
  page.evaluate(() => globalThis.live.loadFlowCredentials(globalThis.storagePackage.flowKey('flow')));
export const status = (page: Page) => page.evaluate(() => globalThis.live.status());
/** In one go, since a storage tries again by itself. */
export const saveAndLook = (page: Page, value: unknown) =>
  page.evaluate(async (data) => {
    const saved = await globalThis.live.saveFlowCredentials(globalThis.storagePackage.flowKey('flow'), data);
    return { saved, degraded: globalThis.live.status().degraded };
  }, value);
export const WELL = { tier: 'indexeddb', durable: true, encrypted: true };

export async function liveTab(site: StorageSite): Promise<Page> {
  const [page] = await site.tabs(1);
  await openLive(page!);
  return page!;
}
