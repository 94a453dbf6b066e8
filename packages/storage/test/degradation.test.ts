/** What happens when tiers fail, come back, lose their key, or hold damaged records. */
import { IDBDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { encodeEnvelope, type Envelope } from '../src/envelope.js';
import { EncryptionUnavailableError, StorageUnavailableError } from '../src/errors.js';
import { flowKey } from '../src/flow-key.js';
import { indexedDbTier } from '../src/tiers/indexed-db-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { webStorageTier } from '../src/tiers/web-storage-tier.js';
import type { CredentialStorage, CredentialStorageOptions } from '../src/types/storage.js';
import type { StorageTier, TierRecord } from '../src/types/tier.js';
import { fakeWebStorage } from './fake-web-storage.js';

const A = flowKey('flow-a');
const KEY_A = 'flow_credentials_flow-a';
const KEY_B = 'flow_credentials_flow-b';

let open: CredentialStorage[] = [];
function storageWith(options: CredentialStorageOptions = {}): CredentialStorage {
  const storage = createCredentialStorage(options);
  open.push(storage);
  return storage;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.unstubAllGlobals();
  open.forEach((storage) => storage.dispose());
  open = [];
  Reflect.deleteProperty(globalThis, 'indexedDB');
});

/** A durable tier that fails while it is told to. */
function flakyTier() {
  const inner = memoryTier();
  const state: { error: Error | null } = { error: null };
  const guard = <T>(work: () => Promise<T>) => (state.error ? Promise.reject(state.error) : work());
  const tier: StorageTier = {
    name: 'flaky',
    source: 'browser',
    durable: true,
    atomic: true,
    get: (key) => guard(() => inner.get(key)),
    compareAndSet: (key, expected, record) => guard(() => inner.compareAndSet(key, expected, record)),
    keys: (prefix) => guard(() => inner.keys(prefix)),
  };
  return { tier, inner, state };
}

function rawRecord(name: string, store: string, change: (store: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onerror = () => reject(new Error(`the database could not be opened (${request.error?.name})`));
    request.onsuccess = () => {
      const transaction = request.result.transaction(store, 'readwrite');
      change(transaction.objectStore(store));
      transaction.oncomplete = () => {
        request.result.close();
        resolve();
      };
    };
  });
}

describe('a durable tier that fails', () => {
  it('is named in the result and in the status, and the value lives on in memory', async () => {
    const { tier, state } = flakyTier();
    const statuses: unknown[] = [];
    const storage = storageWith({
      tiers: [memoryTier(), tier],
      channel: null,
      onStatusChange: (status) => statuses.push(status),
    });
    state.error = new DOMException('canary', 'QuotaExceededError');
    const saved = await storage.saveFlowCredentials(A, 'x');
    expect(saved).toMatchObject({ tiers: ['memory'], failed: [{ tier: 'flaky', reason: 'the quota is full' }] });
    expect(storage.status()).toMatchObject({ tier: 'memory', durable: false, degraded: [{ tier: 'flaky' }] });
    expect(statuses).toHaveLength(1);
    expect((await storage.loadFlowCredentials(A)).data).toBe('x');
    expect(await storage.listFlows()).toMatchObject([{ flow: A, tier: 'memory' }]);
  });

  it('gets what it missed as soon as it works again', async () => {
    const { tier, inner, state } = flakyTier();
    const storage = storageWith({ tiers: [memoryTier(), tier], channel: null });
    await storage.saveFlowCredentials(A, 1);
    state.error = new Error('gone');
    await storage.saveFlowCredentials(A, 2);
    state.error = null;
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: 2, revision: 2, source: 'browser' });
    expect((await inner.get(KEY_A))?.revision).toBe(2);
    expect(storage.status()).toEqual({ tier: 'flaky', durable: true, encrypted: false, degraded: expect.anything() });
  });

  it('keeps what another tab saved later meanwhile', async () => {
    const { tier, state } = flakyTier();
    let now = 1;
    const clock = { now: () => now };
    const [one, two] = [
      storageWith({ tiers: [memoryTier(), tier], channel: null, clock }),
      storageWith({ tiers: [memoryTier(), tier], channel: null, clock }),
    ];
    await one.saveFlowCredentials(A, 'first');
    state.error = new Error('gone');
    await one.saveFlowCredentials(A, 'while it was gone');
    state.error = null;
    now = 2;
    await two.saveFlowCredentials(A, 'later');
    expect((await one.loadFlowCredentials(A)).data).toBe('later');
  });

  it('lets a value that has not reached it yet be removed on condition of its revision', async () => {
    const { tier, inner, state } = flakyTier();
    const storage = storageWith({ tiers: [memoryTier(), tier], channel: null });
    await storage.saveFlowCredentials(A, 1);
    state.error = new Error('gone');
    const { revision } = await storage.saveFlowCredentials(A, 2);
    state.error = null;
    await storage.clearFlowCredentials(A, { ifRevision: revision });
    expect((await storage.loadFlowCredentials(A)).data).toBeNull();
    expect((await inner.get(KEY_A))?.text).toBeNull();
  });

  it('makes a removal reject, if something may be left in it', async () => {
    const { tier, state } = flakyTier();
    const storage = storageWith({ tiers: [memoryTier(), tier], channel: null });
    await storage.saveFlowCredentials(A, 1);
    state.error = new Error('gone');
    await expect(storage.clearFlowCredentials(A)).rejects.toBeInstanceOf(StorageUnavailableError);
    expect((await storage.loadFlowCredentials(A)).data).toBeNull();
    state.error = null;
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, revision: 2 });
  });

  it('tells "not to be had" from "nothing there"', async () => {
    const { tier, state } = flakyTier();
    state.error = new Error('gone');
    const storage = storageWith({ tiers: [memoryTier(), tier], channel: null });
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, problem: { kind: 'unavailable' } });
    await expect(storageWith({ tiers: [tier] }).saveFlowCredentials(A, 1)).rejects.toBeInstanceOf(
      StorageUnavailableError,
    );
  });

  it.each([
    ['is missing', undefined],
    [
      'refuses to open',
      {
        open: () => {
          throw new DOMException('no', 'SecurityError');
        },
      },
    ],
  ])('is IndexedDB that %s: the storage works in memory, and tries again', async (_, factory) => {
    const storage = storageWith();
    const good = globalThis.indexedDB;
    globalThis.indexedDB = factory as never;
    await storage.saveFlowCredentials(A, 1);
    expect(storage.status()).toMatchObject({ tier: 'memory', durable: false });
    globalThis.indexedDB = good;
    await storage.saveFlowCredentials(A, 2);
    expect(storage.status()).toMatchObject({ tier: 'indexeddb', durable: true, encrypted: true });
    expect((await storageWith().loadFlowCredentials(A)).data).toBe(2);
  });
});

