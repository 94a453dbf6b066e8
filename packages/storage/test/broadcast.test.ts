/** What goes between tabs, what is believed of it, and that no secret ever leaves through a side door. */
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { defineFlow } from '../src/flow-definition.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import type { CredentialStorage, CredentialStorageOptions } from '../src/types/storage.js';
import type { ChannelLike } from '../src/types/surroundings.js';
import type { StorageTier } from '../src/types/tier.js';

const A = flowKey('flow-a');
const CANARY = 'canary-5ecret';
const CREDENTIALS = {
  environmentId: 'e',
  clientId: 'c',
  region: 'NA',
  tokenEndpointAuthMethod: 'client_secret_basic',
} as const;

let open: CredentialStorage[] = [];
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  open.forEach((storage) => storage.dispose());
  open = [];
  Reflect.deleteProperty(globalThis, 'indexedDB');
});

function spyChannel() {
  const posted: unknown[] = [];
  const channel: ChannelLike = { onmessage: null, postMessage: (message) => void posted.push(message), close: vi.fn() };
  return { channel, posted, receive: (data: unknown) => channel.onmessage?.({ data }) };
}

function storageWith(options: CredentialStorageOptions): CredentialStorage {
  const storage = createCredentialStorage(options);
  open.push(storage);
  return storage;
}

describe('messages between tabs', () => {
  it('hold names and revisions, and nothing else', async () => {
    const { channel, posted } = spyChannel();
    const storage = storageWith({ channel });
    await storage.saveFlowCredentials(A, { clientSecret: CANARY });
    await storage.clearFlowCredentials(A);
    expect(posted).toEqual([
      { v: 1, type: 'saved', key: 'flow_credentials_flow-a', rev: 1, src: expect.any(String) },
      { v: 1, type: 'cleared', key: 'flow_credentials_flow-a', rev: 2, src: expect.any(String) },
    ]);
  });

  it('are no part of a save: it holds when the channel does not take them, and a warning says so', async () => {
    const { channel } = spyChannel();
    channel.postMessage = () => {
      throw new DOMException('closed', 'InvalidStateError');
    };
    const warn = vi.fn();
    const storage = storageWith({ channel, logger: { debug() {}, info() {}, warn, error() {} } });
    const heard = vi.fn();
    storage.subscribe(A, heard);
    await expect(storage.saveFlowCredentials(A, { clientSecret: CANARY })).resolves.toMatchObject({ revision: 1 });
    await expect(storage.clearFlowCredentials(A)).resolves.toBeUndefined();
    expect(heard.mock.calls.map(([{ type }]) => type)).toEqual(['saved', 'cleared']);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('"flow_credentials_flow-a"'));
    expect(JSON.stringify(warn.mock.calls)).not.toContain(CANARY);
  });

  it.each([
    null,
    'text',
    [],
    {},
    { v: 2, type: 'saved', key: 'flow_credentials_flow-a', rev: 9, src: 'x' },
    { v: 1, type: 'other', key: 'flow_credentials_flow-a', rev: 9, src: 'x' },
    { v: 1, type: 'saved', key: 'flow-a', rev: 9, src: 'x' },
    { v: 1, type: 'saved', key: 'flow_credentials___proto__', rev: 9, src: 'x' },
    { v: 1, type: 'saved', key: 'flow_credentials_flow-a', rev: '9', src: 'x' },
    { v: 1, type: 'saved', key: 'flow_credentials_flow-a', rev: 9 },
  ])('are ignored when they are not of our making: %j', async (data) => {
    const { channel, receive } = spyChannel();
    const tier = memoryTier();
    const get = vi.spyOn(tier, 'get');
    const storage = storageWith({ channel, tiers: [tier] });
    storage.subscribe(A, () => {});
    receive(data);
    await Promise.resolve();
    expect(get).not.toHaveBeenCalled();
  });

  it('change nothing when nothing was changed, whatever they say', async () => {
    const { channel, receive } = spyChannel();
    const storage = storageWith({ channel });
    await storage.saveFlowCredentials(A, 1);
    const heard = vi.fn();
    storage.subscribe(A, heard);
    const before = storage.getSnapshot(A);
    for (const type of ['saved', 'cleared'])
      receive({ v: 1, type, key: 'flow_credentials_flow-a', rev: 99, src: 'forged' });
    await storage.loadFlowCredentials(A);
    await storage.loadFlowCredentials(A);
    expect(storage.getSnapshot(A)).toBe(before);
    expect(heard).not.toHaveBeenCalled();
  });

  it('in a burst cost two reads, not a hundred', async () => {
    const { channel, receive } = spyChannel();
    const tier: StorageTier = { ...memoryTier(), source: 'browser', durable: true };
    const get = vi.spyOn(tier, 'get');
    const storage = storageWith({ channel, tiers: [tier] });
    await storage.saveFlowCredentials(A, 1);
    get.mockClear();
    for (let i = 0; i < 100; i++)
      receive({ v: 1, type: 'saved', key: 'flow_credentials_flow-a', rev: i, src: 'other' });
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(2));
    await storage.loadFlowCredentials(A);
    expect(get).toHaveBeenCalledTimes(3);
  });

  it('stop with dispose, which closes the channel', async () => {
    const { channel, posted } = spyChannel();
    const storage = storageWith({ channel });
    storage.dispose();
    await storage.saveFlowCredentials(A, 1);
    expect(posted).toEqual([]);
    expect(channel.close).toHaveBeenCalled();
    expect(channel.onmessage).toBeNull();
  });
});

