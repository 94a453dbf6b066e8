/** Old records in web storage, and code that still listens to old events. */
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenManager } from '../src/types/manager.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import { CREDENTIALS, testLogger, testSource } from './builder.js';

const OLD = {
  environmentId: CREDENTIALS.environmentId,
  clientId: 'old-client',
  clientSecret: 'old-secret',
  region: 'eu',
  scopes: 'a b',
  authMethod: 'client_secret_post',
};

/** Web storage, as far as it is used. */
function webStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

let local: ReturnType<typeof webStorage>;
const managers: WorkerTokenManager[] = [];

beforeEach(() => {
  local = webStorage();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('localStorage', local);
  vi.stubGlobal('sessionStorage', webStorage());
  vi.stubGlobal(
    'window',
    Object.assign(new EventTarget(), { localStorage: local, sessionStorage: globalThis.sessionStorage }),
  );
});
afterEach(() => {
  for (const manager of managers.splice(0)) manager.dispose();
  vi.unstubAllGlobals();
});

function open(options: WorkerTokenManagerOptions = {}) {
  const manager = createWorkerTokenManager({ tokenSource: testSource(), logger: testLogger(), ...options });
  managers.push(manager);
  return manager;
}

test('ready() takes an old record over, normalised, and removes it', async () => {
  local.setItem('worker_credentials', JSON.stringify(OLD));
  const manager = open();
  await manager.ready();
  expect(manager.peekCredentials()).toEqual({
    environmentId: OLD.environmentId,
    clientId: OLD.clientId,
    clientSecret: OLD.clientSecret,
    region: 'EU',
    scopes: ['a', 'b'],
    tokenEndpointAuthMethod: 'client_secret_post',
  });
  expect(local.getItem('worker_credentials')).toBeNull();
  expect(await manager.getWorkerToken()).toBe('token-1');
});

test('legacy.credentials: [] leaves everything where it is', async () => {
  local.setItem('worker_credentials', JSON.stringify(OLD));
  const manager = open({ legacy: { credentials: [] } });
  expect(await manager.loadCredentials()).toBeNull();
  expect(local.getItem('worker_credentials')).not.toBeNull();
});

test('a malformed record stays and is named in the status', async () => {
  local.setItem('worker_credentials', JSON.stringify({ ...OLD, region: 'atlantis' }));
  const manager = open();
  const { legacyProblems } = await manager.getStatus();
  expect(legacyProblems).toEqual([{ key: 'worker_credentials', reason: expect.any(String) as string }]);
  expect(local.getItem('worker_credentials')).not.toBeNull();
});

test('old tokens are dropped under the keys named, and never used', async () => {
  local.setItem('worker_token', 'old-token');
  const manager = open({ legacy: { tokens: ['worker_token'] } });
  await manager.ready();
  expect([local.getItem('worker_token'), manager.peekToken()]).toEqual([null, null]);
});

test('a bridged record is kept in step, both ways', async () => {
  local.setItem('old_key', JSON.stringify(OLD));
  const manager = open({ legacy: { bridge: ['old_key'] } });
  await manager.ready();
  expect(manager.peekCredentials()?.clientId).toBe('old-client');
  await manager.saveCredentials({ ...CREDENTIALS, clientId: 'new-client' });
  await vi.waitFor(() =>
    expect(JSON.parse(local.getItem('old_key') ?? '{}')).toMatchObject({ clientId: 'new-client', region: 'us' }),
  );
  local.setItem('old_key', JSON.stringify({ ...OLD, clientId: 'written-by-old-code' }));
  expect((await manager.loadCredentials())?.clientId).toBe('written-by-old-code');
});

test('without a storage that lasts, the old record stays what survives a reload, and follows', async () => {
  vi.stubGlobal('indexedDB', undefined);
  local.setItem('worker_credentials', JSON.stringify(OLD));
  const manager = open();
  expect((await manager.loadCredentials())?.clientId).toBe('old-client');
  expect(local.getItem('worker_credentials')).not.toBeNull();
  await manager.saveCredentials({ ...CREDENTIALS, clientId: 'new-client' });
  expect((await open().loadCredentials())?.clientId).toBe('new-client');
  await manager.clearAll();
  await vi.waitFor(() => expect(local.getItem('worker_credentials')).toBeNull());
});

test('saveCredentials() takes old field names, toWorkerTokenCredentials() not needed', async () => {
  const manager = open();
  await manager.saveCredentials({ ...OLD });
  expect(manager.peekCredentials()).toMatchObject({ region: 'EU', tokenEndpointAuthMethod: 'client_secret_post' });
});

test('with legacyEvents, code that is not migrated hears of tokens and of other tabs', async () => {
  const heard: unknown[] = [];
  vi.stubGlobal(
    'StorageEvent',
    class extends Event {
      key: string;
      constructor(name: string, { key }: { key: string }) {
        super(name);
        this.key = key;
      }
    },
  );
  for (const name of ['workerTokenUpdated', 'storage']) {
    window.addEventListener(name, (event) => heard.push(name === 'storage' ? (event as StorageEvent).key : name));
  }
  const [one, two] = [open(), open({ legacyEvents: true })];
  await two.ready();
  await one.saveCredentials(CREDENTIALS);
  await vi.waitFor(() => expect(heard).toContain('worker_credentials'));
  await two.getWorkerToken();
  expect(heard).toContain('workerTokenUpdated');
});

test('while the code for old records does not arrive, nothing is saved over them; then they are taken over first', async () => {
  const missing = () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  };
  vi.doMock('@worker-token/storage/legacy', missing);
  try {
    local.setItem('worker_credentials', JSON.stringify(OLD));
    const logger = testLogger();
    const manager = open({ logger });
    await manager.ready();
    expect(logger.lines.join()).toContain('Old records could not be taken over now; they stay where they are.');
    await expect(manager.saveCredentials(CREDENTIALS)).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining('Reload the page') as string,
    });
    expect(local.getItem('worker_credentials')).not.toBeNull();
    vi.doUnmock('@worker-token/storage/legacy');
    await manager.saveCredentials(CREDENTIALS);
    expect(local.getItem('worker_credentials')).toBeNull();
    expect(await manager.loadCredentials()).toMatchObject({ clientId: CREDENTIALS.clientId });
    // The next page finds what was saved, and not the old record.
    expect(await open().loadCredentials()).toMatchObject({ clientId: CREDENTIALS.clientId });
  } finally {
    vi.doUnmock('@worker-token/storage/legacy');
  }
});
