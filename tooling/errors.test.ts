// Every error code has a line in docs/errors.md, and every line there has a code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './repository.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const storage = all(read('packages/storage/src/errors.ts'), /super\(\s*'([a-z-]+)'/g);
const server = all(read('packages/server/src/errors.ts'), /super\(\s*'([a-z-]+)'/g);
const fleet = all(read('packages/redis/src/errors.ts'), /readonly code = '([a-z-]+)'/g);
const simulator = all(read('packages/pingone-simulator/src/errors.ts'), /super\(\s*'([a-z-]+)'/g);
const codemod = all(read('codemods/migrate-worker-token/src/errors.ts'), /readonly code = '([a-z0-9-]+)'/g);
const union = /WorkerTokenErrorKind =([^;]+);/.exec(read('packages/manager/src/errors.ts'))?.[1] ?? '';
const manager = all(union, /'([a-z-]+)'/g);

it('documents every error code, and no other', () => {
  const documented = all(read('docs/errors.md'), /^\| `([a-z0-9-]+)`\s*\|/gm);
  expect(storage.length).toBeGreaterThan(5);
  expect(manager.length).toBeGreaterThan(5);
  expect([...documented].sort()).toEqual(
    [...manager, ...storage, ...server, ...fleet, ...simulator, ...codemod].sort(),
  );
});