describe('five hundred operations at random', () => {
  it('put no secret into a message, and no name but those of records', async () => {
    const { channel, posted } = spyChannel();
    const storage = storageWith({ channel });
    const flows = ['flow-a', 'flow-b', 'flow-c'].map(flowKey);
    const operation = fc.tuple(fc.constantFrom('save', 'clear', 'load', 'copy', 'credentials'), fc.nat(2), fc.nat(2));
    const operations = fc.sample(operation, { numRuns: 500, seed: 20251125 });
    for (const [name, at, other] of operations) {
      const flow = flows[at]!;
      if (name === 'save') await storage.saveFlowCredentials(flow, { clientSecret: CANARY });
      if (name === 'clear') await storage.clearFlowCredentials(flow);
      if (name === 'load') await storage.loadFlowCredentials(flow);
      if (name === 'copy') await storage.copyFlowCredentials(flow, flows[other]!).catch(() => undefined);
      if (name === 'credentials') await storage.shared.credentials.save({ ...CREDENTIALS, clientSecret: CANARY });
    }
    const bytes = JSON.stringify(posted);
    expect(posted.length).toBeGreaterThan(200);
    for (const form of [CANARY, btoa(CANARY), encodeURIComponent(CANARY)]) expect(bytes).not.toContain(form);
    for (const message of posted) {
      expect(Object.keys(message as object)).toEqual(['v', 'type', 'key', 'rev', 'src']);
      expect((message as { key: string }).key).toMatch(/^flow_credentials_(flow-[abc]|worker-token-credentials)$/);
    }
  });
});

describe('a listener', () => {
  it('that throws keeps no other from being called', async () => {
    const error = vi.fn();
    const storage = storageWith({ tiers: [memoryTier()], logger: { debug() {}, info() {}, warn() {}, error } });
    const heard = vi.fn();
    storage.subscribe(A, () => {
      throw new Error(CANARY);
    });
    const undo = storage.subscribe(A, heard);
    await storage.saveFlowCredentials(A, 1);
    expect(heard).toHaveBeenCalledOnce();
    expect(error).toHaveBeenCalledOnce();
    expect(JSON.stringify(error.mock.calls)).not.toContain(CANARY);
    undo();
    await storage.saveFlowCredentials(A, 2);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('a secret', () => {
  it('is in no error, log line, event, status, list or message', async () => {
    const said: unknown[] = [];
    const log = (message: string) => void said.push(message);
    const { channel, posted } = spyChannel();
    const failing: StorageTier = {
      ...memoryTier(),
      name: 'failing',
      source: 'browser',
      durable: true,
      compareAndSet: (_key, _revision, record) => Promise.reject(new Error(record.text ?? '')),
      get: () => Promise.reject(Object.assign(new Error(CANARY), { name: 'Odd' })),
    };
    const strict = defineFlow<{ id: string }>({
      key: 'strict',
      schema: {
        '~standard': {
          version: 1,
          vendor: 't',
          validate: (value) => ({ issues: [{ message: `bad: ${JSON.stringify(value)}` }] }),
        },
      },
    });
    const storage = storageWith({
      tiers: [memoryTier(), failing],
      channel,
      logger: { debug: log, info: log, warn: log, error: log },
      onStatusChange: (status) => said.push(status),
    });
    storage.subscribe(A, (event) => said.push(event));
    const attempts = [
      () => storage.saveFlowCredentials(A, { clientSecret: CANARY }),
      () => storage.saveFlowCredentials(A, { clientSecret: CANARY }, { ifRevision: 9 }),
      () => storage.saveFlowCredentials(A, { clientSecret: CANARY, self: 1n }),
      () => storage.saveFlowCredentials(A, JSON.parse(`{"__proto__":"${CANARY}"}`)),
      () => storage.saveFlowCredentials(strict, { id: CANARY }),
      () => storage.shared.credentials.save({ clientSecret: CANARY } as never),
      () => storage.shared.credentials.save(CANARY as never),
      () => storage.clearAll(),
    ];
    for (const attempt of attempts) {
      const outcome: unknown = await attempt().catch((error: unknown) => error);
      said.push(
        outcome instanceof Error ? [outcome.message, outcome.stack, outcome.cause, Object.entries(outcome)] : outcome,
      );
    }
    said.push(storage.status(), await storage.listFlows(), posted);
    expect(said.length).toBeGreaterThan(attempts.length);
    expect(
      JSON.stringify(said, (_, value: unknown) => (value instanceof Error ? String(value.stack) : value)),
    ).not.toContain(CANARY);
  });
});
