// The README shows what the codemod really does to a file of apps/legacy: the diff there is the diff in the migrated copy.
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './repository.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const shown = /<!-- diff of (\S+) -->\s+```diff\n([\s\S]*?)```/.exec(readme);

it('shows a real migration', () => {
  const [, file = '', block = ''] = shown ?? [];
  const copy = join(root, '.cache/migrated/legacy');
  const { stdout } = spawnSync('git', ['diff', '--unified=100', '--', file], { cwd: copy, encoding: 'utf8' });
  const real = stdout.slice(stdout.indexOf('\n', stdout.indexOf('@@')) + 1);
  // the README has spaces for tabs, and no blanks at line ends
  const plain = (diff: string) => diff.replaceAll('\t', '  ').replace(/ +$/gm, '');
  expect(plain(block)).toBe(plain(real));
});
