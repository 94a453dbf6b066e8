/** A laptop that slept: the clock has jumped and no timer ran, or the page was frozen. */
import { DEMO } from '@worker-token/pingone-simulator';
import type { Page } from 'playwright-core';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

/** Frozen pages run nothing, no timer and no listener. */
async function setLifecycle(page: Page, state: 'frozen' | 'active'): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state });
  await devtools.detach();
}

test('after two hours of sleep the page knows that its token is over, and gets one new token when one is needed', async ({
  app,
  page,
  simulator,
  watcher,
}) => {
  await page.clock.install();
  await app.load();
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await page.clock.pauseAt(Date.now() + 2 * 60 * 60_000);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.clock.resume();
  await app.workerToken.state('No token').waitFor();
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  expect(simulator.tokenRequests()).toBe(2);
  expect(watcher.tokens.size).toBe(2);
});

test('a tab that was frozen while another one renewed the token uses the new one', async ({
  app,
  page,
  newTab,
  simulator,
}) => {
  const other = await newTab();
  await other.load();
  await other.workerToken.save(DEMO_WORKER);
  await other.workerToken.requestToken();
  await app.load('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  await setLifecycle(page, 'frozen');
  simulator.faults.expireAllTokens();
  await other.workerToken.invalidateToken();
  await other.workerToken.requestToken();
  await setLifecycle(page, 'active');
  await app.userProfile.lookUp(DEMO.email);
  expect(simulator.tokenRequests()).toBe(2);
});
