// @vitest-environment happy-dom
/** In a document, where globals belong to a window and IndexedDB may be replaced between tests. */
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { flowKey } from '../src/flow-key.js';
import { createLegacyBridge } from '../src/legacy-bridge.js';
import { migrateLegacyCredentials } from '../src/legacy-migration.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { webStorageTier } from '../src/tiers/web-storage-tier.js';

const A = flowKey('flow-a');
const OLD = {
  environmentId: 'e',
  clientId: 'c',
  clientSecret: 's',
  region: 'eu',
  scopes: 'a b',
  authMethod: 'client_secret_post',
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(globalThis, 'indexedDB');
});

describe('in a document', () => {
  it('keeps sealed records, and binds them to the origin', async () => {
    const storage = createCredentialStorage();
    await storage.saveFlowCredentials(A, 'x');
    expect(storage.status()).toEqual({ tier: 'indexeddb', durable: true, encrypted: true });
    storage.dispose();
    const later = createCredentialStorage();
    expect(await later.loadFlowCredentials(A)).toMatchObject({ data: 'x', source: 'browser' });
    later.dispose();
  });

  it('has memory alone where there is no IndexedDB', async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    const storage = createCredentialStorage();
    await storage.saveFlowCredentials(A, 'x');
    expect(storage.status()).toEqual({ tier: 'memory', durable: false, encrypted: false });
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: 'x', source: 'memory' });
  });

  it('moves old records out of this page’s web storage', async () => {
    localStorage.setItem('worker_credentials', JSON.stringify(OLD));
    const storage = createCredentialStorage();
    expect(await migrateLegacyCredentials(storage)).toMatchObject({ moved: ['worker_credentials'] });
    expect(localStorage.getItem('worker_credentials')).toBeNull();
    expect((await storage.shared.credentials.load({ fresh: true })).data).toMatchObject({
      region: 'EU',
      scopes: ['a', 'b'],
    });
    storage.dispose();
  });

  it('hears older code of another tab through the storage event, once that tab has settled', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const bridge = createLegacyBridge(storage, { keys: ['old'] });
    await bridge.sync();
    localStorage.setItem('old', JSON.stringify(OLD));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    window.dispatchEvent(new StorageEvent('storage', { key: 'old' }));
    await vi.advanceTimersByTimeAsync(99);
    expect((await storage.shared.credentials.load()).data).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await bridge.sync();
    expect((await storage.shared.credentials.load()).data).toMatchObject({ clientId: 'c' });
    bridge.dispose();
    storage.dispose();
  });

  it('hears of changes in localStorage without a channel', async () => {
    const storage = createCredentialStorage({ tiers: [webStorageTier('local')], channel: null, encryption: 'off' });
    const other = createCredentialStorage({ tiers: [webStorageTier('local')], channel: null, encryption: 'off' });
    const heard = vi.fn();
    storage.subscribe(A, heard);
    await other.saveFlowCredentials(A, 'x');
    window.dispatchEvent(new StorageEvent('storage', { key: 'flow_credentials_flow-a' }));
    await vi.waitFor(() =>
      expect(heard).toHaveBeenCalledWith({
        type: 'saved',
        key: 'flow_credentials_flow-a',
        revision: 1,
        origin: 'other-tab',
      }),
    );
    storage.dispose();
    other.dispose();
  });
});
