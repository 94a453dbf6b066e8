import { defineConfig } from 'vitest/config';

// One run for all packages. Workspace imports resolve to sources (the `@worker-token/source` condition): no build is needed.
const conditions = ['@worker-token/source', 'import', 'module', 'default'];
// Where Express runs: the conditions of `ssr` hold for its `require`, too, and `import` would give it ES modules there.
const requiring = ['@worker-token/source', 'module', 'node'];
const project = (root: string, options: object = {}, ssrConditions: string[] = conditions) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions: ssrConditions } },
  test: {
    name: root.split('/').at(-1) ?? root,
    root,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    ...options,
  },
});

/** The suite of packages/react once more, on the older React that it supports. */
const react18 = ['react-dom', 'react', '@testing-library/react'].map((name) => ({
  find: new RegExp(`^${name}(/.*)?$`),
  replacement: `${import.meta.dirname}/tooling/react-18/node_modules/${name}$1`,
}));

export default defineConfig({
  test: {
    // `npm run check` runs what imports the changed files, and not everything whenever a manifest changed
    forceRerunTriggers: [],
    projects: [
      project('packages/storage'),
      project('packages/manager'),
      project('packages/react', { environment: 'happy-dom', exclude: ['test/react-18.test.tsx'] }),
      project('packages/react', {
        name: 'react-18',
        environment: 'happy-dom',
        // Bundles are the same whatever React is installed; the Suspense hook is for React 19; the query library brings its own React.
        exclude: [
          'src/use-suspense-worker-token.test.tsx',
          'test/use-client.test.ts',
          'test/devtools-bundle.test.ts',
          'test/query-library.test.tsx',
        ],
        alias: react18,
      }),
      project('packages/server', { testTimeout: 30_000 }, requiring),
      project('packages/redis', { testTimeout: 60_000 }),
      project('packages/legacy-signals'),
      project('packages/eslint-plugin', { testTimeout: 30_000 }),
      project('packages/pingone-simulator'),
      project('codemods/migrate-worker-token', { testTimeout: 120_000 }),
      project('tooling', { include: ['*.test.ts'], testTimeout: 60_000 }),
      project('tooling/consumers', {
        include: ['*.test.ts'],
        exclude: process.env['TEST_FULL'] ? [] : ['next.test.ts'],
        globalSetup: ['released.ts'],
        testTimeout: 120_000,
        hookTimeout: 300_000,
      }),
    ],
  },
});
