/** What the console says about tokens: where each came from, with the seconds left, and never the token. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

test('the first token is fetched, and the console says so', async ({ app, watcher }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  expect(watcher.said('Fetching new token').length).toBe(1);
});

test('feature pages use the cached token', async ({ app, watcher }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  await expect.poll(() => watcher.said('Using cached token').length).toBeGreaterThan(0);
  expect(watcher.said('Using cached token')[0]).toMatch(/\d+ ?s/);
});

test('after loading anew the stored token is used', async ({ app, watcher }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.load('Audit Activities');
  await app.audit.loadActivities();
  const said = [...watcher.said('Using stored token'), ...watcher.said('Using cached token')];
  expect(said.length).toBeGreaterThan(0);
  expect(watcher.said('Fetching new token').length).toBe(1);
});
