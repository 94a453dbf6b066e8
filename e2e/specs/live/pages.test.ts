/** Server mode: every page works, and nothing is entered in the browser. */
import { DEMO } from '@worker-token/pingone-simulator';
import { expect, test } from '../../src/live-fixtures.js';

test('the first page says which worker app the server has, and asks for nothing', async ({ app, page }) => {
  await app.load();
  await expect.poll(() => page.getByText('Stays on the server').count()).toBe(1);
  expect(await page.locator('main').innerText()).toContain(DEMO.clientId);
  expect(await page.locator('main input').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Forget worker' }).count()).toBe(0);
});

test('a token is requested through the server, and counted down', async ({ app }) => {
  await app.load();
  await app.workerToken.requestToken();
  await app.workerToken.state('Valid').waitFor();
  await app.workerToken.invalidateToken();
  await app.workerToken.state('No token').waitFor();
});

test('all pages read PingOne through the proxy', async ({ app, live }) => {
  await app.load('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  expect(await app.userProfile.fact('Email')).toBe(DEMO.email);
  await app.open('Identity Metrics');
  await app.metrics.loadMetrics();
  expect(await app.metrics.rows.count()).toBeGreaterThan(25);
  await app.open('Audit Activities');
  await app.audit.loadActivities();
  const first = await app.audit.rows.count();
  await app.audit.loadMore();
  await expect.poll(() => app.audit.rows.count()).toBeGreaterThan(first);
  await app.open('Bulk User Lookup');
  await app.bulk.lookUpAll([DEMO.username, 'nobody.at.all']);
  expect(await app.bulk.row('nobody.at.all')).toContain('Not found');
  await app.open('Organization Licensing');
  await app.licensing.loadLicensing();
  expect(await app.licensing.licenses.count()).toBe(3);
  expect(live.simulator.tokenRequests()).toBeLessThanOrEqual(2);
});

test('clearing everything leaves the server’s worker app', async ({ app, page }) => {
  await page.goto('/manage-credentials');
  await page.getByText('kept by the server').waitFor();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: /Really clear the worker credentials/ }).click();
  await page.getByText('Everything cleared').waitFor();
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  expect(await app.userProfile.fact('Username')).toBe(DEMO.username);
});

test('the routes answer only the page of this server', async ({ live }) => {
  const headers = { 'X-Requested-With': 'worker-token', 'Content-Type': 'application/json' };
  const token = await fetch(`${live.url}/api/worker-token`, { method: 'POST', headers, body: '{}' });
  const users = await fetch(`${live.url}/api/pingone/v1/environments/${DEMO.environmentId}/users`, { headers });
  expect([token.status, users.status]).toEqual([401, 401]);
});
