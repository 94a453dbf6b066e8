import { expect, test } from 'vitest';
import { configured, CREDENTIALS, testClock, testSource } from '../test/builder.js';
import { WorkerTokenError } from './errors.js';
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

test('a token that is only looked up is said to be used, too', async () => {
  const { manager, logger } = await configured();
  expect(await manager.loadToken()).toBeNull();
  expect(logger.lines).toEqual([]);
  await manager.getWorkerToken();
  await manager.loadToken();
  await manager.loadToken();
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

test('a caller who needs a token for longer gets a newer one; others keep theirs; a failing endpoint is not hammered', async () => {
  let broken = false;
  const source = testSource(() => {
    if (broken) throw new WorkerTokenError('invalid-client', 'It answered 401.');
    return {};
  });
  const { manager, clock } = await configured({ tokenSource: source });
  await manager.getWorkerToken();
  clock.advance(40 * 60_000);
  expect(await manager.getWorkerToken({ minValidityMs: 10 * 60_000 })).toBe('token-1');
  expect(await manager.getWorkerToken({ minValidityMs: 25 * 60_000 })).toBe('token-2');
  clock.advance(40 * 60_000);
  broken = true;
  for (let call = 0; call < 5; call++) {
    await expect(manager.getWorkerToken({ minValidityMs: 25 * 60_000 })).rejects.toMatchObject({
      kind: 'invalid-client',
    });
  }
  expect(source.count).toBe(3);
  expect(await manager.getWorkerToken()).toBe('token-2');
});

test('what a form state holds besides the credentials is kept as JSON, and reading never throws', async () => {
  const { manager } = await configured();
  await manager.saveCredentials({ ...CREDENTIALS, extra: { onSave: () => {}, at: new Date(0) } });
  expect(manager.peekCredentials()?.extra).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  const ring: Record<string, unknown> = {};
  ring['self'] = ring;
  await expect(manager.saveCredentials({ ...CREDENTIALS, extra: ring })).rejects.toMatchObject({
    kind: 'invalid-credentials',
  });
});

test('what callers and token sources do to credentials they were given changes nothing', async () => {
  const { manager } = await configured({
    tokenSource: async ({ credentials }) => {
      credentials.clientSecret = 'changed';
      return { access_token: 'abc', token_type: 'Bearer', expires_in: 60 };
    },
  });
  await manager.getWorkerToken();
  const mine = await manager.loadCredentials();
  if (mine) mine.clientId = 'changed';
  expect(manager.peekCredentials()).toEqual(CREDENTIALS);
});
