import { expect, test } from 'vitest';
import { configured, CREDENTIALS, testClock, testSource } from '../test/builder.js';
import { createWorkerTokenManager } from './manager.js';

test('the first call fetches, the next ones get the very same promise', async () => {
  const { manager, source, logger } = await configured();
  expect(await manager.getWorkerToken()).toBe('token-1');
  const cached = manager.getWorkerToken();
  expect(manager.getWorkerToken()).toBe(cached);
  expect(await cached).toBe('token-1');
  expect(source.count).toBe(1);
  expect(logger.lines).toEqual(['info: Fetching new token (0 s left)', 'info: Using cached token (3600 s left)']);
});

test('without credentials it says what is missing and asks nobody', async () => {
  const source = testSource();
  const manager = createWorkerTokenManager({ tokenSource: source });
  await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'not-configured' });
  expect(await manager.getStatus()).toMatchObject({
    hasCredentials: false,
    hasToken: false,
    missing: ['environmentId', 'clientId', 'clientSecret'],
  });
  expect(source.count).toBe(0);
});

test('incomplete credentials are stored, and their gaps named', async () => {
  const manager = createWorkerTokenManager({ tokenSource: testSource() });
  await manager.saveCredentials({ clientId: 'only-this' });
  expect((await manager.getStatus()).missing).toEqual(['environmentId', 'clientSecret']);
  await expect(manager.getWorkerToken()).rejects.toThrow('environmentId, clientSecret');
});

test('malformed credentials are refused before anything changes', async () => {
  const { manager } = await configured();
  for (const wrong of [
    { environmentId: 'no-uuid' },
    { region: 'Atlantis' },
    { tokenEndpoint: 'http://example.com/token' },
    { authHost: 'a/b' },
  ]) {
    await expect(manager.saveCredentials({ ...CREDENTIALS, ...wrong })).rejects.toMatchObject({
      kind: 'invalid-credentials',
    });
  }
  expect(manager.peekCredentials()).toEqual(CREDENTIALS);
});

test('an expired token is fetched anew, with nothing entered again', async () => {
  const { manager, clock, source } = await configured();
  await manager.getWorkerToken();
  clock.advance(3_600_000);
  expect(manager.peekToken()).toBeNull();
  expect(await manager.getWorkerToken()).toBe('token-2');
  expect(source.count).toBe(2);
});

test('refreshToken() gets another token at once', async () => {
  const { manager } = await configured();
  await manager.getWorkerToken();
  expect(await manager.refreshToken()).toBe('token-2');
  expect(await manager.getWorkerToken()).toBe('token-2');
});

test('dispose() may be called twice and ends everything', async () => {
  const { manager } = await configured();
  await manager.getWorkerToken();
  manager.dispose();
  manager.dispose();
  await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'aborted' });
  expect(manager.peekToken()).toBeNull();
});

test('nothing happens before the first call', () => {
  const source = testSource();
  createWorkerTokenManager({ tokenSource: source, clock: testClock() });
  expect(source.count).toBe(0);
});
