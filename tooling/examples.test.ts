// Every ```ts and ```tsx block in the READMEs and docs compiles against the sources of the packages.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { files, root } from './repository.js';

const folder = join(root, '.cache', 'examples');
const tsc = join(root, 'tooling/tsc7/node_modules/typescript/bin/tsc');

/** Entry of a workspace package as readers import it → its source. */
function sources(): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const manifest of files('packages/*/package.json', 'codemods/*/package.json')) {
    const { name, exports = {} } = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as {
      name: string;
      exports?: Record<string, string | Record<string, string>>;
    };
    for (const [entry, target] of Object.entries(exports)) {
      const source = typeof target === 'string' ? target : target['@worker-token/source'];
      if (source?.endsWith('.ts')) paths[name + entry.slice(1)] = [join(root, dirname(manifest), source)];
    }
  }
  return paths;
}

/** The blocks of a page, each with the line it starts at. A block may leave out imports it shares with the ones before it: they are joined per page where marked `continued`. */
function blocks(page: string): { line: number; language: string; code: string }[] {
  return [...page.matchAll(/^```(tsx?)\n([\s\S]*?)^```/gm)].map((match) => ({
    line: page.slice(0, match.index).split('\n').length + 1,
    language: match[1] ?? 'ts',
    code: match[2] ?? '',
  }));
}

function write(): number {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let count = 0;
  for (const page of files('README.md', '*/*/README.md', 'docs/**/*.md').filter(
    (file) => !file.includes('/fixtures/'),
  )) {
    for (const { line, language, code } of blocks(readFileSync(join(root, page), 'utf8'))) {
      count++;
      writeFileSync(join(folder, `${page.replace(/\W+/g, '-')}-line-${line}.${language}`), `${code}\nexport {};\n`);
    }
  }
  const server = join(root, 'packages/server/node_modules');
  const redis = join(root, 'packages/redis/node_modules');
  const react = (name: string) => join(root, 'packages/react/node_modules', name);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: {
        lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        jsx: 'react-jsx',
        types: [join(root, 'node_modules/@types/node')],
        paths: {
          ...sources(),
          unstorage: [join(root, 'packages/storage/node_modules/unstorage')],
          'unstorage/drivers/fs': [join(root, 'packages/storage/node_modules/unstorage/drivers/fs')],
          hono: [join(server, 'hono')],
          express: [join(server, '@types/express')],
          fastify: [join(server, 'fastify')],
          '@hono/node-server': [join(server, '@hono/node-server')],
          ioredis: [join(redis, 'ioredis')],
          redis: [join(redis, 'redis')],
          '@tanstack/react-query': [react('@tanstack/react-query')],
          react: [react('@types/react')],
          'react/jsx-runtime': [join(react('@types/react'), 'jsx-runtime')],
          'react-dom/client': [join(react('@types/react-dom'), 'client')],
          eslint: [join(root, 'node_modules/eslint')],
          'eslint/config': [join(root, 'node_modules/eslint/lib/types/config-api.d.ts')],
          vitest: [join(root, 'node_modules/vitest')],
        },
      },
      include: ['*.ts', '*.tsx'],
    }),
  );
  return count;
}

it('compile', () => {
  expect(write()).toBeGreaterThan(5);
  const run = spawnSync(process.execPath, [tsc, '--noEmit', '-p', folder], { encoding: 'utf8' });
  expect(run.stdout.split('\n').filter((line) => line.includes('error TS'))).toEqual([]);
});
