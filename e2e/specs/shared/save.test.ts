/** Walk 1: what is entered on Worker Token Flow is saved. */
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

test('saving the configuration says so', async ({ app }) => {
  await app.load();
  await app.workerToken.fill(DEMO_WORKER);
  await app.workerToken.pressSave();
  await app.workerToken.message('Configuration saved').waitFor();
});

test('what was saved is there after the page is loaded anew', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.load();
  expect(await app.workerToken.environmentId.inputValue()).toBe(DEMO_WORKER.environmentId);
  expect(await app.workerToken.clientId.inputValue()).toBe(DEMO_WORKER.clientId);
  expect(await app.workerToken.scopes.inputValue()).toBe(DEMO_WORKER.scopes);
  expect(await app.workerToken.clientSecret.getAttribute('type')).toBe('password');
});

test('an incomplete configuration is refused with a message, and nothing is requested', async ({ app, simulator }) => {
  await app.load();
  await app.workerToken.fill({ ...DEMO_WORKER, clientSecret: '' });
  await app.workerToken.pressSave();
  await app.workerToken.error.filter({ hasText: 'client secret' }).waitFor();
  expect(simulator.requests).toEqual([]);
});
