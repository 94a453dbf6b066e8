/**
 * Two tabs on one storage, and every order of events that a seed can think of. A failure names its seed: `SCHEDULE_SEED=7` runs
 * it alone, `SCHEDULE_SEED=7-9,12` these. `TEST_FULL=1` runs a hundred times as many, `SCHEDULES` any other number.
 */
import { afterEach, expect, test, vi } from 'vitest';
import { sha256 } from '../src/sha256.js';
import { createScheduler, type Scheduler } from './scheduler.js';
import { runSchedule, type World } from './schedule.js';

const COUNT = Number(process.env['SCHEDULES'] ?? (process.env['TEST_FULL'] ? 100_000 : 1_000));
const onlySeeds = process.env['SCHEDULE_SEED'];

/** Digests take a step, as in a browser, and not a thread that nobody schedules. */
const scheduledCrypto = ({ step, pick }: Scheduler) => ({
  getRandomValues(bytes: Uint8Array) {
    bytes.set(Array.from(bytes, () => pick(256)));
    return bytes;
  },
  subtle: {
    async digest(_: string, bytes: Uint8Array) {
      await step();
      return sha256(bytes).buffer;
    },
  },
});

afterEach(() => vi.unstubAllGlobals());

async function run(seed: number, world: World = {}): Promise<string[]> {
  const scheduler = createScheduler(seed);
  vi.stubGlobal('crypto', scheduledCrypto(scheduler));
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('setTimeout', scheduler.setTimeout);
  vi.stubGlobal('clearTimeout', scheduler.clearTimeout);
  return (await runSchedule(scheduler, world)).map((problem) => `seed ${seed}: ${problem}`);
}

function seedsUpTo(count: number): number[] {
  const ranges = (onlySeeds ?? `1-${count}`).split(',').map((range) => range.split('-').map(Number));
  return ranges.flatMap(([first = 1, last = first]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
}

test(
  `${COUNT} schedules: one token per epoch, none expired, no save lost, nothing hangs`,
  async () => {
    const problems: string[] = [];
    for (const seed of seedsUpTo(COUNT)) problems.push(...(await run(seed)));
    expect(problems.slice(0, 20)).toEqual([]);
  },
  60_000 + seedsUpTo(COUNT).length * 50,
);

/** A fifth as many of each: tabs that end, storage that fails, and both. */
test.each<[string, World]>([
  ['tabs are closed and frozen, locks in hand', { mortalTabs: true }],
  ['storage fails and takes seconds', { fragileStorage: true }],
  ['both', { mortalTabs: true, fragileStorage: true }],
])(
  `${COUNT / 5} schedules in which %s`,
  async (_, world) => {
    const problems: string[] = [];
    for (const seed of seedsUpTo(COUNT / 5)) problems.push(...(await run(seed, world)));
    expect(problems.slice(0, 20)).toEqual([]);
  },
  60_000 + seedsUpTo(COUNT / 5).length * 50,
);

test('the schedules find a manager whose commit does not compare revisions', async () => {
  const problems: string[] = [];
  for (let seed = 1; seed <= 500 && problems.length === 0; seed++)
    problems.push(...(await run(seed, { commitsBlindly: true })));
  expect(problems).toContainEqual(expect.stringMatching(/committed over what it had not read/));
}, 60_000);
