/** Every page with data, in both colour schemes: nothing for axe to say, and a screenshot for people. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { accessibilityProblems } from '../../src/accessibility.js';
import { expect, test } from '../../src/fixtures.js';
import { openWithData } from '../../src/fill-pages.js';
import { PAGE_TITLES } from '../../src/pages/app-pages.js';
import { screenshotFolder } from '../../src/target.js';

describe.each(PAGE_TITLES)('%s', (title) => {
  test.for(['light', 'dark'] as const)('is accessible in the %s scheme', async (colorScheme, { app, page }) => {
    await page.emulateMedia({ colorScheme });
    await openWithData(app, title);
    mkdirSync(screenshotFolder(), { recursive: true });
    const name = `${title.toLowerCase().replaceAll(' ', '-')}-${colorScheme}.png`;
    await page.screenshot({ path: join(screenshotFolder(), name), animations: 'disabled' });
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

test('the chosen colour scheme is kept', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await app.load();
  await page.getByRole('button', { name: 'Use the dark colour scheme' }).click();
  await app.load();
  await page.getByRole('button', { name: 'Use the light colour scheme' }).waitFor();
});

test('every page can be reached with the keyboard, content first', async ({ app, page }) => {
  await app.load();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
});
