/** Pictures of every page, light and dark, for docs/guides/sample-app.md. What is on them is asserted elsewhere. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO } from '@worker-token/pingone-simulator';
import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { openWithData } from '../../src/fill-pages.js';
import { expect, test } from '../../src/fixtures.js';
import { PAGE_TITLES } from '../../src/pages/app-pages.js';
import { ManageCredentialsPage } from '../../src/pages/manage-credentials-page.js';
import { withPalette } from '../../src/palette-png.js';

const FOLDER = join(import.meta.dirname, '../../../docs/images/sample');
const SIZE = { width: 1280, height: 800 };
/** Bytes. */
const LARGEST = 100_000;

/** A page with a policy of its own may not decode pictures: a blank one does. */
async function keep(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.setViewportSize(SIZE);
  await page.evaluate(() => window.scrollTo(0, 0));
  const blank = await page.context().newPage();
  await page.bringToFront();
  const picture = await withPalette(blank, await page.screenshot({ animations: 'disabled' }));
  await blank.close();
  writeFileSync(join(FOLDER, `${name.toLowerCase().replaceAll(' ', '-')}.png`), picture);
  expect(picture.length).toBeLessThan(LARGEST);
}

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  test.for(PAGE_TITLES)('%s', async (title, { app, page }) => {
    await page.emulateMedia({ colorScheme });
    await openWithData(app, title);
    await page.mouse.move(0, 0);
    await keep(page, `${title}-${colorScheme}`);
  });

  test('Manage credentials', async ({ app, page }) => {
    await page.emulateMedia({ colorScheme });
    const manage = new ManageCredentialsPage(page);
    await openWithData(app, 'Implicit Flow');
    await manage.open();
    await manage.flow('Implicit Flow').getByText('Configured').waitFor();
    await keep(page, `manage-credentials-${colorScheme}`);
  });

  test('the devtools', async ({ app, page }) => {
    await page.emulateMedia({ colorScheme });
    await openWithData(app, 'User Profile');
    await page.getByRole('button', { name: 'Worker token devtools' }).click();
    await page.getByRole('region', { name: 'Worker token devtools' }).waitFor();
    await keep(page, `devtools-${colorScheme}`);
  });

  test('another tab saved meanwhile', async ({ app, page, newTab }) => {
    await page.emulateMedia({ colorScheme });
    const other = await newTab();
    await app.load();
    await app.workerToken.save(DEMO_WORKER);
    await app.open('Implicit Flow');
    await app.implicit.environmentId.fill(DEMO.environmentId);
    await other.load('Implicit Flow');
    await other.implicit.save(DEMO.environmentId, DEMO.basicClientId);
    await page.getByText('Another tab saved meanwhile').waitFor();
    await keep(page, `another-tab-saved-${colorScheme}`);
  });

  test('nothing is entered yet', async ({ app, page }) => {
    await page.emulateMedia({ colorScheme });
    await app.load();
    await keep(page, `empty-${colorScheme}`);
  });
});
