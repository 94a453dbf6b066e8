/** Vitest with one mutant in the place of the manager: `MUTANT` is its index in the table. Nothing is written to disk. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { mutants } from './mutants.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const conditions = ['@worker-token/source', 'import', 'module', 'default'];
const edits = mutants[Number(process.env['MUTANT'])]?.edits ?? [];
const pathOf = (file: string) =>
  fileURLToPath(new URL(file.startsWith('../') ? `../${file}` : `../src/${file}`, import.meta.url));

export default defineConfig({
  root,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      load(id) {
        const mine = edits.filter(({ file }) => pathOf(file) === id.split('?')[0]);
        if (mine.length === 0) return null;
        return mine.reduce(
          (text, { find, put }) => text.replace(find, () => put),
          readFileSync(pathOf(mine[0]?.file ?? ''), 'utf8'),
        );
      },
    },
  ],
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], testTimeout: 5_000, fileParallelism: false },
});
