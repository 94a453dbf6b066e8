import { defineConfig } from 'vitest/config';

// One run for all packages. Workspace imports resolve to sources (the `@worker-token/source` condition): no build is needed.
const conditions = ['@worker-token/source', 'import', 'module', 'default'];
const project = (root: string, options: object = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: root.split('/').at(-1) ?? root,
    root,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    ...options,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('packages/storage'),
      project('packages/manager'),
      project('packages/react', { environment: 'happy-dom' }),
      project('packages/legacy-signals'),
      project('packages/eslint-plugin', { testTimeout: 30_000 }),
      project('packages/pingone-simulator'),
      project('codemods/migrate-worker-token', { testTimeout: 120_000 }),
      project('tooling', { include: ['**/*.test.ts'], testTimeout: 60_000 }),
    ],
  },
});
