/** Damage is told, kept, handed out and discarded, on every tier; nothing is taken away that nobody asked for. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { InvalidFlowKeyError } from '../src/errors.js';
import { defineFlow } from '../src/flow-definition.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { webStorageTier } from '../src/tiers/web-storage-tier.js';
import type { CredentialStorage, CredentialStorageOptions } from '../src/types/storage.js';
import type { StorageTier } from '../src/types/tier.js';
import { EVERY_TIER, installBrowser, removeBrowser, type Place } from './every-tier.js';

const A = flowKey('flow-a');
const B = flowKey('flow-b');
const KEY_A = 'flow_credentials_flow-a';

beforeEach(installBrowser);
const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  removeBrowser();
});

function storageOver(tiers: StorageTier[], options: CredentialStorageOptions = {}): CredentialStorage {
  const storage = createCredentialStorage({ tiers, ...options });
  cleanUps.push(() => storage.dispose());
  return storage;
}

/** Changes the text of a record behind everybody's back. */
async function damage(tier: StorageTier, change: (text: string) => string, key = KEY_A): Promise<string> {
  const { revision, text } = (await tier.get(key))!;
  const changed = change(text!);
  await tier.compareAndSet(key, revision, { revision, text: changed });
  return changed;
}

const truncate = (text: string) => text.slice(0, -7);

describe.each(Object.entries(EVERY_TIER))('a damaged record in the tier %s', (_, makePlace) => {
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
    cleanUps.push(() => place.close());
  });

  async function withDamage() {
    const tier = place.open();
    const storage = storageOver([tier]);
    await storage.saveFlowCredentials(A, { clientId: 'a' });
    await storage.saveFlowCredentials(B, { clientId: 'b' });
    return { tier, storage, stored: await damage(tier, truncate) };
  }

  it('is listed with what is wrong with it, and its text is handed out as it is', async () => {
    const { storage, tier, stored } = await withDamage();
    expect(await storage.damaged.list()).toEqual([
      {
        key: 'flow-a',
        tier: tier.name,
        problem: { kind: 'corrupt', message: expect.any(String), bytes: stored.length },
      },
    ]);
    expect(await storage.damaged.exportRaw('flow-a')).toBe(stored);
    expect(await storage.damaged.exportRaw('flow-b')).toBeNull();
    expect(await storage.damaged.exportRaw('flow-c')).toBeNull();
  });

  it('stays where it is through loads, lists, exports and an import that leaves it alone', async () => {
    const { storage, tier, stored } = await withDamage();
    await storage.loadFlowCredentials(A);
    await storage.listFlows();
    await storage.exportAll();
    await storage.importAll(await storage.exportAll());
    await storage.saveFlowCredentials(B, 2);
    expect((await tier.get(KEY_A))?.text).toBe(stored);
  });

  it('is gone once it is discarded, and no other record with it', async () => {
    const { storage } = await withDamage();
    expect(await storage.damaged.discard('flow-a')).toBe(true);
    expect(await storage.damaged.list()).toEqual([]);
    const { data, problem } = await storage.loadFlowCredentials(A);
    expect([data, problem]).toEqual([null, undefined]);
    expect((await storage.loadFlowCredentials(B)).data).toEqual({ clientId: 'b' });
    expect((await storage.listFlows()).map(({ flow }) => flow)).toEqual(['flow-b']);
    expect(await storage.damaged.discard('flow-a')).toBe(false);
  });

  it('is replaced by a save, also by one on condition of the revision that a load gave', async () => {
    const { storage } = await withDamage();
    const { revision } = await storage.loadFlowCredentials(A);
    await storage.saveFlowCredentials(A, 'new', { ifRevision: revision });
    expect(await storage.damaged.list()).toEqual([]);
    expect((await storage.loadFlowCredentials(A)).data).toBe('new');
  });
});