describe('IndexedDB', () => {
  it('is opened again when the database was closed under it', async () => {
    const tier = indexedDbTier();
    await tier.compareAndSet(KEY_A, null, { revision: 1, text: 'x' });
    const transaction = IDBDatabase.prototype.transaction;
    const spy = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    });
    expect(await tier.get(KEY_A)).toEqual({ revision: 1, text: 'x' });
    expect(spy).toHaveBeenCalledTimes(2);
    spy.mockImplementation(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    });
    await expect(tier.get(KEY_A)).rejects.toMatchObject({ name: 'InvalidStateError' });
    spy.mockRestore();
    expect(IDBDatabase.prototype.transaction).toBe(transaction);
    tier.dispose?.();
  });

  it.each<[string, () => unknown]>([
    [
      'gives up a transaction without a reason',
      () =>
        vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore) {
          this.transaction.abort();
          return {} as never;
        }),
    ],
    [
      'closes it and never answers',
      () => {
        let onClose: (() => void) | undefined;
        vi.spyOn(IDBDatabase.prototype, 'addEventListener').mockImplementationOnce((_, listener) => {
          onClose = listener as () => void;
        });
        vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
          queueMicrotask(() => onClose?.());
          return { objectStore: () => ({ get: () => ({}) }) } as never;
        });
      },
    ],
    [
      'gives up opening it, twice',
      () => {
        const failing = () => {
          const request: { error: DOMException; onerror?: () => void } = { error: new DOMException('x', 'AbortError') };
          queueMicrotask(() => request.onerror?.());
          return request as never;
        };
        // Another factory, so that it is opened anew.
        globalThis.indexedDB = new IDBFactory();
        vi.spyOn(globalThis.indexedDB, 'open').mockImplementationOnce(failing).mockImplementationOnce(failing);
      },
    ],
  ])('is tried again where the browser %s', async (_, breakOnce) => {
    const storage = storageWith();
    await storage.saveFlowCredentials(A, 1);
    breakOnce();
    expect(await storage.saveFlowCredentials(A, 2)).toMatchObject({ tiers: ['memory', 'indexeddb'], failed: [] });
    vi.restoreAllMocks();
    expect((await storageWith().loadFlowCredentials(A)).data).toBe(2);
  });

  it('keeps no record that its key is gone from, when it is emptied while a first save is under way', async () => {
    const tier = indexedDbTier();
    const { compareAndSet } = tier;
    vi.spyOn(tier, 'compareAndSet').mockImplementationOnce(async (...write) => {
      globalThis.indexedDB = new IDBFactory();
      return compareAndSet(...write);
    });
    const storage = storageWith({ tiers: [tier], encryption: 'required' });
    expect((await storage.saveFlowCredentials(A, 'x', { ifRevision: null })).revision).toBe(2);
    expect((await storageWith({ encryption: 'required' }).loadFlowCredentials(A)).data).toBe('x');
  });

  it('lets go when another tab deletes the database, and counts on from the revisions it had seen', async () => {
    const storage = storageWith();
    await storage.saveFlowCredentials(A, 1);
    await storage.saveFlowCredentials(A, 2);
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase('worker-token');
      request.onsuccess = resolve;
      request.onblocked = () => reject(new Error('blocked'));
    });
    expect(await storage.shared.token.load({ fresh: true })).toMatchObject({ data: null });
    expect((await storage.saveFlowCredentials(A, 3)).revision).toBe(3);
    expect((await storageWith().loadFlowCredentials(A)).data).toBe(3);
  });

  it('uses the database that is there when it is asked, not one of earlier', async () => {
    const storage = storageWith({ tiers: [indexedDbTier()] });
    await storage.saveFlowCredentials(A, 1);
    globalThis.indexedDB = new IDBFactory();
    expect((await storage.loadFlowCredentials(A)).data).toBeNull();
  });
});

