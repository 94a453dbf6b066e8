/** Every page with data, in both colour schemes: nothing for axe to say, and a screenshot for people. */
import { describe } from 'vitest';
import { accessibilityProblems } from '../../src/accessibility.js';
import { expect, test } from '../../src/fixtures.js';
import { openWithData } from '../../src/fill-pages.js';
import { PAGE_TITLES } from '../../src/pages/app-pages.js';
import { keepScreenshot } from '../../src/screenshot.js';

describe.each(PAGE_TITLES)('%s', (title) => {
  test.for(['light', 'dark'] as const)('is accessible in the %s scheme', async (colorScheme, { app, page }) => {
    await page.emulateMedia({ colorScheme });
    await openWithData(app, title);
    await keepScreenshot(page, `${title.toLowerCase().replaceAll(' ', '-')}-${colorScheme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('fits a phone without scrolling sideways', async ({ app, page }) => {
    await openWithData(app, title);
    await page.setViewportSize({ width: 390, height: 844 });
    const tooWide = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(tooWide).toBe(0);
  });
});

test('the chosen colour scheme is kept', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await app.load();
  await page.getByRole('button', { name: 'Use the dark colour scheme' }).click();
  await app.load();
  await page.getByRole('button', { name: 'Use the light colour scheme' }).waitFor();
});

test('the first stop of the keyboard skips to the content', async ({ app, page }) => {
  await app.load();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
});
