/**
 * The contract of a tier as a list of cases, for any test runner: whoever writes a tier proves it with them.
 * They know `StorageTier` and nothing of a storage above it.
 *
 * @example
 * describe.each(conformanceCases(() => myTier()))('$title', ({ run }) => it('holds', run));
 */
import type { StorageTier, TierRecord } from './types/tier.js';

/** Makes a tier that holds nothing; called once per case. */
export type MakeTier = () => StorageTier | Promise<StorageTier>;

export interface ConformanceCase {
  /** A sentence about behaviour. */
  readonly title: string;
  /** Rejects with `ConformanceError` where the tier breaks the contract. */
  run(): Promise<void>;
}

/** What was expected of the tier, and what came. */
export class ConformanceError extends Error {
  readonly code = 'conformance';
}

const KEY = 'flow_credentials_conformance-a';
const OTHER = 'flow_credentials_conformance-a-b';
const PREFIX = 'flow_credentials_';

/** The cases that hold for this kind of tier; races are tried only where it says it is atomic. */
export function conformanceCases(makeTier: MakeTier): ConformanceCase[] {
  return CASES.map(([title, run]) => ({
    title,
    async run() {
      const tier = await makeTier();
      try {
        await run(tier);
      } finally {
        tier.dispose?.();
      }
    },
  }));
}

const CASES: readonly [title: string, run: (tier: StorageTier) => Promise<void>][] = [
  [
    'gives null for a key that was never written',
    async (tier) => same(await tier.get(KEY), null, 'get of a key that was never written'),
  ],
  [
    'gives back what was written, unchanged',
    async (tier) => {
      const record = { revision: 1, text: envelopeText(1, 'ä\u0000\ud83d\ude00"\\') };
      same(await tier.compareAndSet(KEY, null, record), { ok: true }, 'the first write');
      same(await tier.get(KEY), record, 'get after a write');
    },
  ],
  [
    'refuses a write whose expected revision is not the one that is there, and names that',
    async (tier) => {
      await write(tier, KEY, null, 1);
      same(await tier.compareAndSet(KEY, null, value(2)), { ok: false, revision: 1 }, 'a write that expects nothing');
      same(
        await tier.compareAndSet(KEY, 7, value(8)),
        { ok: false, revision: 1 },
        'a write that expects another revision',
      );
      same(
        await tier.compareAndSet(OTHER, 1, value(2)),
        { ok: false, revision: null },
        'a write that expects something',
      );
      same(await tier.get(KEY), value(1), 'get after refused writes');
    },
  ],
  [
    'takes a revision that leaves numbers out',
    async (tier) => {
      await write(tier, KEY, null, 5);
      await write(tier, KEY, 5, 9);
      same((await tier.get(KEY))?.revision, 9, 'the revision');
    },
  ],
  [
    'keeps the revision of a removal',
    async (tier) => {
      await write(tier, KEY, null, 1);
      same(await tier.compareAndSet(KEY, 1, { revision: 2, text: null }), { ok: true }, 'a removal');
      same(await tier.get(KEY), { revision: 2, text: null }, 'get after a removal');
      same(await tier.compareAndSet(KEY, 1, value(2)), { ok: false, revision: 2 }, 'a write from before the removal');
      same(
        await tier.compareAndSet(KEY, null, value(1)),
        { ok: false, revision: 2 },
        'a first write after the removal',
      );
      await write(tier, KEY, 2, 3);
    },
  ],
  [
    'keeps keys apart of which one starts with the other',
    async (tier) => {
      await write(tier, KEY, null, 1);
      await write(tier, OTHER, null, 4);
      same((await tier.get(KEY))?.revision, 1, 'the shorter key');
      same((await tier.get(OTHER))?.revision, 4, 'the longer key');
    },
  ],
  [
    'lists the keys that have a value and start with the prefix',
    async (tier) => {
      await write(tier, KEY, null, 1);
      await write(tier, OTHER, null, 1);
      await tier.compareAndSet(OTHER, 1, { revision: 2, text: null });
      same(await tier.keys(PREFIX), [KEY], 'keys');
      same(await tier.keys('something-else_'), [], 'keys of another prefix');
      if (tier.entries) same(await tier.entries(PREFIX), [[KEY, value(1)]], 'entries');
    },
  ],
  [
    'keeps a text that is no envelope as it is, until it is replaced on condition of the revision that it has now',
    async (tier) => {
      for (const text of DAMAGED) {
        const before = (await tier.get(KEY))?.revision ?? null;
        same(await tier.compareAndSet(KEY, before, { revision: 4, text }), { ok: true }, 'writing a damaged text');
        const found = await tier.get(KEY);
        same(found?.text, text, 'the text of a damaged record');
        same(await tier.keys(PREFIX), [KEY], 'keys with a damaged record');
        await write(tier, KEY, found?.revision ?? null, 5);
        await tier.compareAndSet(KEY, 5, { revision: 6, text: null });
      }
    },
  ],
  [
    'lets exactly one of many writers win, where it says it is atomic',
    async (tier) => {
      if (!tier.atomic) return;
      const results = await Promise.all(Array.from({ length: 20 }, () => tier.compareAndSet(KEY, null, value(1))));
      same(results.filter(({ ok }) => ok).length, 1, 'the number of winners');
    },
  ],
  [
    'loses no increment of many writers that try again, where it says it is atomic',
    async (tier) => {
      if (!tier.atomic) return;
      await Promise.all(Array.from({ length: 8 }, () => increment(tier)));
      same((await tier.get(KEY))?.revision, 8, 'the revision after 8 increments');
    },
  ],
];

/** Cut off, changed, or never ours. */
const DAMAGED: readonly string[] = ['', '{"v":1,"k":"conf', 'nonsense', '[]', '{"rev":"4"}', '\ufffd\u0000'];

async function increment(tier: StorageTier): Promise<void> {
  for (;;) {
    const revision = (await tier.get(KEY))?.revision ?? null;
    const result = await tier.compareAndSet(KEY, revision, value((revision ?? 0) + 1));
    if (result.ok) return;
  }
}

async function write(tier: StorageTier, key: string, expected: number | null, revision: number): Promise<void> {
  same(
    await tier.compareAndSet(key, expected, value(revision)),
    { ok: true },
    `writing revision ${revision} over ${expected}`,
  );
}

function value(revision: number): TierRecord {
  return { revision, text: envelopeText(revision, 'x') };
}

/** A tier may look for the revision in the text, as one over `localStorage` does. */
function envelopeText(revision: number, payload: string): string {
  return JSON.stringify({ v: 1, k: 'conformance-a', rev: revision, d: payload });
}

function same(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [canonical(actual), canonical(expected)];
  if (got !== wanted) throw new ConformanceError(`Expected ${what} to give ${wanted}, got ${got}.`);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  );
}