const reverse = (text: string) => text.split(',').reverse().join(',');

describe('encryption', () => {
  it('leaves no plain value in the database', async () => {
    const storage = storageWith();
    await storage.saveFlowCredentials(A, { clientSecret: 'canary-secret' });
    const record = (await indexedDbTier().get(KEY_A)) as TierRecord;
    expect(record.text).not.toContain('canary');
    expect(JSON.parse(record.text!)).toMatchObject({
      v: 1,
      k: 'flow-a',
      rev: 1,
      s: 1,
      alg: expect.stringMatching(/^A256GCM:/),
    });
  });

  it('binds a record to its slot', async () => {
    const storage = storageWith();
    await storage.saveFlowCredentials(A, 'secret of a');
    const tier = indexedDbTier();
    const { text, revision } = (await tier.get(KEY_A))!;
    await tier.compareAndSet(KEY_B, null, { text, revision });
    expect(await storage.loadFlowCredentials(flowKey('flow-b'))).toMatchObject({
      data: null,
      problem: { kind: 'wrong-slot' },
    });
  });

  it('calls a record undecryptable whose payload was changed, and keeps its bytes', async () => {
    await storageWith().saveFlowCredentials(A, 'x');
    const tier = indexedDbTier();
    const { text, revision } = (await tier.get(KEY_A))!;
    const { id, d, ...rest } = JSON.parse(text!) as Envelope;
    const forged = encodeEnvelope({ ...rest, id: id.slice(0, -9), d: (d[0] === 'A' ? 'B' : 'A') + d.slice(1) });
    await tier.compareAndSet(KEY_A, revision, { text: forged, revision: revision });
    expect(await storageWith().loadFlowCredentials(A)).toMatchObject({
      data: null,
      revision: 1,
      problem: { kind: 'undecryptable', bytes: forged.length },
    });
    expect((await tier.get(KEY_A))?.text).toBe(forged);
  });

  it('counts a record whose key is gone as absent, says so once, and heals with the next save', async () => {
    await storageWith().saveFlowCredentials(A, 'x');
    await rawRecord('worker-token', 'keys', (store) => store.clear());
    const storage = storageWith();
    const events: string[] = [];
    storage.subscribe(A, ({ type }) => events.push(type));
    expect(await storage.loadFlowCredentials(A)).toEqual({ data: null, source: 'none', revision: 1, savedAt: null });
    await storage.loadFlowCredentials(A);
    expect(events.filter((type) => type === 'key-lost')).toHaveLength(1);
    expect(storage.status().degraded).toMatchObject([{ tier: 'indexeddb', reason: expect.stringContaining('gone') }]);
    await storage.saveFlowCredentials(A, 'y');
    expect(storage.status()).toEqual({ tier: 'indexeddb', durable: true, encrypted: true });
    expect((await storageWith().loadFlowCredentials(A)).data).toBe('y');
  });

  it('replaces what is no key', async () => {
    await storageWith().saveFlowCredentials(A, 'x');
    await rawRecord('worker-token', 'keys', (store) => store.put('nonsense', 'at-rest'));
    const storage = storageWith();
    expect((await storage.saveFlowCredentials(A, 'y')).failed).toEqual([]);
    expect((await storageWith().loadFlowCredentials(A)).data).toBe('y');
  });

  it('degrades to plain records under "preferred" where there is no WebCrypto, and says so', async () => {
    vi.stubGlobal('crypto', { getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto) });
    const storage = storageWith();
    await storage.saveFlowCredentials(A, 'x');
    expect(storage.status()).toMatchObject({
      tier: 'indexeddb',
      durable: true,
      encrypted: false,
      degraded: [{ tier: 'indexeddb' }],
    });
    expect((await storageWith().loadFlowCredentials(A)).data).toBe('x');
    expect(() => createCredentialStorage({ encryption: 'required' })).toThrow(EncryptionUnavailableError);
  });

  it('degrades to plain records where a CryptoKey cannot be stored', async () => {
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('no clone', 'DataCloneError');
    });
    const storage = storageWith();
    expect((await storage.saveFlowCredentials(A, 'x')).failed).toEqual([]);
    expect(storage.status()).toMatchObject({ durable: true, encrypted: false });
    const strict = storageWith({ encryption: 'required' });
    await expect(strict.saveFlowCredentials(flowKey('flow-b'), 'x')).rejects.toBeInstanceOf(EncryptionUnavailableError);
    expect(await strict.loadFlowCredentials(A)).toMatchObject({ data: null, problem: { kind: 'undecryptable' } });
    add.mockRestore();
  });

  it('is refused at creation where it is required and there is no key', () => {
    const plain = { ...flakyTier().tier };
    expect(() => createCredentialStorage({ tiers: [plain], encryption: 'required' })).toThrow(
      EncryptionUnavailableError,
    );
    expect(() => createCredentialStorage({ tiers: [memoryTier()], encryption: 'required' })).toThrow(
      EncryptionUnavailableError,
    );
    expect(() => storageWith({ encryption: 'required' })).not.toThrow();
  });

  it('takes a cipher of the caller’s', async () => {
    const cipher = {
      id: 'reverse',
      encrypt: async (plain: string, aad: string) => ({ iv: aad, d: reverse(plain) }),
      decrypt: async ({ iv, d }: { iv: string; d: string }, aad: string) => {
        if (iv !== aad) throw new Error('wrong slot');
        return reverse(d);
      },
    };
    const { tier, inner } = flakyTier();
    const storage = storageWith({ tiers: [tier], encryption: cipher });
    await storage.saveFlowCredentials(A, 'a,b');
    expect(JSON.parse((await inner.get(KEY_A))!.text!)).toMatchObject({
      alg: 'reverse',
      d: 'b","a',
      iv: '["","","flow-a",1]',
    });
    expect((await storage.loadFlowCredentials(A)).data).toBe('a,b');
  });
});

