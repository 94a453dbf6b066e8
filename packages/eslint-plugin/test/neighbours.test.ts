// Keys and wrappers are followed to the files that a project's configuration leads to: aliases of tsconfig.json, packages of the workspace,
// CommonJS. Without type information.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';
import plugin from '../src/index.js';

const root = mkdtempSync(join(tmpdir(), 'neighbours-'));
afterAll(() => rmSync(root, { recursive: true }));

type Files = Record<string, string>;
let projects = 0;

/** The lines of a file of a project that are flagged. */
async function flagged(files: Files, file: string): Promise<number[]> {
  const folder = join(root, String((projects += 1)));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.{ts,js}'], languageOptions: { parser } }, plugin.configs.recommended],
  });
  const [result] = await eslint.lintFiles([file]);
  return (result?.messages ?? []).map(({ line }) => line);
}

const keys = `export const SESSION = 'access_token';\nexport const THEME = 'theme';`;
const page = (from: string) =>
  `import { SESSION, THEME } from '${from}';\nlocalStorage.setItem(SESSION, x);\nlocalStorage.setItem(THEME, y);`;

describe('an alias', () => {
  it.each<[what: string, from: string, config: Files]>([
    [
      'of paths',
      '@/config/keys',
      { 'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@/*': ['./lib/*'] } } }) },
    ],
    [
      'of paths below a baseUrl, in a file with comments',
      '#app/config/keys',
      {
        'tsconfig.json': `{
          // what the editor reads
          "compilerOptions": { "baseUrl": "./lib", /* two places */ "paths": { "#app/*": ["gone/*", "./*"], }, },
        }`,
      },
    ],
    ['of a baseUrl alone', 'config/keys', { 'jsconfig.json': '{ "compilerOptions": { "baseUrl": "lib" } }' }],
    [
      'that is a whole name',
      'keys',
      { 'tsconfig.json': '{ "compilerOptions": { "paths": { "keys": ["./lib/config/keys.ts"] } } }' },
    ],
    [
      'of a file that is extended',
      '@lib/config/keys',
      {
        'tsconfig.json': '{ "extends": "./config/base", "compilerOptions": { "strict": true } }',
        'config/base.json': '{ "compilerOptions": { "paths": { "@lib/*": ["../lib/*"] } } }',
      },
    ],
    [
      'of a file that is referred to',
      '@/config/keys',
      {
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
        'tsconfig.app.json':
          '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"], "@/config/*": ["./lib/config/*"] } } }',
      },
    ],
  ])('%s is followed to its key', async (_, from, config) => {
    expect(
      await flagged({ ...config, 'lib/config/keys.ts': keys, 'pages/page.ts': page(from) }, 'pages/page.ts'),
    ).toEqual([2]);
  });

  it('that leads nowhere, or a package, is left alone', async () => {
    const config = '{ "compilerOptions": { "baseUrl": "lib", "paths": { "@/*": ["./gone/*"] } } }';
    const files = { 'tsconfig.json': config, 'lib/config/keys.ts': keys };
    expect(await flagged({ ...files, 'page.ts': page('@/config/keys') }, 'page.ts')).toEqual([]);
    expect(await flagged({ ...files, 'page.ts': page('some-package') }, 'page.ts')).toEqual([]);
  });

  it('is not asked for in a tsconfig.json that cannot be read', async () => {
    const files = { 'tsconfig.json': '{ "compilerOptions": ', 'lib/config/keys.ts': keys };
    expect(await flagged({ ...files, 'page.ts': page('./lib/config/keys') }, 'page.ts')).toEqual([2]);
  });
});

describe('a package of the workspace', () => {
  const packages = (entry: object): Files => ({
    'packages/keys/package.json': JSON.stringify({ name: '@acme/keys', ...entry }),
    'packages/keys/src/index.ts': `export * from './names';\nexport * as all from './names';`,
    'packages/keys/src/names.ts': keys,
  });
  const app = { 'apps/web/page.ts': page('@acme/keys') };

  it.each([
    ['named by npm', { 'package.json': '{ "workspaces": ["apps/*", "packages/*"] }' }, { main: './src/index.ts' }],
    ['named by yarn', { 'package.json': '{ "workspaces": { "packages": ["packages/**"] } }' }, {}],
    [
      'named by pnpm',
      { 'package.json': '{}', 'pnpm-workspace.yaml': `packages:\n  # all\n  - 'packages/*'\n  - "apps/*"\n` },
      { exports: { '.': { types: './dist/index.d.ts', default: './src/index.ts' } }, main: './dist/index.js' },
    ],
  ])('%s is followed to its key', async (_, manifest, entry) => {
    expect(await flagged({ ...manifest, ...packages(entry), ...app }, 'apps/web/page.ts')).toEqual([2]);
  });

  it('is followed through a namespace that it exports, and to one of its files', async () => {
    const files = { 'package.json': '{ "workspaces": ["packages/*"] }', ...packages({}) };
    const all = `import { all } from '@acme/keys';\nsessionStorage.getItem(all.SESSION);`;
    expect(await flagged({ ...files, 'web/page.ts': all }, 'web/page.ts')).toEqual([2]);
    expect(await flagged({ ...files, 'web/page.ts': page('@acme/keys/names') }, 'web/page.ts')).toEqual([2]);
  });
});

describe('a file without a word of secrets', () => {
  const flaggedWith = (page: string, other: Files = {}) =>
    flagged(
      { 'config/keys.ts': keys, 'config/ui.ts': `export const PANEL = 'panel';`, ...other, 'page.ts': page },
      'page.ts',
    );

  it('is flagged for a key that a neighbour brings, not for one of a neighbour without secrets', async () => {
    expect(await flaggedWith(`import { SESSION } from './config/keys';\nlocalStorage.getItem(SESSION);`)).toEqual([2]);
    expect(await flaggedWith(`import { PANEL } from './config/ui';\nlocalStorage.getItem(PANEL);`)).toEqual([]);
  });

  it('is flagged where it hands the key to a wrapper of another neighbour', async () => {
    const wrapper = { 'lib/keep.ts': `export const keep = (k: string, v: string) => localStorage.setItem(k, v);` };
    const imports = `import { SESSION, THEME } from './config/keys';\nimport { keep } from './lib/keep';`;
    expect(await flaggedWith(`${imports}\nkeep(SESSION, x);\nkeep(THEME, y);`, wrapper)).toEqual([3]);
  });

  it('is flagged for a key in the class that it extends', async () => {
    const base = {
      'base.ts': `export class Base { protected slot = 'access_token'; drop() { localStorage.removeItem(this.slot); } }`,
    };
    const page = `import { Base } from './base';\nexport class A extends Base { get() { return localStorage.getItem(this.slot); } }`;
    expect(await flaggedWith(page, base)).toEqual([2]);
  });
});

describe('CommonJS', () => {
  const use = `localStorage.getItem(SESSION);\nlocalStorage.getItem(THEME);`;

  it.each([
    ['an object', `module.exports = { SESSION: 'access_token', THEME: 'theme' };`],
    ['one by one', `exports.SESSION = 'access_token';\nmodule.exports.THEME = 'theme';`],
  ])('is followed to keys that are exported as %s', async (_, exported) => {
    const destructured = `const { SESSION, THEME } = require('./keys');\n${use}`;
    expect(await flagged({ 'keys.js': exported, 'page.js': destructured }, 'page.js')).toEqual([2]);
    const whole = `const keys = require('./keys');\n${use.replaceAll('(', '(keys.')}`;
    expect(await flagged({ 'keys.js': exported, 'page.js': whole }, 'page.js')).toEqual([2]);
  });
});
