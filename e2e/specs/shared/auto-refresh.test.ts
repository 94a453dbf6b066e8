/** Walk 3: a token that ended is replaced, and nothing is entered again. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

test('an invalidated token is replaced by a new one on request', async ({ app, simulator, watcher }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.workerToken.invalidateToken();
  await app.workerToken.requestToken();
  expect(simulator.tokenRequests()).toBe(2);
  expect(watcher.tokens.size).toBe(2);
});

test('asking twice in a row gets the same token', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.workerToken.requestToken();
  expect(simulator.tokenRequests()).toBe(1);
});

test('a feature page replaces a token that expired an hour ago', async ({ app, page, simulator, watcher }) => {
  await page.clock.install();
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await page.clock.fastForward('02:00:00');
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  expect(simulator.tokenRequests()).toBe(2);
  expect(watcher.tokens.size).toBe(2);
});

test('the time left counts down', async ({ app, page }) => {
  await page.clock.install();
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  expect(await app.workerToken.timeLeft()).toMatch(/^(60 min 00|59 min \d\d) s$/);
  await page.clock.fastForward('10:00');
  await expect.poll(() => app.workerToken.timeLeft()).toMatch(/^49 min \d\d s$/);
});
