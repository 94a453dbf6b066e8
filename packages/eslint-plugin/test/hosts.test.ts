// Where the plugin runs: oxlint's JS plugins say the same as ESLint; wrong options are ESLint's schema error, with the place of the mistake.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Linter } from 'eslint';
import { Linter as Linter9 } from 'eslint9';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeCases, readCases } from '../evaluation/run.mjs';
import plugin from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const oxlint = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');

/** Files of the case files that oxlint itself would not take for what they are: it has no parser option for JSX in them. */
async function flaggedByOxlint(): Promise<Set<number>> {
  readCases().forEach(({ name, code }, at) => {
    const file = join(folder, `case-${at}`, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  });
  const source = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  await build({
    entryPoints: [source],
    outfile: join(folder, 'plugin.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@worker-token/source'],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
  });
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
  }).catch((error: { stdout?: string; stderr?: string }) => {
    if (!error.stdout) throw new Error(`oxlint printed nothing: ${error.stderr ?? ''}`);
    return { stdout: error.stdout };
  });
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
