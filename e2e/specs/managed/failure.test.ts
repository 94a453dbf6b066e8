/** Walk 6: a token endpoint in trouble is waited for; one that refuses is believed at once. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

const FAILED_REQUEST = /Failed to load resource/;

test('the page works after the token endpoint answered 503 twice', async ({ app, simulator, watcher }) => {
  watcher.expectErrors(FAILED_REQUEST);
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  simulator.faults.status(503, { target: 'token', times: 2 });
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  expect(simulator.tokenRequests()).toBe(3);
});

test('a refused client gets a clear message after one request', async ({ app, simulator, watcher }) => {
  watcher.expectErrors(FAILED_REQUEST);
  await app.load();
  await app.workerToken.save({ ...DEMO_WORKER, clientSecret: 'not-the-secret-of-this-client' });
  await app.workerToken.pressRequestToken();
  await app.workerToken.error.waitFor();
  expect(await app.workerToken.error.innerText()).toMatch(/client/i);
  expect(simulator.tokenRequests()).toBe(1);
});

test('pages opened after a refusal do not storm the token endpoint', async ({ app, simulator, watcher }) => {
  watcher.expectErrors(FAILED_REQUEST);
  await app.load();
  await app.workerToken.save({ ...DEMO_WORKER, clientSecret: 'not-the-secret-of-this-client' });
  await app.workerToken.pressRequestToken();
  await app.workerToken.error.waitFor();
  await app.open('User Profile');
  await app.userProfile.pressLookUp(DEMO.username);
  await app.userProfile.error.waitFor();
  await app.open('Audit Activities');
  await app.audit.pressLoad();
  await app.audit.error.waitFor();
  expect(simulator.tokenRequests()).toBe(1);
});
