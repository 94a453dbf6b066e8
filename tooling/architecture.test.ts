// The source map in docs/architecture.md has one line per folder: no more, no fewer.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, workspaceFolders } from './repository.js';

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const listed = [...page.matchAll(/^\| `([\w/.-]+)\/`\s*\|/gm)].map((match) => match[1] ?? '');
const parts = (folder: string) =>
  readdirSync(join(root, folder, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/src/${entry.name}`);
const single = ['e2e', 'bench', 'docs', 'scripts', 'site', 'tooling', '.changeset'];

it('lists every folder of the workspace, and only those', () => {
  const inner = workspaceFolders()
    .filter((folder) => folder.startsWith('codemods/'))
    .flatMap(parts);
  expect([...listed].sort()).toEqual([...workspaceFolders(), ...inner, ...single].sort());
});
