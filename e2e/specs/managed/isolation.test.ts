/** Walk 4: the worker credentials never show up in another flow. */
import { DEMO } from '@worker-token/pingone-simulator';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

test('with worker credentials saved, implicit flow shows empty fields', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Implicit Flow');
  expect(await app.implicit.environmentId.inputValue()).toBe('');
  expect(await app.implicit.clientId.inputValue()).toBe('');
});

test('what implicit flow saves leaves the worker credentials alone', async ({ app }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.open('Implicit Flow');
  await app.implicit.save(DEMO.environmentId, DEMO.basicClientId);
  await app.load();
  expect(await app.workerToken.clientId.inputValue()).toBe(DEMO_WORKER.clientId);
});

test('no secret and no token lies readable in local or session storage', async ({ app, page, watcher }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  const canaries = [DEMO_WORKER.clientSecret, ...watcher.tokens];
  expect(canaries.filter((canary) => stored.includes(canary)).length).toBe(0);
});
