/** Failure modes of herds and platforms, under their numbers; see failure-modes.test.ts. */
import { createCredentialStorage, indexedDbTier, memoryTier } from '@worker-token/storage';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inProcessCoordinator } from '../src/in-process-coordinator.js';
import { createWorkerTokenManager } from '../src/manager.js';
import { webLocksCoordinator } from '../src/web-locks-coordinator.js';
import { configured, CREDENTIALS, testLogger, testSource } from './builder.js';
import { createFleet } from './fleet.js';
import { testLocks } from './locks.js';
import { randomFrom } from './scheduler.js';

// WebCrypto answers from another thread; without it the manager does its own sums, and turns of the event loop suffice.
beforeEach(() => {
  const { crypto } = globalThis;
  const randomUUID = crypto.randomUUID.bind(crypto);
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto), randomUUID });
});
afterEach(() => void vi.unstubAllGlobals());

/** For what is long on a busy machine. Milliseconds. */
const LONG = { timeout: 60_000 };

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

test('20. two hundred replicas that start together refresh at moments of their own', LONG, async () => {
  const random = randomFrom(20);
  const each = () => ({ random, coordination: inProcessCoordinator({ scope: 'coordinator' }) });
  const replicas = await Promise.all(Array.from({ length: 200 }, () => configured(each())));
  await Promise.all(replicas.map(({ manager }) => manager.getWorkerToken()));
  const refreshedAt: number[] = [];
  // From the earliest moment that jitter allows to the one that it does not move.
  for (let second = 2_580; second <= 3_300; second += 20) {
    const waiting = replicas.filter(({ source }) => source.count === 1);
    for (const { clock } of replicas) clock.advance(second === 2_580 ? 2_580_000 : 20_000);
    await Promise.all(waiting.map(({ manager }) => manager.getWorkerToken()));
    for (let round = 0; round < 20; round++) await turn();
    for (const { source } of waiting) if (source.count === 2) refreshedAt.push(second);
  }
  expect(refreshedAt).toHaveLength(200);
  expect(Math.max(...refreshedAt) - Math.min(...refreshedAt)).toBeGreaterThan(0.8 * 720);
  const bins = Array.from({ length: 9 }, (_, bin) => refreshedAt.filter((s) => Math.floor((s - 2_580) / 80) === bin));
  expect(Math.max(...bins.map((bin) => bin.length))).toBeLessThan(3 * (200 / 9));
});

test('37. a database that is closed under the page is opened again, and the token is stored', async () => {
  const factory = new IDBFactory();
  const opened: IDBDatabase[] = [];
  const open = factory.open.bind(factory);
  factory.open = (...args) => {
    const request = open(...args);
    request.addEventListener('success', () => opened.push(request.result));
    return request;
  };
  vi.stubGlobal('indexedDB', factory);
  const storage = createCredentialStorage({ tiers: [indexedDbTier()] });
  const { manager } = await configured({ storage });
  for (const database of opened) database.close();
  expect(await manager.getWorkerToken()).toBe('token-1');
  expect((await storage.shared.token.load({ fresh: true })).data?.accessToken).toBe('token-1');
  expect((await manager.getStatus()).storage).toMatchObject({ tier: 'indexeddb', durable: true });
});

test('40. a channel that refuses every message costs nobody a token', async () => {
  let closed = false;
  const channel = {
    onmessage: null,
    postMessage() {
      if (closed) throw new DOMException('closed', 'InvalidStateError');
    },
    close() {},
  };
  const tier = { ...memoryTier(), durable: true, source: 'browser' as const, atomic: true };
  const { manager } = await configured({ storage: createCredentialStorage({ tiers: [tier], channel }) });
  closed = true;
  expect(await manager.getWorkerToken()).toBe('token-1');
  expect(await manager.refreshToken()).toBe('token-2');
  expect(manager.peekToken()).toBe('token-2');
  await expect(manager.saveCredentials({ ...CREDENTIALS, clientId: 'other' })).resolves.toBeUndefined();
  expect(manager.peekCredentials()?.clientId).toBe('other');
});

test('40. neither does a storage that has saved and then cannot say so', async () => {
  const storage = createCredentialStorage({ tiers: [memoryTier()] });
  const { token } = storage.shared;
  const save: typeof token.save = async (...args) => {
    await token.save(...args);
    throw new DOMException('closed', 'InvalidStateError');
  };
  const shared = { ...storage.shared, token: { ...token, save } };
  const { manager } = await configured({ storage: { ...storage, shared } });
  expect(await manager.getWorkerToken()).toBe('token-1');
});

test('42. managers of two requests never wait for one another', LONG, async () => {
  const each = () => ({ coordination: inProcessCoordinator({ scope: 'coordinator' }) });
  const hanging = testSource(() => new Promise(() => {}));
  const first = await configured({ ...each(), tokenSource: hanging });
  const stuck = first.manager.getWorkerToken();
  stuck.catch(() => {});
  await vi.waitFor(() => expect(hanging.count).toBe(1), { timeout: 20_000 });
  const second = await configured(each());
  expect(await second.manager.getWorkerToken()).toBe('token-1');
  first.manager.dispose();
  await expect(stuck).rejects.toMatchObject({ kind: 'aborted' });
});

test('45. a thousand tenants keep their tokens apart', LONG, async () => {
  const source = testSource();
  const coordination = webLocksCoordinator(testLocks(), Math.random);
  const tenants = await Promise.all(
    Array.from({ length: 1_000 }, async (_, tenant) => {
      const manager = createWorkerTokenManager({ tokenSource: source, coordination, logger: testLogger() });
      await manager.saveCredentials({ ...CREDENTIALS, clientId: `tenant-${tenant}` });
      return manager;
    }),
  );
  const tokens = await Promise.all(tenants.map((manager) => manager.getWorkerToken()));
  expect(new Set(tokens).size).toBe(1_000);
  expect(await Promise.all(tenants.map((manager) => manager.getWorkerToken()))).toEqual(tokens);
  expect(source.count).toBe(1_000);
});

test('45. a manager that goes through two hundred tenants listens to the last one only', LONG, async () => {
  const fleet = createFleet();
  const manager = createWorkerTokenManager({
    tokenSource: testSource(),
    coordination: fleet.join(),
    logger: testLogger(),
  });
  for (let tenant = 0; tenant < 200; tenant++) {
    void manager.saveCredentials({ ...CREDENTIALS, clientId: `tenant-${tenant}` });
    await Promise.resolve();
  }
  await manager.getWorkerToken();
  expect(fleet.listening).toBe(1);
  manager.dispose();
  expect(fleet.listening).toBe(0);
});
