// The project speaks of itself alone: no paths of somebody's machine, no registry hosts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { files, root } from './repository.js';

const text = files().filter(
  (file) => !/\.(png|svg|ico|woff2?)$/.test(file) && file !== 'tooling/speaks-of-itself.test.ts',
);
const read = (file: string) => readFileSync(join(root, file), 'utf8');

it('names no machine path and no registry host', () => {
  const machine = /(^|[^A-Za-z0-9_.-])\/(home|root|work|farm)\/[a-z.]+\/|https?:\/\/(registry|deb)\./m;
  expect(text.filter((file) => file !== 'pnpm-lock.yaml' && machine.test(read(file)))).toEqual([]);
});

it('keeps the lockfile free of addresses', () => {
  expect(read('pnpm-lock.yaml').match(/https?:\/\/\S+/g) ?? []).toEqual([]);
});
