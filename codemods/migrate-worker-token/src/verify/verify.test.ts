import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply, planOf, project, snapshot, TSCONFIG, type Replacement } from '../../test/project.js';
import type { Plan } from '../types.js';
import { verify } from './verify.js';

async function check(root: string, plan: Plan) {
  const candidates = Object.keys(snapshot(root)).map((name) => path.join(root, name));
  return verify({ plan, options: { root }, candidates, rewrite: (excluded) => apply(plan, excluded) });
}

async function checkEdits(files: Record<string, string>, replacements: Replacement[]) {
  const root = project(files);
  const { changes, result } = await check(root, planOf(root, replacements));
  return { changed: changes.map((change) => path.relative(root, change.path)).sort(), ...result };
}

describe('a check in memory', () => {
  it('lets good content pass and writes nothing', async () => {
    const root = project({ 'tsconfig.json': TSCONFIG, 'src/a.ts': "export const a: string = 'old';\n" });
    const before = snapshot(root);
    const plan = planOf(root, [{ file: 'src/a.ts', find: "'old'", text: "'new'", component: 'a' }]);

    const { changes, result } = await check(root, plan);

    expect(changes).toHaveLength(1);
    expect(result).toMatchObject({ diagnosticsBefore: 0, diagnosticsAfter: 0, floatingPromises: 0 });
    expect(result.rolledBack.size).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });

  it('takes back the wrong component and keeps the right one in the same file', async () => {
    const result = await checkEdits(
      { 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\n\nexport const b: number = 2;\n' },
      [
        { file: 'src/a.ts', find: '1', text: "'wrong'", component: 'wrong' },
        { file: 'src/a.ts', find: '2', text: '3', component: 'right' },
      ],
    );

    expect(result.changed).toEqual(['src/a.ts']);
    expect([...result.rolledBack]).toEqual([
      ['wrong', "type-error: with the change, src/a.ts:1 has TS2322 Type 'string' is not assignable to type 'number'."],
    ]);
    expect(result.takenBack.get('src/a.ts')).toMatchObject([{ line: 1, code: 'TS2322' }]);
    expect(result.newDiagnostics.size).toBe(0);
  });

  it('finds the error in a file that only imports the changed one, and the edit behind it', async () => {
    const result = await checkEdits(
      {
        'tsconfig.json': TSCONFIG,
        'src/read.ts': "export function read(): string { return 'x'; }\n",
        'src/other.ts': 'export const other = 1;\n',
        'src/barrel.ts': "export * from './read';\n",
        'src/use.ts': "import { read } from './barrel';\nconst value = read();\nexport const size = value.length;\n",
      },
      [
        {
          file: 'src/read.ts',
          find: 'function read(): string',
          text: 'async function read(): Promise<string>',
          component: 'read',
        },
        { file: 'src/other.ts', find: '1', text: '2', component: 'other' },
      ],
    );

    expect(result.changed).toEqual(['src/other.ts']);
    expect([...result.rolledBack.keys()]).toEqual(['read']);
    expect([...result.takenBack.keys()]).toEqual(['src/use.ts']);
  });

  it.each([
    ['a condition', 'export const x = () => (read() ? 1 : 2);'],
    ['a negation', 'export const x = () => { if (!read()) return 1; return 2; };'],
    ['Boolean()', 'export const x = () => Boolean(read());'],
    ['JSON.stringify()', 'export const x = () => JSON.stringify(read());'],
    ['a template', 'export const x = () => `Bearer ${read()}`;'],
    ['a spread', 'export const x = () => ({ ...read() });'],
    ['an expression statement', 'export const x = () => { read(); };'],
  ])('takes an un-awaited promise in %s back although the compiler may be content', async (_, line) => {
    const result = await checkEdits(
      {
        'tsconfig.json': TSCONFIG,
        'src/read.ts': "export function read(): any { return 'x'; }\n",
        'src/use.ts': `import { read } from './read';\n${line}\n`,
      },
      [
        {
          file: 'src/read.ts',
          find: 'function read(): any',
          text: 'async function read(): Promise<string>',
          component: 'read',
        },
      ],
    );

    expect(result.changed).toEqual([]);
    expect(result.rolledBack.get('read')).toMatch(/(floating|misused)-promise|type-error/);
  });

  it('counts a local that becomes unused, where the project minds', async () => {
    const result = await checkEdits({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'const n = 1;\nexport const a = n;\n' }, [
      { file: 'src/a.ts', find: '= n', text: '= 2', component: 'a' },
    ]);

    expect(result.rolledBack.get('a')).toContain('TS6133');
  });

  it('does not mind errors that were there before, nor packages that are not installed', async () => {
    const result = await checkEdits(
      {
        'tsconfig.json': TSCONFIG,
        'src/a.ts':
          "import { useState } from 'react';\nexport const a: number = 'wrong';\nexport const b = useState(1);\n",
      },
      [{ file: 'src/a.ts', find: 'useState(1)', text: 'useState(2)', component: 'a' }],
    );

    expect(result.changed).toEqual(['src/a.ts']);
    expect(result).toMatchObject({ diagnosticsBefore: 2, diagnosticsAfter: 2 });
  });

  it('knows the types of packages that the project has not installed yet', async () => {
    const files = { 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export async function a() {\n  return 0;\n}\n' };
    const edit = (text: string) => [
      { file: 'src/a.ts', find: 'export async function a() {\n  return 0;\n}', text, component: 'a' },
    ];
    const manager = "import type { WorkerTokenManager } from '@worker-token/manager';\n";

    const good = await checkEdits(
      files,
      edit(`${manager}export const a = async (m: WorkerTokenManager) => (await m.loadToken())?.length;`),
    );
    const bad = await checkEdits(
      files,
      edit(`${manager}export const a = async (m: WorkerTokenManager) => (await m.loadToken()).length;`),
    );

    expect(good.rolledBack.size).toBe(0);
    expect(bad.rolledBack.get('a')).toContain('TS2531');
  });

  it('follows a solution-style tsconfig to the project that includes the file', async () => {
    const result = await checkEdits(
      {
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
        'tsconfig.app.json': TSCONFIG,
        'src/a.ts': 'export const a: number = 1;\n',
      },
      [{ file: 'src/a.ts', find: '1', text: 'null', component: 'a' }],
    );

    expect(result.rolledBack.get('a')).toContain('TS2322');
  });

  it('finds the error in a file of another tsconfig', async () => {
    const result = await checkEdits(
      {
        'lib/tsconfig.json': TSCONFIG,
        'lib/src/read.ts': "export function read(): string { return 'x'; }\n",
        'web/tsconfig.json': TSCONFIG,
        'web/src/use.ts': "import { read } from '../../lib/src/read';\nexport const size = read().length;\n",
      },
      [
        {
          file: 'lib/src/read.ts',
          find: 'function read(): string',
          text: 'async function read(): Promise<string>',
          component: 'read',
        },
      ],
    );

    expect(result.changed).toEqual([]);
    expect([...result.takenBack.keys()]).toEqual(['web/src/use.ts']);
  });

  it('checks JavaScript without a tsconfig for what is certainly wrong, and only for that', async () => {
    const files = {
      'src/a.js': 'export const a = 1;\n',
      'src/b.js': "import { a } from './a.js';\nexport const b = a;\n",
    };

    const unknownName = await checkEdits(files, [{ file: 'src/a.js', find: '= 1', text: '= missing', component: 'a' }]);
    const lostExport = await checkEdits(files, [
      { file: 'src/a.js', find: 'export const a', text: 'export const z', component: 'a' },
    ]);
    const typesOnly = await checkEdits(files, [{ file: 'src/a.js', find: '= 1', text: "= 1 - 'x'", component: 'a' }]);

    expect(unknownName.rolledBack.get('a')).toContain('TS2304');
    expect(lostExport.rolledBack.get('a')).toMatch(/TS2305|TS2724/);
    expect(typesOnly.changed).toEqual(['src/a.js']);
  });

  it('does not blame a created file for what one of its users gets wrong', async () => {
    const root = project({
      'tsconfig.json': TSCONFIG,
      'src/old.ts': 'export const m = { x: 1 };\n',
      'src/a.ts': "import { m } from './old';\nexport const a = m.x;\n",
      'src/b.ts': "import { m } from './old';\nexport const b = m;\n",
    });
    const use = (file: string, component: string) => ({ file, find: './old', text: './made', component });
    const created = { path: path.join(root, 'src/made.ts'), text: 'export const m = { y: 1 };\n', component: 'made' };
    const plan = planOf(root, [use('src/a.ts', 'a'), use('src/b.ts', 'b')], [created]);

    const { changes, result } = await check(root, plan);

    expect([...result.rolledBack.keys()]).toEqual(['a']);
    expect(changes.map((change) => path.basename(change.path)).sort()).toEqual(['b.ts', 'made.ts']);
  });

  it('takes a created file and those who import it back together', async () => {
    const root = project({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a = 1;\n' });
    const plan = planOf(
      root,
      [{ file: 'src/a.ts', find: 'export const a = 1;', text: "export { a } from './made';", component: 'a' }],
      [{ path: path.join(root, 'src/made.ts'), text: "export const a: number = 'no';\n", component: 'made' }],
    );

    const { changes, result } = await check(root, plan);

    expect(changes).toEqual([]);
    expect([...result.rolledBack.keys()].sort()).toEqual(['a', 'made']);
    expect(fs.existsSync(path.join(root, 'src/made.ts'))).toBe(false);
  });
});
