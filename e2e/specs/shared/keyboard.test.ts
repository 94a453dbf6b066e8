/** Walk 1 with the keyboard alone: from the first stop of a fresh page to a token, with every stop in reach and in order. */
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';
import type { Page } from 'playwright-core';

const LONGEST_WAY = 40;

/** The name of what has the focus, as assistive technology reads it: label, or text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    return element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });
}

/** Presses Tab until `name` has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < LONGEST_WAY; stop++) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  expect(await focused(page), `${name} is not reached in ${LONGEST_WAY} stops`).toBe(name);
}

test('a person with a keyboard alone enters, saves and requests', async ({ app, page }) => {
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Worker Token Flow' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  for (const [name, value] of [
    ['Environment ID', DEMO_WORKER.environmentId],
    ['Client ID', DEMO_WORKER.clientId],
    ['Client secret', DEMO_WORKER.clientSecret],
    ['Scopes', DEMO_WORKER.scopes],
  ] as const) {
    await tabTo(page, name);
    await page.keyboard.type(value);
  }
  await tabTo(page, 'Save configuration');
  await page.keyboard.press('Space');
  await app.workerToken.message('Configuration saved').waitFor();
  await tabTo(page, 'Request token');
  await page.keyboard.press('Enter');
  await app.workerToken.state('Valid').waitFor();
});

test('what has the focus can be seen', async ({ app, page }) => {
  await app.load();
  await tabTo(page, 'Save configuration');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineWidth);
  expect(Number.parseFloat(outline)).toBeGreaterThanOrEqual(2);
});
