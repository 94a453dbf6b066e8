import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { consoleLogger } from './logger.js';
import { CREDENTIALS, testLogger, testSource } from '../test/builder.js';

beforeEach(() => void vi.resetModules());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const silent = () => consoleLogger({ level: 'silent' });

/** A page of its own: the module is evaluated anew. */
const fresh = () => import('./default-manager.js');

test('importing it creates and opens nothing', async () => {
  const open = vi.fn();
  vi.stubGlobal('indexedDB', { open });
  vi.stubGlobal('BroadcastChannel', function BroadcastChannel() {
    open();
  });
  await fresh();
  expect(open).not.toHaveBeenCalled();
});

test('takes its options once, before its first use', async () => {
  const { configureWorkerTokenManager, workerTokenManager } = await fresh();
  const source = testSource();
  configureWorkerTokenManager({ tokenSource: source, logger: testLogger() });
  await workerTokenManager.saveCredentials(CREDENTIALS);
  const { getWorkerToken } = workerTokenManager;
  expect(await getWorkerToken()).toBe('token-1');
  expect(source.count).toBe(1);
});

test('options that come too late are an error that says so', async () => {
  const { configureWorkerTokenManager, workerTokenManager } = await fresh();
  workerTokenManager.peekToken();
  expect(() => configureWorkerTokenManager({})).toThrow('was used before configureWorkerTokenManager()');
});

test('options that come twice are an error', async () => {
  const { configureWorkerTokenManager } = await fresh();
  configureWorkerTokenManager({});
  expect(() => configureWorkerTokenManager({})).toThrow('called twice');
});

test('in development, a module evaluated again with the same options does not break the page', async () => {
  vi.stubEnv('NODE_ENV', 'development');
  const { configureWorkerTokenManager, workerTokenManager } = await fresh();
  const evaluate = () =>
    configureWorkerTokenManager({ tokenSource: testSource(), logger: silent(), legacy: { tokens: ['worker_token'] } });
  evaluate();
  workerTokenManager.peekToken();
  expect(evaluate).not.toThrow();
  expect(() => configureWorkerTokenManager({ legacy: { tokens: ['other'] } })).toThrow('called twice');
});

test('after dispose() the next use begins anew with the same options', async () => {
  const { configureWorkerTokenManager, workerTokenManager } = await fresh();
  configureWorkerTokenManager({ tokenSource: testSource(), logger: testLogger() });
  await workerTokenManager.saveCredentials(CREDENTIALS);
  workerTokenManager.dispose();
  expect(await workerTokenManager.loadCredentials()).toBeNull();
  await workerTokenManager.saveCredentials(CREDENTIALS);
  expect(await workerTokenManager.getWorkerToken()).toBe('token-1');
});

test('a read before ready() warns once in development, with the place', async () => {
  vi.stubEnv('NODE_ENV', 'development');
  const { createWorkerTokenManager } = await import('./manager.js');
  const logger = testLogger();
  const manager = createWorkerTokenManager({ logger });
  manager.peekToken();
  manager.peekCredentials();
  expect(logger.lines).toEqual([
    expect.stringMatching(/^warn: peekToken\(\) was called before ready\(\).*default-manager\.test\.ts/s),
  ]);
  await manager.ready();
  manager.peekToken();
  expect(logger.lines.length).toBe(1);
});

test('a page that holds a secret is told once, unless that was acknowledged or it is on this machine', async () => {
  const { createWorkerTokenManager } = await import('./manager.js');
  const warnings = async (address: string, acknowledgeBrowserSecret?: boolean) => {
    vi.stubGlobal('document', { baseURI: address });
    vi.stubGlobal('location', new URL(address));
    const logger = testLogger();
    const options = acknowledgeBrowserSecret === undefined ? {} : { acknowledgeBrowserSecret };
    const manager = createWorkerTokenManager({ logger, tokenSource: testSource(), ...options });
    await manager.saveCredentials(CREDENTIALS);
    await manager.getWorkerToken();
    await manager.refreshToken();
    return logger.lines.filter((line) => line.startsWith('warn:')).length;
  };
  expect(await warnings('https://app.example/')).toBe(1);
  expect(await warnings('https://app.example/', true)).toBe(0);
  expect(await warnings('http://localhost:3000/')).toBe(0);
});

test('unless told otherwise, a page says where its tokens come from, and a process only what is wrong', async () => {
  const { createWorkerTokenManager } = await import('./manager.js');
  const info = vi.spyOn(console, 'info').mockImplementation(() => {});
  const ask = async () => {
    const manager = createWorkerTokenManager({ tokenSource: testSource() });
    await manager.saveCredentials(CREDENTIALS);
    await manager.getWorkerToken();
  };
  await ask();
  expect(info).not.toHaveBeenCalled();
  vi.stubGlobal('window', new EventTarget());
  await ask();
  expect(info.mock.calls).toEqual([['Fetching new token (0 s left)']]);
  info.mockRestore();
});
