// `recommended-type-checked` follows wrappers at any level and by any path; `recommended` never asks for types.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { afterAll, expect, it } from 'vitest';
import plugin from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'type-information-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tsconfig = {
  compilerOptions: { strict: true, module: 'esnext', moduleResolution: 'bundler', paths: { '#kept/*': ['./lib/*'] } },
  include: ['.'],
};
const files: Record<string, string> = {
  'tsconfig.json': JSON.stringify(tsconfig),
  'lib/raw.ts': `export const raw = (k: string, v: string) => window.localStorage.setItem(k, v);`,
  'lib/levels.ts': `import { raw } from '#kept/raw';
    const one = (k: string, v: string) => raw(k, v);
    const two = (k: string, v: string) => one(k, v);
    const three = (k: string, v: string) => two(k, v);
    const four = (k: string, v: string) => three(k, v);
    export class Box { put(k: string, v: string) { four(k, v); } }
    export const makeBox = () => new Box();`,
  'page.ts': `import { makeBox } from '#kept/levels';
    const box = makeBox();
    export const keep = (t: string) => box.put('access_token', t);
    export const dim = (t: string) => box.put('theme', t);`,
};
mkdirSync(join(folder, 'lib'));
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

async function lint(preset: Linter.Config, parserOptions: object): Promise<string[]> {
  const languageOptions = { parser, parserOptions } as Linter.LanguageOptions;
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.ts'], languageOptions },
      { files: ['**/*.ts'], ...preset },
    ],
  });
  const results = await eslint.lintFiles(['page.ts']);
  return results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`));
}

const typed = { projectService: true, tsconfigRootDir: folder };

it('follows five wrappers around each other, through an alias and an instance', async () => {
  expect(await lint(plugin.configs['recommended-type-checked'], typed)).toEqual([
    '3 worker-token/no-direct-credential-storage',
  ]);
});

it('does without types where the parser has none', async () => {
  expect(await lint(plugin.configs['recommended-type-checked'], {})).toEqual([]);
});

it('leaves types alone in `recommended`', async () => {
  expect(plugin.configs.recommended.settings).toBeUndefined();
  expect(await lint(plugin.configs.recommended, typed)).toEqual([]);
});