describe('discarding', () => {
  it('removes nothing that is whole', async () => {
    const storage = storageOver([memoryTier()]);
    await storage.saveFlowCredentials(A, 1);
    expect(await storage.damaged.discard('flow-a')).toBe(false);
    expect((await storage.loadFlowCredentials(A)).data).toBe(1);
  });

  it('removes nothing that another tab saved meanwhile', async () => {
    const shared = memoryTier();
    const [one, two] = [storageOver([shared]), storageOver([shared])];
    await one.saveFlowCredentials(A, 'old');
    await damage(shared, truncate);
    const get = shared.get;
    let reads = 0;
    // The other tab comes between the look at the record and its removal.
    vi.spyOn(shared, 'get').mockImplementation(async (key) => {
      if (++reads === 2) await two.saveFlowCredentials(A, 'new');
      return get(key);
    });
    expect(await one.damaged.discard('flow-a')).toBe(false);
    vi.restoreAllMocks();
    expect((await one.loadFlowCredentials(A)).data).toBe('new');
  });

  it('takes the shared records, too', async () => {
    const tier = memoryTier();
    const storage = storageOver([tier]);
    await tier.compareAndSet('flow_credentials_worker-token-credentials', null, { revision: 1, text: 'torn' });
    expect(await storage.damaged.list()).toMatchObject([{ key: 'worker-token-credentials' }]);
    expect(await storage.damaged.exportRaw('worker-token-credentials')).toBe('torn');
    expect(await storage.damaged.discard('worker-token-credentials')).toBe(true);
    expect((await storage.shared.credentials.load()).problem).toBeUndefined();
  });

  it.each(['Flow-A', '../flow', 'flow_credentials_flow-a', ''])('refuses %j, which is no key', async (key) => {
    const { damaged } = storageOver([memoryTier()]);
    await expect(damaged.discard(key)).rejects.toBeInstanceOf(InvalidFlowKeyError);
    await expect(damaged.exportRaw(key)).rejects.toBeInstanceOf(InvalidFlowKeyError);
  });

  it('counts on from the revisions that were seen before a record forgot its own', async () => {
    const storage = storageOver([webStorageTier('local')]);
    for (let n = 0; n < 5; n++) await storage.saveFlowCredentials(A, n);
    localStorage.setItem(KEY_A, '{"torn');
    await storage.damaged.discard('flow-a');
    expect((await storage.saveFlowCredentials(A, 'new')).revision).toBe(7);
  });
});

describe('what counts as damaged', () => {
  it('is a sealed record that was copied from another flow', async () => {
    const place = await EVERY_TIER['indexeddb']!();
    const tier = place.open();
    const storage = storageOver([tier], { encryption: 'required' });
    await storage.saveFlowCredentials(A, 1);
    await storage.saveFlowCredentials(B, 2);
    await damage(tier, (text) => text.replaceAll('flow-a', 'flow-b'));
    expect(await storage.damaged.list()).toMatchObject([{ key: 'flow-a', problem: { kind: 'corrupt' } }]);
  });

  it('is a value that its definition refuses, as far as the storage knows it', async () => {
    const storage = storageOver([memoryTier()]);
    await storage.saveFlowCredentials(A, 'no number');
    expect(await storage.damaged.list()).toEqual([]);
    const validate = (value: unknown) =>
      typeof value === 'number' ? { value } : { issues: [{ message: 'not a number' }] };
    const numbers = defineFlow<number>({ key: A, schema: { '~standard': { version: 1, vendor: 'test', validate } } });
    expect((await storage.loadFlowCredentials(numbers)).problem?.kind).toBe('corrupt');
    expect(await storage.damaged.list()).toMatchObject([{ key: 'flow-a', problem: { kind: 'corrupt' } }]);
    expect(await storage.damaged.discard('flow-a')).toBe(true);
  });

  it('is no value of a newer version, no removal, and no record whose time is up', async () => {
    let now = 0;
    const storage = storageOver([memoryTier()], { clock: { now: () => now } });
    const migrations = { 2: (old: unknown) => old };
    await storage.saveFlowCredentials(defineFlow({ key: A, version: 2, migrations }), 1);
    await storage.loadFlowCredentials(defineFlow({ key: A })).catch(() => undefined);
    await storage.saveFlowCredentials(B, 1, { ttlMs: 1 });
    now = 1;
    const c = flowKey('flow-c');
    await storage.saveFlowCredentials(c, 1);
    await storage.clearFlowCredentials(c);
    expect(await storage.damaged.list()).toEqual([]);
  });

  it('is no record that another tier still has whole', async () => {
    const [fast, safe] = [await EVERY_TIER['local']!(), await EVERY_TIER['indexeddb']!()].map((place) => place.open());
    const storage = storageOver([fast!, safe!]);
    await storage.saveFlowCredentials(A, 'whole');
    await damage(fast!, truncate);
    expect(await storage.damaged.list()).toEqual([]);
    expect((await storage.loadFlowCredentials(A)).data).toBe('whole');
    // The whole copy was put over the damaged one; now both are.
    expect((await fast!.get(KEY_A))?.revision).toBe(1);
    for (const tier of [fast!, safe!]) await damage(tier, truncate);
    expect(await storage.damaged.list()).toMatchObject([{ key: 'flow-a', tier: 'indexeddb' }]);
    expect(await storage.damaged.discard('flow-a')).toBe(true);
    expect((await storage.loadFlowCredentials(A)).problem).toBeUndefined();
  });

  it('is nothing while a tier is not to be had', async () => {
    const tier: StorageTier = { ...memoryTier(), get: () => Promise.reject(new Error('gone')) };
    const storage = storageOver([tier]);
    expect(await storage.damaged.exportRaw('flow-a')).toBeNull();
    expect(await storage.damaged.discard('flow-a')).toBe(false);
  });
});
