import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conformanceCases, ConformanceError } from '../src/conformance.js';
import { indexedDbTier } from '../src/tiers/indexed-db-tier.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import { webStorageTier } from '../src/tiers/web-storage-tier.js';
import type { StorageTier } from '../src/types/tier.js';
import { fakeWebStorage } from './fake-web-storage.js';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  Object.assign(globalThis, { localStorage: fakeWebStorage(), sessionStorage: fakeWebStorage() });
});
afterEach(() => {
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage']) Reflect.deleteProperty(globalThis, name);
});

const TIERS: Record<string, () => StorageTier> = {
  memory: () => memoryTier(),
  indexedDb: () => indexedDbTier(),
  local: () => webStorageTier('local'),
  session: () => webStorageTier('session', { prefix: 'app:' }),
};

describe.each(Object.entries(TIERS))('the %s tier', (_, makeTier) => {
  it.each(conformanceCases(makeTier))('$title', ({ run }) => run());
});

describe('the indexedDb tier, where there are key ranges', () => {
  beforeEach(() => void Object.assign(globalThis, { IDBKeyRange }));
  afterEach(() => void Reflect.deleteProperty(globalThis, 'IDBKeyRange'));

  it.each(conformanceCases(() => indexedDbTier()))('$title', ({ run }) => run());

  it('lists more records than it reads at once, each with its own key', async () => {
    const tier = indexedDbTier();
    for (let n = 0; n < 600; n++) {
      const text = n % 7 ? `text-${n}` : null;
      await tier.compareAndSet(`flow_credentials_${n}`, null, { revision: n + 1, text });
    }
    const entries = (await tier.entries?.('flow_credentials_')) ?? [];
    expect(entries).toHaveLength(600 - Math.ceil(600 / 7));
    for (const [key, { revision, text }] of entries)
      expect(`flow_credentials_${revision - 1} ${text}`).toBe(`${key} text-${revision - 1}`);
  });
});

describe('the suite itself', () => {
  const BROKEN: [string, (tier: StorageTier) => StorageTier][] = [
    [
      'forgets removals',
      (tier) => ({ ...tier, get: async (key) => ((await tier.get(key))?.text ? tier.get(key) : null) }),
    ],
    [
      'never refuses',
      (tier) => ({
        ...tier,
        compareAndSet: async (key, _, record) =>
          tier.compareAndSet(key, (await tier.get(key))?.revision ?? null, record),
      }),
    ],
    [
      'lists removals',
      (tier) => ({ ...tier, keys: async () => ['flow_credentials_conformance-a', 'flow_credentials_conformance-a-b'] }),
    ],
    [
      'lets time pass between reading and writing',
      (tier) => ({
        ...tier,
        async compareAndSet(key, expected, record) {
          const current = (await tier.get(key))?.revision ?? null;
          if (current !== expected) return { ok: false, revision: current };
          for (;;) {
            const latest = (await tier.get(key))?.revision ?? null;
            if ((await tier.compareAndSet(key, latest, record)).ok) return { ok: true };
          }
        },
      }),
    ],
  ];

  it.each(BROKEN)('finds a tier that %s', async (_, breakTier) => {
    const outcomes = await Promise.allSettled(conformanceCases(() => breakTier(memoryTier())).map(({ run }) => run()));
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(failures.length).toBeGreaterThan(0);
    for (const { reason } of failures) expect(reason).toBeInstanceOf(ConformanceError);
  });
});
