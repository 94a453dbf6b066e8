/** Every page with data, in both colour schemes: nothing for axe to say, and a screenshot for people. */
import { inBothSchemes } from '../../src/both-schemes.js';
import { expect, test } from '../../src/fixtures.js';
import { openWithData } from '../../src/fill-pages.js';
import { PAGE_TITLES } from '../../src/pages/app-pages.js';

test.for(PAGE_TITLES)('%s is accessible in both schemes, and fits a phone', async (title, { app, page }) => {
  await openWithData(app, title);
  await inBothSchemes(page, title.toLowerCase().replaceAll(' ', '-'));
  await page.setViewportSize({ width: 390, height: 844 });
  const tooWide = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(tooWide).toBe(0);
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
