/**
 * What a spec gets: the running app, its simulator (fresh for each test), a browser context of its own and a watcher on it. After each
 * test the watcher must have found nothing.
 */
import type { PingOneSimulator } from '@worker-token/pingone-simulator';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, test as base } from 'vitest';
import { launchBrowser } from './browser.js';
import { DEMO_WORKER } from './demo-worker.js';
import { AppPages } from './pages/app-pages.js';
import { startTarget, type RunningTarget } from './target.js';
import { Watcher } from './watcher.js';

export { expect };

export interface Fixtures {
  browser: Browser;
  target: RunningTarget;
  simulator: PingOneSimulator;
  context: BrowserContext;
  watcher: Watcher;
  page: Page;
  /** The pages in the first tab. */
  app: AppPages;
  /** Opens one more tab of the same browser context. */
  newTab: () => Promise<AppPages>;
}

const VIEWPORT = { width: 1280, height: 900 };

export const test = base.extend<Fixtures>({
  browser: [
    // eslint-disable-next-line no-empty-pattern -- vitest wants the pattern
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  target: [
    // eslint-disable-next-line no-empty-pattern -- vitest wants the pattern
    async ({}, use) => {
      const target = await startTarget();
      await use(target);
      await target.close();
    },
    { scope: 'file' },
  ],
  simulator: async ({ target }, use) => {
    target.simulator.reset();
    await use(target.simulator);
  },
  context: async ({ browser, target, simulator: _fresh }, use) => {
    const context = await browser.newContext({ baseURL: target.url, viewport: VIEWPORT, reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    await use(context);
    await context.close();
  },
  watcher: async ({ context }, use) => {
    const watcher = new Watcher(context, [DEMO_WORKER.clientSecret]);
    await use(watcher);
    expect(await watcher.findings()).toEqual([]);
  },
  page: async ({ context, watcher: _watching }, use) => {
    await use(await context.newPage());
  },
  app: async ({ page }, use) => {
    await use(new AppPages(page));
  },
  newTab: async ({ context }, use) => {
    await use(async () => new AppPages(await context.newPage()));
  },
});
