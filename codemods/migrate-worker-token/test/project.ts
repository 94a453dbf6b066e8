/** Small projects on disk for tests, and plans made by hand. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Edit, FileChange, Plan, Site } from '../src/types.js';

/** A folder with these files; it goes away with the test. */
export function project(files: Record<string, string>): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'worker-token-test-')));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  return root;
}

export const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    noUnusedLocals: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2022', 'dom'],
    types: [],
    noEmit: true,
  },
  include: ['src'],
});

/** Every path below `root` with its content. */
export function snapshot(root: string): Record<string, string> {
  const names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => fs.statSync(path.join(root, name)).isFile() && !name.startsWith('.git'));
  return Object.fromEntries(files.sort().map((name) => [name, fs.readFileSync(path.join(root, name), 'utf8')]));
}

export interface Replacement {
  file: string;
  find: string;
  text: string;
  component: string;
}

/** A plan that replaces the first occurrence of each `find`. */
export function planOf(root: string, replacements: Replacement[], creates: Plan['creates'] = []): Plan {
  const edits: Edit[] = [];
  const sites: Site[] = [];
  for (const { file, find, text, component } of replacements) {
    const source = fs.readFileSync(path.join(root, file), 'utf8');
    const start = source.indexOf(find);
    if (start < 0) throw new Error(`${file} has no "${find}"`);
    edits.push({ file: path.join(root, file), start, end: start + find.length, text, component });
    const line = source.slice(0, start).split('\n').length;
    const column = start - source.lastIndexOf('\n', start - 1);
    sites.push({ file, line, column, pattern: 'read-token', status: 'migrated', before: find, after: text, component });
  }
  return { sites, edits, creates, unparsable: [] };
}

/** What the rewrite stage does, for plans made by hand. */
export function apply(plan: Plan, excluded: ReadonlySet<string>, read = fromDisk): FileChange[] {
  const edits = plan.edits.filter((edit) => !excluded.has(edit.component));
  const changes = [...new Set(edits.map((edit) => edit.file))].map((file): FileChange => {
    const before = read(file);
    const own = edits.filter((edit) => edit.file === file).sort((a, b) => b.start - a.start);
    const after = own.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), before);
    return { path: file, before, after, components: [...new Set(own.map((edit) => edit.component))] };
  });
  const created = plan.creates.filter((file) => !excluded.has(file.component));
  return [
    ...changes,
    ...created.map((file) => ({ path: file.path, before: null, after: file.text, components: [file.component] })),
  ];
}

function fromDisk(file: string): string {
  return fs.readFileSync(file, 'utf8');
}
