/** The devtools panel in the page: open by keyboard, tells what happened, shows no secret. */
import { accessibilityProblems } from '../../src/accessibility.js';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';
import { keepScreenshot } from '../../src/screenshot.js';

test('tells what happens to the token, and holds neither secret nor token', async ({ app, page, watcher }) => {
  await app.load();
  const toggle = page.getByRole('button', { name: 'Worker token devtools' });
  await toggle.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Worker token devtools' });
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await panel.getByText('got a token').or(panel.getByText('fetched a token')).first().waitFor();
  await keepScreenshot(page, 'devtools');
  await panel.getByRole('tab', { name: 'Tabs' }).click();
  await panel.getByText('flow_credentials_worker-token-credentials').first().waitFor();
  await panel.getByRole('tab', { name: 'Flows' }).click();
  const text = await panel.evaluate((element) => element.innerHTML);
  const canaries = [DEMO_WORKER.clientSecret, ...watcher.tokens];
  expect(watcher.tokens.size).toBeGreaterThan(0);
  expect(canaries.filter((canary) => text.includes(canary))).toHaveLength(0);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('drop and refresh act on the token of the page', async ({ app, page, simulator }) => {
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await page.getByRole('button', { name: 'Worker token devtools' }).click();
  const panel = page.getByRole('region', { name: 'Worker token devtools' });
  await panel.getByRole('button', { name: 'Drop' }).click();
  await page.getByRole('banner').getByText('No token').waitFor();
  await panel.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('banner').getByText('Token valid').waitFor();
  expect(simulator.tokenRequests()).toBe(2);
});
