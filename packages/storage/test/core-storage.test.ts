/** The storage of `@worker-token/storage/core`: the same records and promises, in one tier and without encryption. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCoreStorage } from '../src/core-storage.js';
import { createCredentialStorage } from '../src/credential-storage.js';
import { NewerSchemaError, RevisionConflictError, StorageUnavailableError } from '../src/errors.js';
import { defineFlow } from '../src/flow-definition.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { indexedDbTier } from '../src/tiers/indexed-db-tier.js';
import type { StorageTier } from '../src/types/tier.js';
import { EVERY_TIER, installBrowser, removeBrowser } from './every-tier.js';

const A = flowKey('a');
const B = flowKey('a-b');

beforeEach(installBrowser);
afterEach(removeBrowser);

/** A tier whose operations can be made to fail. */
function moodyTier(): StorageTier & { fails: boolean } {
  const tier = memoryTier();
  const moody = {
    ...tier,
    fails: false,
    get: (key: string) =>
      moody.fails ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : tier.get(key),
  };
  return moody;
}

describe.each(Object.keys(EVERY_TIER))('over the tier %s', (name) => {
  it('keeps flows apart, counts revisions, and gives nothing back after a removal', async () => {
    const place = await EVERY_TIER[name]!();
    const storage = createCoreStorage({ tier: place.open() });
    await storage.saveFlowCredentials(A, { of: 'a' });
    await storage.saveFlowCredentials(B, { of: 'b' });
    expect((await storage.loadFlowCredentials(A)).data).toEqual({ of: 'a' });
    expect((await storage.loadFlowCredentials(B)).data).toEqual({ of: 'b' });
    expect((await storage.listFlows()).map(({ flow }) => flow).sort()).toEqual([A, B]);
    await storage.clearFlowCredentials(A);
    expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, source: 'none', revision: 2 });
    await storage.clearAll();
    expect(await storage.listFlows()).toEqual([]);
    storage.dispose();
    await place.close();
  });
});

it('refuses a save over what somebody else wrote, and one that was in flight when the user cleared', async () => {
  const tier = memoryTier();
  const [one, two] = [createCoreStorage({ tier }), createCoreStorage({ tier })];
  const { revision } = await one.saveFlowCredentials(A, 1);
  await two.saveFlowCredentials(A, 2);
  await expect(one.saveFlowCredentials(A, 3, { ifRevision: revision })).rejects.toThrow(RevisionConflictError);
  await two.clearFlowCredentials(A);
  await expect(one.saveFlowCredentials(A, 3, { ifRevision: revision + 1 })).rejects.toThrow(RevisionConflictError);
  expect((await one.loadFlowCredentials(A)).data).toBeNull();
});

it('shows a snapshot, tells listeners, and copies from flow to flow', async () => {
  const storage = createCoreStorage();
  const heard: string[] = [];
  storage.subscribe(A, ({ type }) => heard.push(type));
  await storage.saveFlowCredentials(A, { id: 1 });
  await storage.copyFlowCredentials(A, B, ({ id }: { id: number }) => ({ id: id + 1 }));
  expect(storage.getSnapshot(A)).toMatchObject({ status: 'ready', data: { id: 1 } });
  expect((await storage.loadFlowCredentials(B)).data).toEqual({ id: 2 });
  expect(heard).toEqual(['saved']);
});

it('lets what has expired count as absent', async () => {
  let now = 1_000;
  const storage = createCoreStorage({ clock: { now: () => now } });
  await storage.saveFlowCredentials(A, 1, { ttlMs: 10 });
  now = 1_010;
  expect((await storage.loadFlowCredentials(A)).data).toBeNull();
});

it('leaves a record of a newer schema alone', async () => {
  const storage = createCoreStorage();
  const newer = defineFlow<number>({ key: 'a', version: 2, migrations: { 2: (old) => old } });
  await storage.saveFlowCredentials(newer, 2);
  await expect(storage.loadFlowCredentials(A)).rejects.toThrow(NewerSchemaError);
  await expect(storage.saveFlowCredentials(A, 1)).rejects.toThrow(NewerSchemaError);
});

it('says that a tier cannot be had, refuses what it did not take, and tries again', async () => {
  const tier = moodyTier();
  const storage = createCoreStorage({ tier });
  await storage.saveFlowCredentials(A, 1);
  tier.fails = true;
  expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, problem: { kind: 'unavailable' } });
  await expect(storage.saveFlowCredentials(A, 2)).rejects.toThrow(StorageUnavailableError);
  expect(storage.status()).toMatchObject({ tier: 'memory', degraded: [{ reason: 'the quota is full' }] });
  tier.fails = false;
  expect((await storage.loadFlowCredentials(A)).data).toBe(1);
  expect(storage.status().degraded).toBeUndefined();
});

it('names a record that is damaged, keeps its bytes, and discards it when told to', async () => {
  const tier = memoryTier();
  const storage = createCoreStorage({ tier });
  await tier.compareAndSet('flow_credentials_a', null, { revision: 4, text: '{"v":1,"k":"a"' });
  expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, problem: { kind: 'corrupt' } });
  expect((await storage.damaged.list()).map(({ key }) => key)).toEqual(['a']);
  expect(await storage.damaged.exportRaw('a')).toBe('{"v":1,"k":"a"');
  expect(await storage.damaged.discard('a')).toBe(true);
  expect(await storage.loadFlowCredentials(A)).toMatchObject({ data: null, source: 'none' });
});

it('reads what the whole storage wrote plain, and says of the rest that it is encrypted', async () => {
  const tier = indexedDbTier({ name: 'both' });
  const plain = createCredentialStorage({ tiers: [tier], encryption: 'off' });
  await plain.saveFlowCredentials(A, 'plain');
  const core = createCoreStorage({ tier });
  expect((await core.loadFlowCredentials(A)).data).toBe('plain');
  const sealing = createCredentialStorage({ tiers: [tier] });
  await sealing.saveFlowCredentials(B, 'sealed');
  const { data, problem } = await core.loadFlowCredentials(B);
  expect([data, problem?.kind]).toEqual([null, 'undecryptable']);
  expect(problem?.message).toContain('is encrypted');
});

it('exports and imports like the whole storage', async () => {
  const [from, to] = [createCoreStorage(), createCredentialStorage({ tiers: [memoryTier()] })];
  const flow = defineFlow<{ id: number }>({ key: 'a' });
  await from.saveFlowCredentials(flow, { id: 1 });
  await to.importAll(await from.exportAll(), { flows: [flow] });
  expect((await to.loadFlowCredentials(flow)).data).toEqual({ id: 1 });
});
