// Where the plugin runs: oxlint's JS plugins say the same as ESLint; wrong options are ESLint's schema error, with the place of the mistake.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Linter } from 'eslint';
import { Linter as Linter9 } from 'eslint9';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeCases, readCases } from '../evaluation/run.mjs';
import plugin from '../src/index.js';
import { bundlePlugin } from './bundle.js';

const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const oxlint = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');

/** The places of the cases that oxlint reports something of. Each case has a folder of its own, so that its path still says what it is. */
async function flaggedByOxlint(): Promise<Set<number>> {
  readCases().forEach(({ name, code }, at) => {
    const file = join(folder, `case-${at}`, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  });
  await bundlePlugin(join(folder, 'plugin.mjs'));
  const rules = Object.fromEntries(Object.keys(plugin.rules).map((rule) => [`worker-token/${rule}`, 'error']));
  const config = {
    jsPlugins: [{ name: 'worker-token', specifier: './plugin.mjs' }],
    categories: { correctness: 'off' },
    rules,
  };
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config));
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, '--format=json', '.'], {
    cwd: folder,
    maxBuffer: 1e8,
  }).catch((error: unknown) => error as { stdout: string }); // reports make it leave with an error
  return new Set([...stdout.matchAll(/"filename":\s*"case-(\d+)[\\/]/g)].map(([, at]) => Number(at)));
}

it('says the same of every case under oxlint', async () => {
  const flagged = await flaggedByOxlint();
  const different = judgeCases(plugin).filter(({ reports }, at) => reports.length > 0 !== flagged.has(at));
  expect(different.map(({ label, what, code }) => `${label} ${what}\n${code}`)).toEqual([]);
}, 120_000);

describe.each([
  ['ESLint 10', Linter],
  ['ESLint 9', Linter9 as unknown as typeof Linter],
])('%s', (_, LinterClass) => {
  const verify = (options: unknown) =>
    new LinterClass().verify('', [
      {
        plugins: plugin.configs.recommended.plugins ?? {},
        rules: { 'worker-token/no-direct-credential-storage': ['error', options] },
      },
    ]);

  it('says which option is wrong', () => {
    expect(() => verify({ checkRemovals: 'yes' })).toThrow(
      /no-direct-credential-storage[\s\S]*checkRemovals|should be boolean/,
    );
    expect(() => verify({ checkRemoval: true })).toThrow(/checkRemoval/);
  });
});
