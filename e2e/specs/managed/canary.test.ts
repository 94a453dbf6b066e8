/** Two tabs, everything done once: secret and token are in no message between tabs and in no stored bytes (addresses, console, page: the watcher). */
import { DEMO } from '@worker-token/pingone-simulator';
import type { Page } from 'playwright-core';
import { databases, webStorage } from '../../src/browser-dump.js';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

/** Hears what a tab says to the others, from before it says anything of worth. */
async function listen(page: Page): Promise<() => Promise<string>> {
  await page.goto('/');
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    const real = BroadcastChannel.prototype.postMessage;
    BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, message: unknown) {
      heard.push(message);
      real.call(this, message);
    };
  });
  return () => page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown[] }).heard));
}

/** Everything that the origin has stored. */
async function storedText(page: Page): Promise<string> {
  return [await webStorage(page), await databases(page)].join('\n');
}

test('neither secret nor token is said between tabs or stored readable', async ({ app, page, newTab, watcher }) => {
  const other = await newTab();
  const heard = await listen(page);
  await app.open('Worker Token Flow');
  await other.load('Audit Activities');
  await app.workerToken.save(DEMO_WORKER);
  await app.workerToken.requestToken();
  await other.audit.loadActivities();
  await app.workerToken.invalidateToken();
  await app.workerToken.requestToken();
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  const [said, stored] = [await heard(), await storedText(page)];
  expect(watcher.tokens.size).toBe(2);
  expect(said).toContain('flow_credentials_worker-token-credentials');
  expect(stored.includes('worker-token-credentials')).toBe(true);
  const canaries = [DEMO_WORKER.clientSecret, ...watcher.tokens];
  // The signature is what makes a token one; the head of a JWT is the same for all.
  const pieces = [...canaries, ...[...watcher.tokens].map((token) => token.split('.')[2]!)];
  expect(pieces.filter((piece) => said.includes(piece)).length).toBe(0);
  expect(pieces.filter((piece) => stored.includes(piece)).length).toBe(0);
});
