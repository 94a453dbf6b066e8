/**
 * A test that has never failed proves nothing: each failure mode's test is run against a manager that has the failure (mutants.ts), and must
 * fail. `TEST_FULL=1` tries every mutant, a normal run three, chosen by `MUTANT_SEED`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Mutant, mutants } from './mutants.js';
import { randomFrom } from './scheduler.js';

const folder = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
/** Those of a fleet over Redis have their tests there. */
const ELSEWHERE = [11, 12, 13, 24, 39];

test('every failure mode has a mutant', () => {
  const modes = Array.from({ length: 48 }, (_, index) => index + 1).filter((mode) => !ELSEWHERE.includes(mode));
  expect([...new Set(mutants.map(({ mode }) => mode))].sort((a, b) => a - b)).toEqual(modes);
});

test.each(mutants)('mode $mode: the mutant that $breaks still fits the code', ({ edits }) => {
  for (const { file, find } of edits) {
    const text = readFileSync(join(folder, file.startsWith('../') ? file : `src/${file}`), 'utf8');
    expect(text.split(find).length - 1, `times that ${file} has: ${find}`).toBe(1);
  }
});

interface Report {
  testResults: { assertionResults: { title: string; status: string }[] }[];
}

/** @returns the tests under this number that failed; those that could not even be collected are none. */
function killersOf({ mode, suite }: Mutant, index: number): string[] {
  const output = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    const outputFile = join(output, 'report.json');
    const args = ['run', '--config', 'test/mutants.config.ts', suite, '-t', `(^| )(\\d+\\. )*${mode}\\. `];
    spawnSync(process.execPath, [vitest, ...args, '--reporter=json', `--outputFile=${outputFile}`], {
      cwd: folder,
      env: { ...process.env, MUTANT: String(index), TEST_FULL: '' },
    });
    const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    return results.filter(({ status }) => status === 'failed').map(({ title }) => title);
  } finally {
    rmSync(output, { recursive: true });
  }
}

const random = randomFrom(Number(process.env['MUTANT_SEED'] ?? 1));
const shuffled = mutants.map((mutant, index) => ({ mutant, index, ...mutant, place: random() }));
shuffled.sort((a, b) => a.place - b.place);
const tried = process.env['TEST_FULL'] ? shuffled.sort((a, b) => a.index - b.index) : shuffled.slice(0, 3);

test.each(tried)(
  'mode $mode: a manager that $breaks is found',
  ({ mutant, index }) => {
    expect(killersOf(mutant, index)).not.toEqual([]);
  },
  120_000,
);
