/** The watcher itself: what must never be there is found when it is there. */
import { beforeAll, afterAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { Watcher } from './watcher.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function findingsAfter(act: (page: Page) => Promise<unknown>): Promise<string[]> {
  const context = await browser.newContext();
  const watcher = new Watcher(context, ['canary-secret']);
  const page = await context.newPage();
  await page.route('http://app.test/**', (route) =>
    route.request().url().includes('/api/client-credentials')
      ? route.fulfill({ json: { access_token: 'canary-token' } })
      : route.fulfill({ contentType: 'text/html', body: '<p id="text">hello</p>' }),
  );
  await page.goto('http://app.test/');
  await act(page);
  const findings = await watcher.findings();
  await context.close();
  return findings;
}

test('a quiet page has no findings', async () => {
  expect(await findingsAfter(async () => undefined)).toEqual([]);
});

test('a secret in the console is found, and not repeated', async () => {
  const findings = await findingsAfter((page) => page.evaluate(() => console.log('saved canary-secret')));
  expect(findings).toEqual(['a secret or token is in the console, 1 times']);
});

test('a secret in an address is found', async () => {
  const findings = await findingsAfter((page) => page.evaluate(() => fetch('/users?secret=canary-secret')));
  expect(findings).toEqual(['a secret or token is in an address, 1 times']);
});

test('a token that the page was given and shows is found', async () => {
  const findings = await findingsAfter((page) =>
    page.evaluate(async () => {
      const response = await fetch('/api/client-credentials', { method: 'POST' });
      const { access_token } = (await response.json()) as { access_token: string };
      document.querySelector('#text')!.textContent = access_token;
    }),
  );
  expect(findings).toEqual(['a secret or token is in the page, 1 times']);
});

test('a console error is found', async () => {
  const findings = await findingsAfter((page) => page.evaluate(() => console.error('broken')));
  expect(findings).toEqual(['console error: broken']);
});

test('a console warning is found', async () => {
  const findings = await findingsAfter((page) => page.evaluate(() => console.warn('this will be removed')));
  expect(findings).toEqual(['console error: this will be removed']);
});
