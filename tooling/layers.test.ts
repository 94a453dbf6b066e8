// Layers and import cycles: the rules of .dependency-cruiser.cjs hold for the tree, and they notice what they should.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { root } from './repository.js';

const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = join(root, '.dependency-cruiser.cjs');
const folders: string[] = [];

function violations(folder: string): string[] {
  const run = spawnSync(
    process.execPath,
    [cruiser, 'packages', 'codemods', 'apps', '--config', config, '--output-type', 'json'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  );
  const { summary } = JSON.parse(run.stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'));
  folders.push(folder);
  for (const name of ['packages', 'codemods', 'apps']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'tsconfig.base.json'), '{}');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('holds for this repository', () => {
  expect(violations(root)).toEqual([]);
});

it('notices an import upwards, a cycle, and an import of the own index', () => {
  const folder = tree({
    'packages/storage/src/a.ts': "import '../../manager/src/b.js';\nimport './index.js';\n",
    'packages/storage/src/index.ts': "export * from './c.js';\n",
    'packages/storage/src/c.ts': "import type { D } from './d.js';\nexport type C = D;\n",
    'packages/storage/src/d.ts': "import type { C } from './c.js';\nexport type D = C;\n",
    'packages/manager/src/b.ts': 'export {};\n',
  });
  expect(
    violations(folder)
      .map((line) => line.split(':')[0])
      .sort(),
  ).toEqual(['no-cycle', 'no-own-index', 'storage-layer']);
});
