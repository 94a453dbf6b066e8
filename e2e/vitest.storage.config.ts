/** Credential storage in a real Chromium: what fakes of IndexedDB, Web Storage and BroadcastChannel cannot show. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'e2e storage',
    include: ['specs/storage/*.test.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
