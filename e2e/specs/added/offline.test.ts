/** The network goes and comes back. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

const NO_NETWORK = /ERR_INTERNET_DISCONNECTED/;

test('says that there is no network, and gets the token by itself when there is one again, with one request', async ({
  app,
  page,
  context,
  simulator,
  watcher,
}) => {
  watcher.expectErrors(NO_NETWORK);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await context.setOffline(true);
  await page.getByText('You are offline').waitFor();
  await app.workerToken.pressRequestToken();
  await app.workerToken.error.filter({ hasText: 'could not be reached' }).waitFor();
  expect(simulator.requests).toEqual([]);
  await context.setOffline(false);
  await app.workerToken.state('Valid').waitFor();
  await page.getByText('You are offline').waitFor({ state: 'detached' });
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  expect(simulator.tokenRequests()).toBe(1);
});

test('a token that is valid outlives a time without a network', async ({ app, context, simulator, watcher }) => {
  watcher.expectErrors(NO_NETWORK);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.open('User Profile');
  await context.setOffline(true);
  await app.userProfile.pressLookUp(DEMO.username);
  await app.userProfile.error.waitFor();
  await context.setOffline(false);
  await app.userProfile.lookUp(DEMO.username);
  expect(simulator.tokenRequests()).toBe(1);
});

test('nobody asks for a token that nobody wanted because the network is back', async ({
  app,
  page,
  context,
  simulator,
}) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await context.setOffline(true);
  await page.getByText('You are offline').waitFor();
  await context.setOffline(false);
  await page.getByText('You are offline').waitFor({ state: 'detached' });
  await app.workerToken.state('No token').waitFor();
  expect(simulator.requests).toEqual([]);
});
