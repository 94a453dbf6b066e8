import { createCoreStorage } from '@worker-token/storage/core';
import { afterEach, expect, test, vi } from 'vitest';
import { CREDENTIALS, testClock, testLogger, testSource } from '../test/builder.js';
import { createCoreManager } from './core-manager.js';
import { inProcessCoordinator } from './in-process-coordinator.js';
import { serverTokenSource } from './server-token-source.js';
import type { CoreManagerOptions } from './types/options.js';

afterEach(() => vi.unstubAllGlobals());

const parts = () => ({ storage: createCoreStorage(), tokenSource: testSource(), logger: testLogger() });

test('a page in server mode: one request for a thousand callers, nothing configured', async () => {
  const fetch = vi.fn(async () =>
    Response.json({ access_token: 'of-the-server', token_type: 'Bearer', expires_in: 3600 }),
  );
  const tokenSource = serverTokenSource('https://app.example/api/worker-token');
  const manager = createCoreManager({ ...parts(), tokenSource, fetch });
  const tokens = await Promise.all(Array.from({ length: 1_000 }, () => manager.getWorkerToken()));
  expect(new Set(tokens)).toEqual(new Set(['of-the-server']));
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(await manager.getStatus()).toMatchObject({ hasCredentials: 'server', tokenValid: true, legacyProblems: [] });
  expect(manager.peekToken()).toBe('of-the-server');
  manager.dispose();
});

test('keeps credentials, drops the token of others, and fetches again after invalidateToken()', async () => {
  const manager = createCoreManager(parts());
  await manager.saveCredentials(CREDENTIALS);
  expect(await manager.getWorkerToken()).toBe('token-1');
  await manager.invalidateToken('token-1');
  expect(await manager.getWorkerToken()).toBe('token-2');
  await manager.saveCredentials({ ...CREDENTIALS, clientId: 'another' });
  expect(manager.peekToken()).toBeNull();
  expect(await manager.getWorkerToken()).toBe('token-3');
  manager.dispose();
});

test('two managers on one storage share the token', async () => {
  const { storage, tokenSource } = parts();
  const clock = testClock();
  const [one, two] = [1, 2].map(() => createCoreManager({ storage, tokenSource, logger: testLogger(), clock }));
  await one!.saveCredentials(CREDENTIALS);
  expect(await one!.getWorkerToken()).toBe('token-1');
  expect(await two!.getWorkerToken()).toBe('token-1');
});

test('leaves old records where they are', async () => {
  const old = JSON.stringify({ ...CREDENTIALS, clientId: 'old' });
  const items = new Map([['worker_credentials', old]]);
  vi.stubGlobal('localStorage', { getItem: (key: string) => items.get(key) ?? null });
  const manager = createCoreManager(parts());
  expect(await manager.loadCredentials()).toBeNull();
  await manager.saveCredentials(CREDENTIALS);
  expect(items.get('worker_credentials')).toBe(old);
});

test('says what is missing, and that a fleet needs the whole manager', () => {
  const { storage, tokenSource } = parts();
  expect(() => createCoreManager({ tokenSource } as unknown as CoreManagerOptions)).toThrow(
    /^Expected options\.storage, for example createCoreStorage\(\)/,
  );
  expect(() => createCoreManager({ storage } as unknown as CoreManagerOptions)).toThrow(
    /^Expected options\.tokenSource, for example serverTokenSource/,
  );
  const coordination = { ...inProcessCoordinator(), tokenSlot: () => storage.shared.token };
  expect(() => createCoreManager({ storage, tokenSource, coordination })).toThrow(/got one of a fleet/);
});
