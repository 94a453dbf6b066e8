/** Programs put together by chance from the catalogue of legacy patterns. `SEED=123 PROGRAMS=1` runs one; `TEST_FULL=1` all. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { faultsOf } from './fuzz/accounts.js';
import { behaviourOf, differences } from './fuzz/behaviour.js';
import { migrated, put, workshop, type Migrated } from './fuzz/migrated.js';
import { newErrors } from './fuzz/new-errors.js';
import { programOf } from './fuzz/program.js';

const FULL = Boolean(process.env['TEST_FULL']);
const COUNT = Number(process.env['PROGRAMS'] ?? (FULL ? 2_000 : 40));
const FIRST = Number(process.env['SEED'] ?? 1);
const BATCH = 100;
/** One in so many is also verified by the engine itself. */
const VERIFIED = 50;
const RUN = Number(process.env['RUNS'] ?? (FULL ? 100 : 4));
const HOUR = 3_600_000;

const home = workshop();
// thousands of folders, on a busy machine, take longer than a hook is given
afterAll(() => fs.rmSync(home, { recursive: true, force: true }), 300_000);

it(`accounts for everything in ${COUNT} programs, and breaks none`, { timeout: HOUR }, async () => {
  const faults: string[] = [];
  const sums = new Map<string, number>();
  for (let first = FIRST; first < FIRST + COUNT; first += BATCH) {
    const batch: Migrated[] = [];
    for (let seed = first; seed < Math.min(first + BATCH, FIRST + COUNT); seed++) {
      batch.push(await migrated(await programOf(seed), home, seed % VERIFIED === 0));
    }
    faults.push(...batch.flatMap(faultsOf), ...newErrors(batch, home));
    for (const one of batch) count(sums, one);
  }
  console.info(Object.fromEntries(sums));
  expect(faults).toEqual([]);
});

function count(sums: Map<string, number>, { program, report }: Migrated): void {
  const add = (name: string, by: number) => sums.set(name, (sums.get(name) ?? 0) + by);
  add('programs', 1);
  add('files', program.files.length - 1);
  add('operations', program.files.flatMap((file) => file.operations).length);
  for (const name of ['sites', 'migrated', 'manual', 'skipped', 'rolledBack'] as const) add(name, report.summary[name]);
}

it(`leaves the behaviour of ${RUN} programs as it was`, { timeout: HOUR }, async () => {
  const found: string[] = [];
  let compared = 0;
  for (let seed = FIRST; seed < FIRST + RUN; seed++) {
    const program = await programOf(seed);
    const before = path.join(home, `ran-${seed}`);
    put(program, before);
    const { folder, report } = await migrated(program, home, false);
    if (report.sites.some((site) => site.reason?.startsWith('no-evidence'))) continue;
    const files = program.files.map(({ path: name, calls }) => ({ path: name, calls }));
    const seen = await behaviourOf(before, files);
    compared += seen.length;
    found.push(...differences(seen, await behaviourOf(folder, files)).map((difference) => `${seed}: ${difference}`));
  }
  console.info({ programs: RUN, calls: compared });
  expect(found).toEqual([]);
});
