import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCredentialStorage } from './credential-storage.js';
import { NewerSchemaError, NothingToCopyError, RevisionConflictError } from './errors.js';
import { defineFlow } from './flow-definition.js';
import { flowKey } from './flow-key.js';
import { indexedDbTier } from './tiers/indexed-db-tier.js';
import { memoryTier } from './tiers/memory-tier.js';
import type { CredentialStorage, CredentialStorageOptions } from './types/storage.js';

const A = flowKey('flow-a');
const B = flowKey('flow-b');

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
  open.forEach((storage) => storage.dispose());
  open = [];
  Reflect.deleteProperty(globalThis, 'indexedDB');
});

const KINDS: [string, () => CredentialStorageOptions][] = [
  ['memory alone', () => ({ tiers: [memoryTier()] })],
  ['memory and IndexedDB', () => ({})],
  ['IndexedDB alone, plain', () => ({ tiers: [indexedDbTier()], encryption: 'off' })],
];

describe.each(KINDS)('with %s', (_, options) => {
  it('loads null from a flow that was never saved', async () => {
    expect(await storageWith(options()).loadFlowCredentials(A)).toEqual({
      data: null,
      source: 'none',
      revision: null,
      savedAt: null,
    });
  });

  it('loads what was saved, and from no other flow', async () => {
    const storage = storageWith({ ...options(), clock: { now: () => 1000 } });
    const saved = await storage.saveFlowCredentials(A, { clientId: 'a' });
    expect(saved).toMatchObject({ revision: 1, savedAt: 1000, failed: [] });
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: { clientId: 'a' }, revision: 1, savedAt: 1000 });
    expect((await storage.loadFlowCredentials(B)).data).toBeNull();
  });

  it('refuses a save against an old revision and writes nothing', async () => {
    const storage = storageWith(options());
    await storage.saveFlowCredentials(A, 1, { ifRevision: null });
    await storage.saveFlowCredentials(A, 2, { ifRevision: 1 });
    await expect(storage.saveFlowCredentials(A, 3, { ifRevision: 1 })).rejects.toMatchObject({
      code: 'revision-conflict',
      expectedRevision: 1,
      actualRevision: 2,
    });
    expect((await storage.loadFlowCredentials(A)).data).toBe(2);
  });

  it('raises the revision with a removal, so that a save in flight is refused', async () => {
    const storage = storageWith(options());
    await storage.clearFlowCredentials(A);
    await expect(storage.saveFlowCredentials(A, 1, { ifRevision: null })).rejects.toBeInstanceOf(RevisionConflictError);
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, revision: 1, source: 'none' });
  });

  it('removes on condition of a revision, and leaves what was saved meanwhile', async () => {
    const storage = storageWith(options());
    const { revision } = await storage.saveFlowCredentials(A, 'old');
    await storage.saveFlowCredentials(A, 'new');
    await expect(storage.clearFlowCredentials(A, { ifRevision: revision })).rejects.toMatchObject({
      code: 'revision-conflict',
      expectedRevision: 1,
      actualRevision: 2,
    });
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: 'new', revision: 2 });
    await storage.clearFlowCredentials(A, { ifRevision: 2 });
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, revision: 3 });
  });

  it('removes a shared record on condition of its revision, too', async () => {
    const { credentials } = storageWith(options()).shared;
    const { revision } = await credentials.save(CREDENTIALS);
    await credentials.save({ ...CREDENTIALS, clientId: 'other' });
    await expect(credentials.clear({ ifRevision: revision })).rejects.toBeInstanceOf(RevisionConflictError);
    expect((await credentials.load()).data?.clientId).toBe('other');
    await credentials.clear({ ifRevision: 2 });
    expect((await credentials.load()).data).toBeNull();
  });

  it('lets a clear win over a save that was asked for earlier and whose schema is slow', async () => {
    const storage = storageWith(options());
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const flow = defineFlow({
      key: 'slow',
      schema: {
        '~standard': {
          version: 1,
          vendor: 'test',
          validate: async (value: unknown) => (await gate, { value: value as number }),
        },
      },
    });
    const saving = storage.saveFlowCredentials(flow, 1);
    const clearing = storage.clearFlowCredentials(flow);
    release();
    await Promise.all([saving, clearing]);
    expect((await storage.loadFlowCredentials(flow)).data).toBeNull();
  });

  it('forgets a value when its time is up', async () => {
    let now = 0;
    const storage = storageWith({ ...options(), clock: { now: () => now } });
    await storage.saveFlowCredentials(A, 'x', { ttlMs: 10 });
    now = 9;
    expect((await storage.loadFlowCredentials(A)).data).toBe('x');
    now = 10;
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, source: 'none', revision: 1 });
    expect(await storage.listFlows()).toEqual([]);
  });

  it('lists flows without values and without the shared records', async () => {
    const storage = storageWith({ ...options(), clock: { now: () => 5 } });
    await storage.saveFlowCredentials(A, { clientSecret: 'canary' });
    await storage.saveFlowCredentials(B, 1);
    await storage.clearFlowCredentials(B);
    await storage.shared.credentials.save(CREDENTIALS);
    const flows = await storage.listFlows();
    expect(flows).toMatchObject([{ flow: A, savedAt: 5, revision: 1 }]);
    expect(JSON.stringify(flows)).not.toContain('canary');
  });

  it('copies from one flow to another when asked to', async () => {
    const storage = storageWith(options());
    await storage.saveFlowCredentials(A, { clientId: 'a' });
    await storage.copyFlowCredentials(A, B, (data) => ({ ...(data as object), copied: true }));
    expect((await storage.loadFlowCredentials(B)).data).toEqual({ clientId: 'a', copied: true });
    await expect(storage.copyFlowCredentials(flowKey('nothing'), B)).rejects.toBeInstanceOf(NothingToCopyError);
  });

  it('clears everything', async () => {
    const storage = storageWith(options());
    await storage.saveFlowCredentials(A, 1);
    await storage.shared.credentials.save(CREDENTIALS);
    await storage.clearAll();
    expect((await storage.loadFlowCredentials(A)).data).toBeNull();
    expect((await storage.shared.credentials.load()).data).toBeNull();
  });

  it('migrates an old value and refuses one from the future', async () => {
    const storage = storageWith(options());
    const v1 = defineFlow<{ id: string }>({ key: 'flow-a' });
    const v3 = defineFlow<{ clientId: string; n: number }>({
      key: 'flow-a',
      version: 3,
      migrations: {
        2: (old) => ({ clientId: (old as { id: string }).id }),
        3: (old) => ({ ...(old as object), n: 3 }),
      },
    });
    await storage.saveFlowCredentials(v1, { id: 'x' });
    expect((await storage.loadFlowCredentials(v3)).data).toEqual({ clientId: 'x', n: 3 });
    await storage.saveFlowCredentials(v3, { clientId: 'y', n: 4 });
    await expect(storage.loadFlowCredentials(v1)).rejects.toBeInstanceOf(NewerSchemaError);
    await expect(storage.saveFlowCredentials(v1, { id: 'z' })).rejects.toBeInstanceOf(NewerSchemaError);
    expect((await storage.loadFlowCredentials(v3)).data).toEqual({ clientId: 'y', n: 4 });
  });

  it('gives the same frozen snapshot until something changes', async () => {
    const storage = storageWith(options());
    const events: string[] = [];
    storage.subscribe(A, ({ type }) => events.push(type));
    expect(storage.getSnapshot(A)).toMatchObject({ status: 'unloaded' });
    await storage.loadFlowCredentials(A);
    const empty = storage.getSnapshot(A);
    await storage.loadFlowCredentials(A);
    expect(storage.getSnapshot(A)).toBe(empty);
    await storage.saveFlowCredentials(A, { list: [1] });
    const ready = storage.getSnapshot<{ list: number[] }>(A);
    await storage.loadFlowCredentials(A);
    expect(storage.getSnapshot(A)).toBe(ready);
    expect(ready).toMatchObject({ status: 'ready', data: { list: [1] }, revision: 1 });
    expect(Object.isFrozen(ready.data?.list)).toBe(true);
    await storage.clearFlowCredentials(A);
    expect(storage.getSnapshot(A)).toMatchObject({ status: 'empty', revision: 2 });
    expect(events).toEqual(['loaded', 'saved', 'cleared']);
  });
});

