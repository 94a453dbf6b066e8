/** Manage credentials: seen, taken along, brought in, cleared. */
import { DEMO } from '@worker-token/pingone-simulator';
import { readFile } from 'node:fs/promises';
import { inBothSchemes } from '../../src/both-schemes.js';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';
import { ManageCredentialsPage } from '../../src/pages/manage-credentials-page.js';

const PASSPHRASE = 'correct horse battery staple';

test('lists flows, configured or not, and never a value', async ({ app, page }) => {
  const manage = new ManageCredentialsPage(page);
  await app.load();
  await manage.open();
  await manage.flow('Implicit Flow').getByText('Empty').waitFor();
  await app.open('Implicit Flow');
  await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
  await manage.open();
  await manage.flow('Implicit Flow').getByText('Configured').waitFor();
  expect(await manage.flow('Implicit Flow').locator('td').nth(3).innerText()).toBe('indexeddb');
  expect(await manage.flow('Implicit Flow').locator('td').nth(4).innerText()).toBe('yes');
  expect(await page.content()).not.toContain(DEMO.basicClientId);
});

test('a sealed export brings worker credentials and flows to another browser', async ({
  app,
  page,
  browser,
  target,
}) => {
  const manage = new ManageCredentialsPage(page);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Implicit Flow');
  await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
  await manage.open();
  const file = await (await manage.export(PASSPHRASE)).path();
  expect(await readFile(file, 'utf8')).not.toContain(DEMO_WORKER.clientSecret);

  const elsewhere = await browser.newContext({ baseURL: target.url });
  const tab = await elsewhere.newPage();
  await tab.goto('/');
  const other = new ManageCredentialsPage(tab);
  await other.open();
  await other.choose(file, 'a wrong passphrase');
  await other.press('Import');
  await other
    .text(/passphrase/i)
    .last()
    .waitFor();
  await other.choose(file, PASSPHRASE);
  await other.press('Show what would change');
  expect(await other.action('worker-token-credentials')).toBe('added');
  await other.press('Import');
  await other.text('Imported').waitFor();
  await other.flow('Implicit Flow').getByText('Configured').waitFor();
  await other.text(`Worker credentials: client ${DEMO_WORKER.clientId}`).waitFor();
  await elsewhere.close();
});

test('an export without a passphrase has no secret in it', async ({ app, page }) => {
  const manage = new ManageCredentialsPage(page);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await manage.open();
  const text = await readFile(await (await manage.export()).path(), 'utf8');
  expect(text).toContain(DEMO_WORKER.clientId);
  expect(text).not.toContain(DEMO_WORKER.clientSecret);
});

test('clear all asks first, and then leaves nothing', async ({ app, page }) => {
  const manage = new ManageCredentialsPage(page);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Implicit Flow');
  await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
  await manage.open();
  await manage.press('Clear all');
  await manage.press('Keep');
  await manage.flow('Implicit Flow').getByText('Configured').waitFor();
  await manage.press('Clear all');
  await manage.press('Really clear the worker credentials, the token and every flow');
  await manage.text('Everything cleared').waitFor();
  await manage.flow('Implicit Flow').getByText('Empty').waitFor();
  await app.load();
  expect(await app.workerToken.clientSecret.inputValue()).toBe('');
});

test('old records of other programs are found, taken over, and put back', async ({ app, page }) => {
  const manage = new ManageCredentialsPage(page);
  const { environmentId, clientId, clientSecret } = DEMO_WORKER;
  const old = JSON.stringify({ environmentId, clientId, clientSecret, region: 'us' });
  await app.load();
  await page.evaluate((text) => localStorage.setItem('unified_worker_token_credentials', text), old);
  await manage.open();
  await manage.press('Look for old records');
  await manage.text('Found: unified_worker_token_credentials').waitFor();
  await manage.press('Take them over');
  await manage.text('Taken over: unified_worker_token_credentials').waitFor();
  await manage.text(`Worker credentials: client ${clientId}`).waitFor();
  const stored = () => page.evaluate(() => localStorage.getItem('unified_worker_token_credentials'));
  expect(await stored()).toBeNull();
  await manage.press('Restore from the backup');
  await manage.text(/^Restored: unified_worker_token_credentials/).waitFor();
  expect(await stored()).toBe(old);
});

test('is accessible in both schemes', async ({ app, page }) => {
  const manage = new ManageCredentialsPage(page);
  await app.load();
  await app.open('Implicit Flow');
  await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
  await manage.open();
  await manage.flow('Implicit Flow').getByText('Configured').waitFor();
  await inBothSchemes(page, 'manage-credentials');
});
