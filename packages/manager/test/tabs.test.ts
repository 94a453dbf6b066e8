/** Several tabs: managers of their own on one IndexedDB, heard through a BroadcastChannel, excluded by Web Locks. */
import { createCredentialStorage, indexedDbTier, memoryTier } from '@worker-token/storage';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenManager } from '../src/types/manager.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import { CREDENTIALS, testLogger, testSource, type TestSource } from './builder.js';
import { testLocks } from './locks.js';

vi.setConfig({ testTimeout: 30_000 });
const tabs: WorkerTokenManager[] = [];
let factory: IDBFactory;

beforeEach(() => {
  factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  vi.stubGlobal('navigator', { locks: testLocks() });
});
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.dispose();
  vi.unstubAllGlobals();
});

function openTab(source: TestSource, options: WorkerTokenManagerOptions = {}): WorkerTokenManager {
  const tab = createWorkerTokenManager({ tokenSource: source, logger: testLogger(), ...options });
  tabs.push(tab);
  return tab;
}

/** That it takes no more than 500 ms is for a real browser to show; here it must happen at all, on a busy machine, too. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

test('10. eight tabs with fifty callers each make one request', async () => {
  const source = testSource(() => new Promise((resolve) => setTimeout(() => resolve({}), 20)));
  await openTab(source).saveCredentials(CREDENTIALS);
  const callers = Array.from({ length: 8 }, () => openTab(source)).flatMap((tab) =>
    Array.from({ length: 50 }, () => tab.getWorkerToken()),
  );
  expect(new Set(await Promise.all(callers))).toEqual(new Set(['token-1']));
  expect(source.count).toBe(1);
});

test('a tab opened later has credentials and token after ready(), without a request', async () => {
  const source = testSource();
  const first = openTab(source);
  await first.saveCredentials(CREDENTIALS);
  await first.getWorkerToken();
  const logger = testLogger();
  const second = openTab(source, { logger });
  await second.ready();
  expect(second.peekToken()).toBe('token-1');
  expect(second.peekCredentials()).toEqual(CREDENTIALS);
  expect(await second.loadToken()).toBe('token-1');
  expect(await second.getWorkerToken()).toBe('token-1');
  expect(logger.lines).toEqual([expect.stringMatching(/^info: Using (cached|stored) token \(\d+ s left\)$/)]);
  expect(source.count).toBe(1);
});

test('a refresh in one tab is used in the others, which say so by an event and in their state', async () => {
  const source = testSource();
  const [one, two] = [openTab(source), openTab(source)];
  await one.saveCredentials(CREDENTIALS);
  await two.ready();
  const heard = vi.fn();
  vi.stubGlobal('window', new EventTarget());
  window.addEventListener('worker-token-refreshed', (event) => heard((event as CustomEvent).detail));
  await one.getWorkerToken();
  await soon(() => expect(two.peekToken()).toBe('token-1'));
  expect(two.getSnapshot()).toMatchObject({ status: 'valid', source: 'other-tab' });
  expect(heard).toHaveBeenCalledTimes(2);
  expect(heard).toHaveBeenLastCalledWith({ expiresAt: two.getSnapshot().expiresAt, expiresIn: 3600 });
  await one.refreshToken();
  await soon(() => expect(two.peekToken()).toBe('token-2'));
  expect(source.count).toBe(2);
});

test('47. saving in one tab updates the others and drops their token', async () => {
  const source = testSource();
  const [one, two] = [openTab(source), openTab(source)];
  await one.saveCredentials(CREDENTIALS);
  await one.getWorkerToken();
  await soon(() => expect(two.peekCredentials()).not.toBeNull());
  await two.ready();
  const changed = vi.fn();
  two.subscribe(changed);
  await one.saveCredentials({ ...CREDENTIALS, clientId: 'other' });
  await soon(() => expect(two.peekCredentials()?.clientId).toBe('other'));
  expect(two.peekToken()).toBeNull();
  expect(changed).toHaveBeenCalled();
});

test.each(['clearAll', 'invalidateToken', 'clearToken'] as const)(
  '%s() in one tab is seen in the others',
  async (method) => {
    const source = testSource();
    const [one, two] = [openTab(source), openTab(source)];
    await one.saveCredentials(CREDENTIALS);
    await one.getWorkerToken();
    await two.ready();
    expect(two.peekToken()).toBe('token-1');
    await one[method]();
    await soon(() => expect(two.peekToken()).toBeNull());
    await soon(() => expect(two.peekCredentials() === null).toBe(method === 'clearAll'));
  },
);

test('14. a clear in another tab wins over a fetch in this one', async () => {
  let answer = (): void => {};
  const source = testSource(() => new Promise((resolve) => (answer = () => resolve({}))));
  const [one, two] = [openTab(source), openTab(source)];
  await one.saveCredentials(CREDENTIALS);
  await two.ready();
  const waiting = one.getWorkerToken().catch((error: unknown) => error);
  await soon(() => expect(source.count).toBe(1));
  await two.clearAll();
  answer();
  expect(await waiting).toMatchObject({ kind: 'not-configured' });
  const storage = createCredentialStorage({ tiers: [indexedDbTier()] });
  expect((await storage.shared.token.load()).data).toBeNull();
  storage.dispose();
});

test('a frozen tab that holds the lock costs the others its time, not for ever', async () => {
  const hanging = testSource(() => new Promise(() => {}));
  const one = openTab(hanging, { deadlineMs: 300, retry: { attempts: 1 } });
  await one.saveCredentials(CREDENTIALS);
  one.getWorkerToken().catch(() => {});
  await soon(() => expect(hanging.count).toBe(1));
  const two = openTab(testSource(), { deadlineMs: 300 });
  expect(await two.getWorkerToken()).toBe('token-1');
});

test('in the refresh window one tab refreshes and nobody waits', async () => {
  const source = testSource();
  let offset = 0;
  const clock = { now: () => Date.now() + offset };
  const open = () => openTab(source, { clock, random: () => 0 });
  const all = [open(), open(), open(), open()];
  await all[0]?.saveCredentials(CREDENTIALS);
  await all[0]?.getWorkerToken();
  await Promise.all(all.map((tab) => tab.ready()));
  offset = 3_600_000 - 200_000;
  expect(new Set(await Promise.all(all.map((tab) => tab.getWorkerToken())))).toEqual(new Set(['token-1']));
  await soon(() => expect(new Set(all.map((tab) => tab.peekToken()))).toEqual(new Set(['token-2'])));
  expect(source.count).toBe(2);
});

test('without Web Locks it still works, and status says so', async () => {
  vi.stubGlobal('navigator', {});
  const tab = openTab(testSource());
  await tab.saveCredentials(CREDENTIALS);
  expect(await tab.getWorkerToken()).toBe('token-1');
  expect(await tab.getStatus()).toMatchObject({ exclusive: false, storage: { tier: 'indexeddb', durable: true } });
});

test('7. a page that comes back from the page cache reads again', async () => {
  const source = testSource();
  const one = openTab(source);
  await one.saveCredentials(CREDENTIALS);
  await one.getWorkerToken();
  vi.stubGlobal('window', new EventTarget());
  // No channel: as in the page cache, nothing is heard.
  const deaf = openTab(source, { storage: createCredentialStorage({ channel: null }) });
  await deaf.ready();
  await one.saveCredentials({ ...CREDENTIALS, clientId: 'other' });
  expect(deaf.peekToken()).toBe('token-1');
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await soon(() => expect(deaf.peekCredentials()?.clientId).toBe('other'));
  expect(deaf.peekToken()).toBeNull();
});

test('a tab that comes in sight reads what a closed one wrote and could not say; one that goes out of sight does not', async () => {
  const one = openTab(testSource());
  await one.saveCredentials(CREDENTIALS);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', { visibilityState: 'hidden' });
  const storage = createCredentialStorage({ channel: null });
  const deaf = openTab(testSource(), { storage });
  await deaf.ready();
  const load = vi.spyOn(storage.shared.credentials, 'load');
  await one.saveCredentials({ ...CREDENTIALS, clientId: 'other' });
  window.dispatchEvent(new Event('visibilitychange'));
  expect(load).not.toHaveBeenCalled();
  vi.stubGlobal('document', { visibilityState: 'visible' });
  window.dispatchEvent(new Event('visibilitychange'));
  await soon(() => expect(deaf.peekCredentials()?.clientId).toBe('other'));
});

test('two managers on one storage object follow each other', async () => {
  const storage = createCredentialStorage({ tiers: [memoryTier()] });
  const source = testSource();
  const [one, two] = [openTab(source, { storage }), openTab(source, { storage })];
  await two.ready();
  await one.saveCredentials(CREDENTIALS);
  await one.getWorkerToken();
  await soon(() => expect(two.peekToken()).toBe('token-1'));
  await two.clearAll();
  await soon(() => expect(one.peekCredentials()).toBeNull());
  storage.dispose();
});
