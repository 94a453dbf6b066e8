/** Each page's main path. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import type { Locator } from 'playwright-core';
import { expect, test } from '../../src/fixtures.js';
import type { AppPages, PageTitle } from '../../src/pages/app-pages.js';

test('the first page is Worker Token Flow, with empty fields and no token', async ({ app, page }) => {
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Worker Token Flow' }).waitFor();
  expect(await app.workerToken.environmentId.inputValue()).toBe('');
  expect(await app.workerToken.clientSecret.inputValue()).toBe('');
  await app.workerToken.state('No token').waitFor();
});

test.for([
  ['id', DEMO.userId],
  ['username', DEMO.username],
  ['email', DEMO.email],
] as const)('user profile finds a user by %s', async ([, identifier], { app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('User Profile');
  await app.userProfile.lookUp(identifier);
  expect(await app.userProfile.fact('Username')).toBe(DEMO.username);
  expect(await app.userProfile.fact('Email')).toBe(DEMO.email);
  expect(await app.userProfile.fact('Population')).toMatch(/^[A-Z]/);
});

test('user profile says when there is no such user', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('User Profile');
  await app.userProfile.pressLookUp('nobody.at.all');
  await app.userProfile.error.filter({ hasText: 'No user' }).waitFor();
});

test('user profile asks for the worker credentials when there are none', async ({ app, simulator }) => {
  await app.load('User Profile');
  await app.userProfile.pressLookUp(DEMO.username);
  await app.userProfile.error.waitFor();
  expect(simulator.requests).toEqual([]);
});

test('identity metrics shows the same counts as a drawing and as a table, newest day first', async ({
  app,
  simulator,
}) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Identity Metrics');
  await app.metrics.loadMetrics();
  const cells = await app.metrics.rows.first().locator('td').allInnerTexts();
  expect(cells[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(Number(cells[1])).toBeGreaterThan(400);
  expect(await app.metrics.rows.count()).toBeGreaterThan(25);
  expect(simulator.tokenRequests()).toBeGreaterThan(0);
});

test('organization licensing shows what was bought and how much of it is used', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Organization Licensing');
  await app.licensing.loadLicensing();
  expect(await app.licensing.licenses.count()).toBe(3);
  expect(await app.licensing.licenses.filter({ hasText: 'ACTIVE' }).innerText()).toContain('Premium');
  expect(await app.licensing.environments.count()).toBe(1);
  await app.licensing.quota('Environments').waitFor();
  await app.licensing.quota('Users').waitFor();
});

test.for([
  ['Identity Metrics', (app) => app.metrics],
  ['Organization Licensing', (app) => app.licensing],
] as const satisfies [PageTitle, (app: AppPages) => { pressLoad(): Promise<void>; error: Locator }][])(
  '%s asks for the worker credentials when there are none',
  async ([title, pageOf], { app, simulator }) => {
    await app.load(title);
    await pageOf(app).pressLoad();
    await pageOf(app).error.filter({ hasText: 'Save the worker credentials first' }).waitFor();
    expect(simulator.requests).toEqual([]);
  },
);

test('audit activities lists what happened, newest first', async ({ app, page }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Audit Activities');
  await app.audit.loadActivities();
  expect(await app.audit.rows.count()).toBeGreaterThan(5);
  await page.getByRole('columnheader', { name: 'Action' }).waitFor();
  expect(await app.audit.rows.first().innerText()).toMatch(/[A-Z_]+\.[A-Z_]+/);
});

test('audit activities pages on, narrows down, and shows one activity in full', async ({ app, page }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Audit Activities');
  await app.audit.loadActivities();
  const first = await app.audit.rows.count();
  await app.audit.loadMore();
  await expect.poll(() => app.audit.rows.count()).toBeGreaterThan(first);
  await app.audit.choose('Action', 'USER.ACCESS_DENIED');
  await app.audit.loadActivities();
  await expect.poll(() => app.audit.rows.filter({ hasNotText: 'USER.ACCESS_DENIED' }).count()).toBe(0);
  await app.audit.choose('Result', 'Success');
  await page.getByText('Nothing happened in this period.').waitFor();
  await app.audit.choose('Result', 'Failed');
  const details = await app.audit.openDetails();
  await details.getByText('correlationId').waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });
});

test('no filter of the audit page is in an address', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Audit Activities');
  await app.audit.loadActivities();
  const asked = simulator.requests.filter(({ path }) => path.includes('/activities'));
  expect(asked.map(({ method }) => method)).toEqual(['POST']);
  expect(JSON.stringify(asked.map(({ path }) => path))).not.toContain('recordedAt');
});

test('bulk user lookup takes a CSV file, and gives one back that a spreadsheet cannot run', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Bulk User Lookup');
  await app.bulk.chooseCsv('users.csv', `name,email\nOne,${DEMO.email}\n"Two, too","=1+1"\n`);
  await expect.poll(() => app.bulk.identifiers.inputValue()).toContain(DEMO.email);
  await app.bulk.press();
  await app.bulk.finished();
  expect(await app.bulk.rows.count()).toBe(2);
  const csv = await app.bulk.exportCsv();
  expect(csv).toContain(`${DEMO.email},Found,${DEMO.username}`);
  expect(csv).toMatch(/^"?'=1\+1/m);
});

test('bulk user lookup keeps what it has when it is cancelled', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.open('Bulk User Lookup');
  simulator.faults.latency(200, { target: 'api' });
  await app.bulk.start(Array.from({ length: 500 }, (_, n) => `nobody-${n}`));
  await app.bulk.cancel();
  await app.bulk.finished();
  expect(await app.bulk.rows.count()).toBeLessThan(500);
});

test('bulk user lookup tells who was found and who was not, with one token', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Bulk User Lookup');
  await app.bulk.lookUpAll([DEMO.username, 'nobody.at.all', DEMO.email]);
  expect(await app.bulk.row('nobody.at.all')).toContain('Not found');
  expect(await app.bulk.rows.filter({ hasText: 'Found' }).filter({ hasText: DEMO.email }).count()).toBe(2);
  expect(simulator.tokenRequests()).toBe(1);
});

test('bulk user lookup waits when PingOne asks it to', async ({ app, simulator, watcher }) => {
  watcher.expectErrors(/429/);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.open('Bulk User Lookup');
  simulator.faults.rateLimit({ target: 'api', retryAfterSeconds: 1 });
  await app.bulk.lookUpAll([DEMO.username]);
  expect(await app.bulk.row(DEMO.username)).toContain('Found');
});

test('forgetting the worker leaves empty fields and no token behind, also after a reload', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.forgetWorker();
  await app.workerToken.state('No token').waitFor();
  expect(await app.workerToken.clientSecret.inputValue()).toBe('');
  expect(await app.environment.count()).toBe(0);
});

test('clearing the configuration empties the form and drops the token', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.workerToken.clear();
  await app.workerToken.state('No token').waitFor();
  expect(await app.workerToken.clientId.inputValue()).toBe('');
  await app.load();
  expect(await app.workerToken.clientId.inputValue()).toBe('');
});

test('implicit flow keeps a configuration of its own', async ({ app }) => {
  await app.load('Implicit Flow');
  expect(await app.implicit.environmentId.inputValue()).toBe('');
  await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
  await app.load('Implicit Flow');
  await expect.poll(() => app.implicit.environmentId.inputValue()).toBe(DEMO.environmentId);
  expect(await app.implicit.clientId.inputValue()).toBe(DEMO.basicClientId);
});
