// `npm run new`: what it writes passes the checks of what is there, in copies of the packages that it writes into.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../scripts/new.mjs';
import { root } from './repository.js';

const copy = join(root, '.cache/new');
const tsc = join(root, 'tooling/tsc7/node_modules/typescript/bin/tsc');

/** With the installed packages, and without what is of no use to a generator. */
function copyPackage(folder: string, ...left: string[]): void {
  const unwanted = ['node_modules', 'dist', ...left].map((name) => join(root, folder, name));
  cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (path) => !unwanted.includes(path) });
  symlinkSync(join(root, folder, 'node_modules'), join(copy, folder, 'node_modules'));
}

beforeAll(() => {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const file of ['tsconfig.base.json', 'package.json']) cpSync(join(root, file), join(copy, file));
  copyPackage('packages/storage');
  copyPackage('packages/eslint-plugin', 'test', 'evaluation');
  copyPackage('codemods/migrate-worker-token', 'fixtures');
  copyPackage('packages/legacy-signals');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function vitest(folder: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const config = join(copy, 'vitest.config.mjs');
  const conditions = JSON.stringify(['@worker-token/source', 'import', 'module', 'default']);
  const settings = `{ resolve: { conditions: ${conditions} }, ssr: { resolve: { conditions: ${conditions} } } }`;
  writeFileSync(config, `export default ${settings};\n`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', join(copy, folder), '--config', config, ...args],
    { encoding: 'utf8', env: { ...process.env, VITEST: '', ...env } },
  );
  return { status, output: stdout + stderr };
}

const types = (folder: string) =>
  spawnSync(process.execPath, [tsc, '--noEmit', '-p', join(copy, folder)], { encoding: 'utf8' }).stdout;

describe('a new tier', () => {
  it('is exported, compiles, and conforms', () => {
    expect(generate('tier', 'cookie-jar', copy).written).toContain('packages/storage/src/tiers/cookie-jar-tier.ts');
    expect(readFileSync(join(copy, 'packages/storage/src/index.ts'), 'utf8')).toContain('export { cookieJarTier }');
    expect(types('packages/storage')).toBe('');
    expect(vitest('packages/storage', ['cookie-jar-tier'])).toMatchObject({ status: 0 });
    expect(readFileSync(join(copy, 'docs/tiers/cookie-jar.md'), 'utf8')).toMatch(/^# Cookie jar\n/);
  });
});

describe('a new rule', () => {
  it('is in the plugin and its presets, compiles, and passes its test', () => {
    generate('rule', 'no-forgetting', copy);
    const index = readFileSync(join(copy, 'packages/eslint-plugin/src/index.ts'), 'utf8');
    expect(index).toContain("  'no-forgetting': noForgetting,\n};");
    expect(types('packages/eslint-plugin')).toBe('');
    expect(vitest('packages/eslint-plugin', ['no-forgetting'])).toMatchObject({ status: 0 });
    expect(existsSync(join(copy, 'packages/eslint-plugin/docs/rules/no-forgetting.md'))).toBe(true);
  });
});

describe('a new pattern', () => {
  it('gets its after from the codemod, and holds from then on', () => {
    generate('pattern', 'odd-read', copy);
    const folder = 'codemods/migrate-worker-token';
    const test = ['test/fixtures.test.ts', '-t', 'odd-read'];
    expect(vitest(folder, test)).not.toMatchObject({ status: 0 });
    expect(vitest(folder, test, { UPDATE_FIXTURES: '1' })).toMatchObject({ status: 0 });
    expect(readFileSync(join(copy, folder, 'fixtures/odd-read/after/src/odd-read.ts'), 'utf8')).toContain(
      'workerTokenManager',
    );
    expect(vitest(folder, test)).toMatchObject({ status: 0 });
  });
});

describe('what cannot be', () => {
  it.each([
    ['tire', 'x', 'takes tier, rule, pattern and a name; got "tire"'],
    ['tier', 'CookieJar', 'kebab-case, such as session-cookie; got "CookieJar"'],
    ['rule', 'no-credential-in-url', 'no-credential-in-url.ts is there already'],
  ])('%s %s is refused, and nothing is written', (kind, name, message) => {
    expect(() => generate(kind, name, copy)).toThrow(message);
  });
});
