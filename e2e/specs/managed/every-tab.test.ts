/** Walk 5: all tabs share one token, and learn what another one saved. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

test('a token of one tab is used in another without a second token request', async ({ app, newTab, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  const other = await newTab();
  await other.load('User Profile');
  await app.workerToken.requestToken();
  await other.userProfile.lookUp(DEMO.username);
  expect(simulator.tokenRequests()).toBe(1);
});

test('a refresh in one tab reaches the others', async ({ app, newTab, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  const other = await newTab();
  await other.load('Audit Activities');
  await other.audit.loadActivities();
  await app.workerToken.invalidateToken();
  await app.workerToken.requestToken();
  await other.audit.loadActivities();
  await other.open('User Profile');
  await other.userProfile.lookUp(DEMO.username);
  expect(simulator.tokenRequests()).toBe(2);
});

test('two tabs that need a token at the same time make one request', async ({ app, newTab, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  const other = await newTab();
  await other.load('Audit Activities');
  await app.open('User Profile');
  await Promise.all([app.userProfile.lookUp(DEMO.username), other.audit.loadActivities()]);
  expect(simulator.tokenRequests()).toBe(1);
});

test('saving in one tab updates the others', async ({ app, newTab }) => {
  const other = await newTab();
  await other.load('User Profile');
  expect(await other.environment.count()).toBe(0);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await other.environment.filter({ hasText: DEMO.environmentId }).waitFor();
});
