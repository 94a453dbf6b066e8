/** What a form says about its record: when it was saved, what another tab saved meanwhile, and what is copied on request. */
import { DEMO } from '@worker-token/pingone-simulator';
import type { Page } from 'playwright-core';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const prompt = (page: Page) => page.getByText('Another tab saved meanwhile');

test('the environment is copied from the configuration only on request, and saved only on request', async ({
  app,
  page,
}) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Implicit Flow');
  await page.getByText('Nothing is saved for this flow').waitFor();
  expect(await app.implicit.environmentId.inputValue()).toBe('');
  await press(page, 'Copy from configuration');
  expect(await app.implicit.environmentId.inputValue()).toBe(DEMO.environmentId);
  expect(await app.implicit.clientId.inputValue()).toBe('');
  await app.load('Implicit Flow');
  expect(await app.implicit.environmentId.inputValue()).toBe('');
});

test('without a configuration there is nothing to copy, and the page says so', async ({ app, page }) => {
  await app.load('Implicit Flow');
  await press(page, 'Copy from configuration');
  await page.getByText('There is no worker configuration yet').waitFor();
  expect(await app.implicit.environmentId.inputValue()).toBe('');
});

test('both forms say when they were saved, and where', async ({ app, page }) => {
  const saved = page.getByText(/^Saved .*\d{1,2}:\d\d.*, in this browser: indexeddb, encrypted\./);
  await app.load();
  await page.getByText('Nothing is saved yet').waitFor();
  await app.workerToken.save(DEMO_WORKER);
  await saved.waitFor();
  await app.open('Implicit Flow');
  await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
  await saved.waitFor();
});

test('a flow that another tab saved is not overwritten before the person has chosen', async ({ app, page, newTab }) => {
  const other = await newTab();
  await app.load('Implicit Flow');
  await app.implicit.clientId.fill('mine');
  await other.load('Implicit Flow');
  await other.implicit.save(DEMO.environmentId, 'theirs');
  await prompt(page).filter({ hasText: 'client theirs' }).waitFor();
  expect(await app.implicit.clientId.inputValue()).toBe('mine');
  await press(page, 'Save');
  await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
  expect(await other.implicit.clientId.inputValue()).toBe('theirs');
  await press(page, 'Keep mine and save');
  await expect.poll(() => other.implicit.clientId.inputValue()).toBe('mine');
  expect(await prompt(page).count()).toBe(0);
});

test('what another tab saved for a flow can be taken in the place of the edits', async ({ app, page, newTab }) => {
  const other = await newTab();
  await app.load('Implicit Flow');
  await app.implicit.clientId.fill('mine');
  await other.load('Implicit Flow');
  await other.implicit.save(DEMO.environmentId, 'theirs');
  await press(page, 'Take what is saved');
  await expect.poll(() => app.implicit.clientId.inputValue()).toBe('theirs');
  expect(await prompt(page).count()).toBe(0);
});

test('the worker’s form follows another tab while it has no edits, and asks when it has', async ({
  app,
  page,
  newTab,
}) => {
  const other = await newTab();
  await app.load();
  await other.load();
  await other.workerToken.save(DEMO_WORKER);
  await expect.poll(() => app.workerToken.clientId.inputValue()).toBe(DEMO_WORKER.clientId);
  await app.workerToken.scopes.fill('mine');
  await other.workerToken.save({ ...DEMO_WORKER, clientId: DEMO.basicClientId });
  await prompt(page).filter({ hasText: DEMO.basicClientId }).waitFor();
  expect(await app.workerToken.scopes.inputValue()).toBe('mine');
  await press(page, 'Keep mine');
  expect(await prompt(page).count()).toBe(0);
  expect(await app.workerToken.scopes.inputValue()).toBe('mine');
  await other.workerToken.save(DEMO_WORKER);
  await press(page, 'Take what is saved');
  expect(await app.workerToken.scopes.inputValue()).toBe(DEMO_WORKER.scopes);
  expect(await app.workerToken.clientId.inputValue()).toBe(DEMO_WORKER.clientId);
});

test('saving here, with spaces around a value, asks nothing', async ({ app, page }) => {
  await app.load();
  await app.workerToken.save({ ...DEMO_WORKER, clientId: ` ${DEMO_WORKER.clientId} `, scopes: 'openid p1:read:user' });
  await page.getByText(/^Saved .*, in this browser/).waitFor();
  expect(await prompt(page).count()).toBe(0);
});

test('a connection is tested with what the form shows, and nothing is saved', async ({ app, page, simulator }) => {
  await app.load();
  await app.workerToken.fill(DEMO_WORKER);
  await press(page, 'Test connection');
  await page.getByText('The connection works').waitFor();
  expect(simulator.tokenRequests()).toBe(1);
  await app.load();
  expect(await app.workerToken.clientId.inputValue()).toBe('');
});

test('a connection that does not work says why', async ({ app, page, watcher, simulator }) => {
  watcher.expectErrors(/Failed to load resource/);
  await app.load();
  await app.workerToken.fill({ ...DEMO_WORKER, clientSecret: 'not-the-secret-of-this-client' });
  await press(page, 'Test connection');
  await app.workerToken.error.filter({ hasText: /client/i }).waitFor();
  expect(simulator.tokenRequests()).toBe(1);
});
