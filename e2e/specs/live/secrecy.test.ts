/** Server mode: the client secret is nowhere in the browser, however it is written. */
import { DEMO } from '@worker-token/pingone-simulator';
import type { Page } from 'playwright-core';
import { dumpOf, type Place } from '../../src/browser-dump.js';
import { expect, test } from '../../src/live-fixtures.js';
import { secretForms } from '../../src/secret-forms.js';

const SECRET = secretForms(DEMO.clientSecret);

function placesWith(forms: readonly string[], dump: ReadonlyMap<Place, string>): Place[] {
  return [...dump].filter(([, text]) => forms.some((form) => text.includes(form))).map(([place]) => place);
}

test('after all pages were used a dump of the browser has no secret in it', async ({ app, context, page }) => {
  const dump = dumpOf(context);
  const answer = page.waitForResponse('**/api/worker-token');
  await app.load();
  await app.workerToken.requestToken();
  const { access_token: token } = (await (await answer).json()) as { access_token: string };
  await app.open('User Profile');
  await app.userProfile.lookUp(DEMO.username);
  await app.open('Audit Activities');
  await app.audit.loadActivities();
  const taken = await dump.take(page);

  expect(placesWith(SECRET, taken)).toEqual([]);
  // the token is the page's to have, and shows that the dump sees what is there
  expect(placesWith([token], taken)).toEqual(expect.arrayContaining(['heap', 'answers']));
  expect(placesWith([DEMO.username], taken)).toEqual(expect.arrayContaining(['requests', 'answers']));
});

test('a secret that is planted is found, wherever and however', async ({ context, page, watcher }) => {
  watcher.expectErrors(/404/);
  const dump = dumpOf(context);
  await page.goto('/');
  await plant(page, [...secretForms('planted & "secret"')]);
  const taken = await dump.take(page);

  for (const form of secretForms('planted & "secret"')) {
    expect(placesWith([form], taken), form).toEqual(expect.arrayContaining(['databases', 'heap', 'requests']));
  }
});

async function plant(page: Page, forms: string[]): Promise<void> {
  await page.evaluate(async (planted) => {
    Object.assign(window, { planted });
    await fetch('/key.svg', { method: 'POST', body: planted.join('\n') }).catch(() => undefined);
    await new Promise((resolve) => {
      const request = indexedDB.open('planted', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('all', { autoIncrement: true });
      request.onsuccess = () => {
        const transaction = request.result.transaction('all', 'readwrite');
        transaction.objectStore('all').add({ planted });
        transaction.oncomplete = () => (request.result.close(), resolve(undefined));
      };
    });
  }, forms);
}
