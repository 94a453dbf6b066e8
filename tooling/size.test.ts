// What a page pays for the usual imports stays under the ceilings of bench/size-rows.mjs.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './repository.js';

it('holds the ceilings; needs the built packages', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'bench/size.mjs')], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/storage\/core: .* kB/);
  expect(status).toBe(0);
});
