/** Walk 2: once saved, every feature page works with no further input. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

test('user profile and audit activities share one token', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  await app.open('Audit Activities');
  await app.audit.loadActivities();
  expect(simulator.tokenRequests()).toBe(1);
});

test('a page that is loaded anew uses the token that is there', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await app.load('Audit Activities');
  await app.audit.loadActivities();
  await app.load('User Profile');
  await app.userProfile.lookUp(DEMO.email);
  expect(simulator.tokenRequests()).toBe(1);
});

test('no secret and no token is in any address that reaches PingOne', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.userId);
  expect(simulator.requests.length).toBeGreaterThan(1);
  expect(simulator.requests.filter((request) => request.secretInUrl)).toEqual([]);
});
