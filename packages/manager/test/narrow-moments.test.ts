/** Orders of events that only the schedules (schedules.test.ts) had found, each by hand: one thing comes between two others. */
import { createCredentialStorage, memoryTier, type CredentialStorage } from '@worker-token/storage';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWorkerTokenManager } from '../src/manager.js';
import type { Coordinator } from '../src/types/coordination.js';
import type { WorkerTokenManager } from '../src/types/manager.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import { CREDENTIALS, deferred, testClock, testLogger, testSource } from './builder.js';

vi.setConfig({ testTimeout: 30_000 });
const OTHERS = { ...CREDENTIALS, clientId: 'worker-client-2' };
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const comeInSight = () => window.dispatchEvent(new Event('visibilitychange'));

const managers: WorkerTokenManager[] = [];
let storage: CredentialStorage;
beforeEach(() => {
  vi.stubGlobal('window', new EventTarget());
  storage = createCredentialStorage({ tiers: [memoryTier()] });
});
afterEach(() => {
  for (const manager of managers.splice(0)) manager.dispose();
  storage.dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(options: WorkerTokenManagerOptions = {}): WorkerTokenManager {
  const manager = createWorkerTokenManager({ storage, clock: testClock(), logger: testLogger(), ...options });
  managers.push(manager);
  return manager;
}

/** The same storage, with operations that the test holds up or leaves out. */
function withSlots(
  token: Partial<CredentialStorage['shared']['token']>,
  credentials: Partial<CredentialStorage['shared']['credentials']> = {},
): CredentialStorage {
  const { shared } = storage;
  return {
    ...storage,
    shared: { token: { ...shared.token, ...token }, credentials: { ...shared.credentials, ...credentials } },
  };
}

const storedToken = async () => (await storage.shared.token.load()).data?.accessToken ?? null;
const deaf = { subscribe: () => () => {} };

test('a token that is called invalid while its commit ends is not served', async () => {
  const saved = deferred();
  const save: typeof storage.shared.token.save = async (...args) => {
    const result = await storage.shared.token.save(...args);
    await saved.promise;
    return result;
  };
  const manager = open({ storage: withSlots({ save }), tokenSource: testSource() });
  await manager.saveCredentials(CREDENTIALS);
  const served = manager.getWorkerToken();
  await soon(async () => expect(await storedToken()).toBe('token-1'));
  comeInSight();
  await soon(() => expect(manager.peekToken()).toBe('token-1'));
  const invalidated = manager.invalidateToken('token-1');
  saved.resolve();
  await invalidated;
  expect(await served).toBe('token-2');
});

test('a token that is called invalid elsewhere, between its reading under the lock and its use, is not served', async () => {
  const [entered, left] = [deferred(), deferred()];
  const coordination: Coordinator = {
    exclusive: true,
    async run(_name, _options, work) {
      await entered.promise;
      const result = await work();
      await left.promise;
      return result;
    },
  };
  const source = testSource();
  const [one, other] = [open({ tokenSource: source }), open({ tokenSource: source, coordination })];
  await one.saveCredentials(CREDENTIALS);
  const load = vi.spyOn(storage.shared.token, 'load');
  await soon(() => expect(other.peekCredentials()).toEqual(CREDENTIALS));
  const served = other.getWorkerToken();
  await soon(() => expect(load).toHaveBeenCalled());
  expect(await one.getWorkerToken()).toBe('token-1');
  entered.resolve();
  await soon(() => expect(other.getSnapshot().fetchStatus).toBe('waiting-for-other-tab'));
  await one.invalidateToken('token-1');
  await soon(() => expect(other.peekToken()).toBeNull());
  left.resolve();
  expect(await served).toBe('token-2');
});

test('a change of the token is followed, however long its reading takes', async () => {
  let held = Promise.resolve();
  const load: typeof storage.shared.token.load = async (...args) => {
    await held;
    return storage.shared.token.load(...args);
  };
  const source = testSource();
  const [one, slow] = [open({ tokenSource: source }), open({ tokenSource: source, storage: withSlots({ load }) })];
  await slow.ready();
  await one.saveCredentials(CREDENTIALS);
  await one.getWorkerToken();
  await soon(() => expect(slow.peekToken()).toBe('token-1'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const reading = deferred();
  held = reading.promise;
  await one.refreshToken();
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  reading.resolve();
  await soon(() => expect(slow.peekToken()).toBe('token-2'));
});

test('a save that takes long removes no token that was fetched with what it saves', async () => {
  const removing = deferred();
  let removals = 0;
  const clear: typeof storage.shared.token.clear = async (...args) => {
    if (++removals === 2) await removing.promise;
    return storage.shared.token.clear(...args);
  };
  const manager = open({ storage: withSlots({ clear }), tokenSource: testSource() });
  await manager.saveCredentials(CREDENTIALS);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const saved = manager.saveCredentials(OTHERS);
  await vi.waitFor(() => expect(removals).toBe(2));
  const served = manager.getWorkerToken();
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  expect(await served).toBe('token-1');
  removing.resolve();
  await saved;
  expect(await storedToken()).toBe('token-1');
  expect(manager.peekToken()).toBe('token-1');
});

test('who is late to hear of other credentials takes back the token that stands where theirs stood', async () => {
  const source = testSource();
  const [one, late] = [open({ tokenSource: source }), open({ tokenSource: source, storage: withSlots(deaf, deaf) })];
  await one.saveCredentials(CREDENTIALS);
  await late.ready();
  await one.saveCredentials(OTHERS);
  expect(await one.getWorkerToken()).toBe('token-1');
  expect(await late.getWorkerToken()).toBe('token-2');
  expect(await storedToken()).toBe('token-2');
  comeInSight();
  await soon(() => expect(late.peekCredentials()).toEqual(OTHERS));
  await soon(async () => expect(await storedToken()).toBeNull());
  expect(await late.getWorkerToken()).toBe(await one.getWorkerToken());
});

/** Credentials are changed elsewhere while a token of the first ones is written. */
async function committedDuring(change: () => Promise<unknown>) {
  const writing = deferred();
  const save = vi.fn<typeof storage.shared.token.save>(async (...args) => {
    await writing.promise;
    return storage.shared.token.save(...args);
  });
  const source = testSource();
  const manager = open({ storage: withSlots({ save }), tokenSource: source });
  await manager.saveCredentials(CREDENTIALS);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const served = manager.getWorkerToken();
  served.catch(() => {});
  await soon(() => expect(save).toHaveBeenCalled());
  await change();
  comeInSight();
  return { manager, source, served, arrive: () => writing.resolve() };
}

test('a token that is committed while the credentials become others does not stay in their place', async () => {
  const { manager, served, arrive } = await committedDuring(() => storage.shared.credentials.save(OTHERS));
  await soon(() => expect(manager.peekCredentials()).toEqual(OTHERS));
  const written: string[] = [];
  storage.shared.token.subscribe(({ type }) => written.push(type));
  arrive();
  await soon(() => expect(written.slice(0, 2)).toEqual(['saved', 'cleared']));
  const token = await served;
  expect(token).not.toBe('token-1');
  await soon(async () => expect([await storedToken(), manager.peekToken()]).toEqual([token, token]));
});

test('it stays where the credentials have come back before it arrives', async () => {
  const { manager, source, arrive } = await committedDuring(() => storage.shared.credentials.clear());
  await soon(() => expect(manager.peekCredentials()).toBeNull());
  await storage.shared.credentials.save(CREDENTIALS);
  comeInSight();
  await soon(() => expect(manager.peekCredentials()).toEqual(CREDENTIALS));
  arrive();
  await soon(async () => expect(await storedToken()).toBe('token-1'));
  expect(await manager.getWorkerToken()).toBe('token-1');
  await manager.getStatus();
  expect([await storedToken(), source.count]).toEqual(['token-1', 1]);
});

test('a tab that comes in sight during its first reading reads once more', async () => {
  const reading = deferred();
  let loads = 0;
  const load: typeof storage.shared.credentials.load = async (...args) => {
    const result = await storage.shared.credentials.load(...args);
    if (++loads === 1) await reading.promise;
    return result;
  };
  const tab = open({ storage: withSlots(deaf, { ...deaf, load }), legacy: { credentials: [] } });
  const ready = tab.ready();
  await soon(() => expect(loads).toBe(1));
  await storage.shared.credentials.save(OTHERS);
  comeInSight();
  reading.resolve();
  await ready;
  await soon(() => expect(tab.peekCredentials()).toEqual(OTHERS));
});

test('a deadline that somebody cuts short in storage holds for who has that token, and a longer one does not', async () => {
  const source = testSource();
  const clock = testClock();
  const [one, other] = [open({ tokenSource: source, clock }), open({ tokenSource: source, clock })];
  await one.saveCredentials(CREDENTIALS);
  await one.getWorkerToken();
  await soon(() => expect(other.peekToken()).toBe('token-1'));
  const { data } = await storage.shared.token.load();
  if (!data) throw new Error('Expected a stored token.');
  await storage.shared.token.save({ ...data, expiresAt: clock.now() - 1 });
  await soon(() => expect([one.peekToken(), other.peekToken()]).toEqual([null, null]));
  await storage.shared.token.save({ ...data, expiresAt: clock.now() + 7_200_000 });
  expect((await one.getStatus()).tokenValid).toBe(false);
});
