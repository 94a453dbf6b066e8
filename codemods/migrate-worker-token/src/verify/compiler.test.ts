import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';
import { project } from '../../test/project.js';
import { compilerFor } from './compiler.js';

it("takes the project's own compiler", async () => {
  const root = project({ 'package.json': '{}' });
  const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  fs.mkdirSync(path.join(root, 'node_modules'));
  fs.symlinkSync(typescript, path.join(root, 'node_modules/typescript'));

  const compiler = await compilerFor(root);

  expect(compiler.source).toBe('project');
  expect(typeof compiler.ts.createProgram).toBe('function');
});

it('takes the bundled one, with its library files, where the project has none', async () => {
  const compiler = await compilerFor(project({}));

  expect(compiler.source).toBe('bundled');
  expect(compiler.libFile(`${compiler.libFolder}/lib.es2022.d.ts`)).toContain('reference lib');
});

it.each([
  ['is native and has no API', "exports.version = '7.0.2';"],
  ['is too old', "exports.version = '4.9.5'; exports.createProgram = () => {};"],
  ['is broken', "throw new Error('broken');"],
])('takes the bundled one where the one of the project %s', async (_, text) => {
  const root = project({
    'node_modules/typescript/package.json': '{ "main": "lib.js" }',
    'node_modules/typescript/lib.js': text,
  });

  expect((await compilerFor(root)).source).toBe('bundled');
});
