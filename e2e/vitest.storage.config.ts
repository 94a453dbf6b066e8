/** Credential storage in a real Chromium: what fakes of IndexedDB, Web Storage and BroadcastChannel cannot show. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: 'e2e storage',
    include: ['specs/storage/*.test.ts'],
    fileParallelism: false,
    // A browser under load may be late once; what passed on a second try is named at the end of `npm test`.
    retry: 1,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
