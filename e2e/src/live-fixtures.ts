/** What a spec of server mode gets: the running server, its PingOne, a browser context with a watcher on it, and the pages. */
import { DEMO } from '@worker-token/pingone-simulator';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, test as base } from 'vitest';
import { launchBrowser } from './browser.js';
import { startLiveTarget, type LiveTarget } from './live-target.js';
import { AppPages } from './pages/app-pages.js';
import { Watcher } from './watcher.js';

export { expect };

interface LiveFixtures {
  browser: Browser;
  live: LiveTarget;
  context: BrowserContext;
  watcher: Watcher;
  page: Page;
  app: AppPages;
}

export const test = base.extend<LiveFixtures>({
  browser: [
    // eslint-disable-next-line no-empty-pattern -- vitest wants the pattern
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  live: [
    // eslint-disable-next-line no-empty-pattern -- vitest wants the pattern
    async ({}, use) => {
      const live = await startLiveTarget();
      await use(live);
      await live.close();
    },
    { scope: 'file' },
  ],
  context: async ({ browser, live }, use) => {
    const context = await browser.newContext({ baseURL: live.url, reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    await use(context);
    await context.close();
  },
  watcher: async ({ context }, use) => {
    const watcher = new Watcher(context, [DEMO.clientSecret]);
    await use(watcher);
    expect(await watcher.findings()).toEqual([]);
  },
  page: async ({ context, watcher: _watching }, use) => {
    await use(await context.newPage());
  },
  app: async ({ page }, use) => {
    await use(new AppPages(page));
  },
});
