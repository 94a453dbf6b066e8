/** The end-to-end suite on one target, named by `E2E_TARGET`: `legacy`, `migrated`, `sample` or `compiled`. */
import { defineConfig } from 'vitest/config';
import { targetName } from './src/target-name.js';

const conditions = ['@worker-token/source', 'import', 'module', 'default'];
const managed = targetName() !== 'legacy';
const sample = targetName() === 'sample' || targetName() === 'compiled';

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: `e2e ${targetName()}`,
    // What only the manager can do is not asked of the app that has none; what the sample has beyond, of no other.
    include: [
      'src/**/*.test.ts',
      'specs/shared/*.test.ts',
      ...(managed ? ['specs/managed/*.test.ts'] : []),
      ...(sample ? ['specs/added/*.test.ts', 'specs/live/*.test.ts'] : []),
    ],
    fileParallelism: false,
    // A browser under load may be late once; what passed on a second try is named at the end of `npm test`.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
