// Rule pages and the README's table are what the generator writes: `npm run docs` in this package. It reads a built plugin, so a copy of
// the package with one is made for it.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { bundlePlugin } from './bundle.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = join(root, 'node_modules/.cache/pages');
const bin = join(root, 'node_modules/eslint-doc-generator/dist/bin/eslint-doc-generator.js');
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const check = () =>
  promisify(execFile)(process.execPath, [bin, '--check'], { cwd: copy }).then(
    () => '',
    (error: unknown) => JSON.stringify(error),
  );

it('has pages and a table that the generator would write the same, and sees one that differs', async () => {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of ['docs', 'README.md', 'package.json', '.eslint-doc-generatorrc.js'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  await bundlePlugin(join(copy, 'dist/index.js'));
  expect(await check()).toBe('');
  writeFileSync(join(copy, 'docs/rules/no-credential-in-url.md'), '# no-credential-in-url\n');
  expect(await check()).not.toBe('');
}, 60_000);