const CREDENTIALS = {
  environmentId: 'e',
  clientId: 'c',
  clientSecret: 's',
  region: 'NA',
  tokenEndpointAuthMethod: 'client_secret_basic',
} as const;

describe('two tabs', () => {
  it('see each other’s changes, at once with fresh and soon without', async () => {
    const [one, two] = [storageWith(), storageWith()];
    await one.saveFlowCredentials(A, 1);
    expect((await two.loadFlowCredentials(A)).data).toBe(1);
    await one.shared.credentials.save(CREDENTIALS);
    expect((await two.shared.credentials.load()).data).toEqual(CREDENTIALS);
    await one.shared.credentials.save({ ...CREDENTIALS, clientId: 'new' });
    expect((await two.shared.credentials.load({ fresh: true })).data?.clientId).toBe('new');

    const heard = vi.fn();
    two.subscribe(A, heard);
    await one.saveFlowCredentials(A, 2);
    await vi.waitFor(() =>
      expect(heard).toHaveBeenCalledWith({
        type: 'saved',
        key: 'flow_credentials_flow-a',
        revision: 2,
        origin: 'other-tab',
      }),
    );
    expect(two.getSnapshot(A).data).toBe(2);
    expect((await two.loadFlowCredentials(A)).source).toBe('memory');
    await one.clearFlowCredentials(A);
    await vi.waitFor(() => expect(two.getSnapshot(A).status).toBe('empty'));
  });

  it('are told of a conflict, and load what is there next, although no message came', async () => {
    const deaf = () => ({ postMessage() {}, onmessage: null, close() {} });
    const [one, two] = [storageWith({ channel: deaf() }), storageWith({ channel: deaf() })];
    await one.saveFlowCredentials(A, 'first');
    expect(await two.loadFlowCredentials(A)).toMatchObject({ revision: 1 });
    await one.saveFlowCredentials(A, 'second');
    await expect(two.clearFlowCredentials(A, { ifRevision: 1 })).rejects.toBeInstanceOf(RevisionConflictError);
    expect(await two.loadFlowCredentials(A)).toMatchObject({ data: 'second', revision: 2 });
  });

  it('fill the snapshot of a subscriber that has not loaded anything', async () => {
    const [one, two] = [storageWith(), storageWith()];
    const heard = vi.fn();
    two.subscribe(A, heard);
    await one.saveFlowCredentials(A, 1);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
    expect(two.getSnapshot(A)).toMatchObject({ status: 'ready', data: 1 });
  });

  it('never trust a copy in memory when they cannot hear of changes', async () => {
    const [one, two] = [storageWith({ channel: null }), storageWith({ channel: null })];
    await one.saveFlowCredentials(A, 1);
    expect((await two.loadFlowCredentials(A)).data).toBe(1);
    await one.saveFlowCredentials(A, 2);
    expect((await two.loadFlowCredentials(A)).data).toBe(2);
  });

  it('share no records when their appId differs', async () => {
    const [one, two] = [storageWith({ appId: 'one' }), storageWith({ appId: 'two' })];
    await one.saveFlowCredentials(A, 1);
    expect((await two.loadFlowCredentials(A)).data).toBeNull();
  });

  it('encrypt with one key although they start together', async () => {
    const tabs = Array.from({ length: 5 }, () => storageWith());
    await Promise.all(tabs.map((tab, i) => tab.saveFlowCredentials(flowKey(`flow-${i}`), i)));
    const late = storageWith();
    expect(late.status()).toMatchObject({ tier: 'indexeddb', durable: true, encrypted: true });
    for (let i = 0; i < 5; i++) expect((await late.loadFlowCredentials(flowKey(`flow-${i}`))).data).toBe(i);
    expect((await late.listFlows()).every(({ encrypted }) => encrypted)).toBe(true);
  });
});