describe('a damaged record', () => {
  it.each([
    ['nonsense', 'nonsense'],
    ['an empty object', {}],
    ['a number', 5],
    ['a record without a revision', { text: '{}' }],
    ['a truncated envelope', { revision: 1, text: '{"v":1,"k":"flow-' }],
  ])('(%s) is a problem, stays where it is, and can be saved over', async (_, value) => {
    const storage = storageWith();
    await storage.shared.token.clear();
    await rawRecord('worker-token', 'records', (store) => store.put(value, KEY_A));
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, problem: { kind: 'corrupt' } });
    expect(storage.getSnapshot(A)).toMatchObject({ status: 'problem' });
    expect(await storage.listFlows()).toMatchObject([{ flow: A, problem: { kind: 'corrupt' } }]);
    await rawRecord('worker-token', 'records', (store) => {
      store.get(KEY_A).onsuccess = (event) => expect((event.target as IDBRequest).result).toEqual(value);
    });
    await storage.saveFlowCredentials(A, 'fine');
    expect((await storageWith().loadFlowCredentials(A)).data).toBe('fine');
  });

  it('is a shared record with a field of the wrong type, too', async () => {
    const { tier, inner } = flakyTier();
    const text = encodeEnvelope({
      v: 1,
      k: 'worker-access-token',
      rev: 1,
      id: 'w',
      t: 1,
      s: 1,
      d: '{"accessToken":5}',
    });
    await inner.compareAndSet('flow_credentials_worker-access-token', null, { revision: 1, text });
    expect(await storageWith({ tiers: [tier] }).shared.token.load()).toMatchObject({
      data: null,
      problem: { kind: 'corrupt' },
    });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('is one with a key %s', async (name) => {
    const { tier, inner } = flakyTier();
    const text = encodeEnvelope({
      v: 1,
      k: 'flow-a',
      rev: 1,
      id: 'w',
      t: 1,
      s: 1,
      d: `{"a":{"${name}":{"polluted":1}}}`,
    });
    await inner.compareAndSet(KEY_A, null, { revision: 1, text });
    expect(await storageWith({ tiers: [tier] }).loadFlowCredentials(A)).toMatchObject({
      data: null,
      problem: { kind: 'corrupt' },
    });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('a database that does not answer, since another page holds up its deletion', () => {
  afterEach(() => vi.useRealTimers());

  /** Every request to open it waits for `release`. */
  function heldFactory() {
    const real = new IDBFactory();
    const waiting: (() => void)[] = [];
    let opened = 0;
    const open = (name: string, version: number) => {
      opened++;
      const request: { result?: unknown; onupgradeneeded?: () => void; onsuccess?: () => void } = {};
      waiting.push(() => {
        const inner = real.open(name, version);
        for (const event of ['onupgradeneeded', 'onsuccess'] as const) {
          inner[event] = () => {
            request.result = inner.result;
            request[event]?.();
          };
        }
      });
      return request;
    };
    return { open, release: () => waiting.forEach((go) => go()), opened: () => opened };
  }

  it('is waited for once, then done without, and used when it opens', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const factory = heldFactory();
    Object.assign(globalThis, { indexedDB: factory });
    const storage = storageWith();
    const saving = storage.saveFlowCredentials(A, 1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await saving).toMatchObject({ tiers: ['memory'], failed: [{ tier: 'indexeddb' }] });
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: 1, source: 'memory' });
    expect(factory.opened()).toBe(1);
    vi.useRealTimers();
    factory.release();
    await vi.waitFor(async () => {
      await storage.loadFlowCredentials(A);
      expect(storage.status()).toEqual({ tier: 'indexeddb', durable: true, encrypted: true });
    });
    expect(factory.opened()).toBe(1);
  });
});

describe('the web storage tier', () => {
  beforeEach(() => {
    vi.stubGlobal('localStorage', fakeWebStorage());
  });

  it('keeps sealed records under the physical keys, with the key in IndexedDB', async () => {
    const storage = storageWith({ tiers: [memoryTier(), webStorageTier('local')] });
    await storage.saveFlowCredentials(A, 'canary');
    expect(storage.status()).toEqual({ tier: 'local', durable: true, encrypted: true });
    expect(localStorage.getItem(KEY_A)).toMatch(/A256GCM/);
    expect(localStorage.getItem(KEY_A)).not.toContain('canary');
    const later = storageWith({ tiers: [memoryTier(), webStorageTier('local')] });
    expect(await later.loadFlowCredentials(A)).toMatchObject({ data: 'canary', source: 'browser' });
  });

  it('keeps plain ones where there is no IndexedDB, and says so', async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    const storage = storageWith({ tiers: [webStorageTier('local')] });
    await storage.saveFlowCredentials(A, 'x');
    expect(storage.status()).toMatchObject({ encrypted: false, degraded: [{ tier: 'local' }] });
  });

  it('takes a lock for each write, and does not wait for ever for a tab that holds it', async () => {
    const timeout = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal);
    let held = false;
    const request = vi.fn((_name: string, { signal }: { signal: AbortSignal }, work: () => unknown) =>
      held
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
        : Promise.resolve(work()),
    );
    vi.stubGlobal('navigator', { locks: { request } });
    const tier = webStorageTier('local');
    await tier.compareAndSet(KEY_A, null, { revision: 1, text: '{"rev":1}' });
    expect(request.mock.calls.map(([name]) => name)).toEqual([`worker-token:${KEY_A}`]);
    held = true;
    const writing = tier.compareAndSet(KEY_A, 1, { revision: 2, text: '{"rev":2}' });
    timeout.abort(new DOMException('x', 'TimeoutError'));
    expect(await writing).toEqual({ ok: true });
    vi.restoreAllMocks();
  });

  it('degrades when merely touching it throws', async () => {
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get() {
        throw new DOMException('no', 'SecurityError');
      },
    });
    const storage = storageWith({ tiers: [memoryTier(), webStorageTier('local')] });
    expect(await storage.saveFlowCredentials(A, 1)).toMatchObject({ tiers: ['memory'], failed: [{ tier: 'local' }] });
    Reflect.deleteProperty(globalThis, 'localStorage');
  });
});
