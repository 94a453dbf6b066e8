/**
 * Data travels one way, and the folders show it: credentials → storage → manager → react → apps.
 * Checked by tooling/layers.test.ts.
 */
const only = (from, allowed, comment) => ({
  name: `${from.replace(/^(packages|codemods|apps)\//, '')}-layer`,
  comment,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: '\\.(test|test-d)\\.tsx?$|/test/|/bench/|\\.config\\.ts$' },
  to: { path: '^(packages|codemods|apps)/', pathNot: `^(${[from, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'No file imports itself back, types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-own-index',
      comment: 'Only index.ts re-exports; no file imports its own package’s index.ts.',
      severity: 'error',
      from: { path: '^((?:packages|codemods|apps)/[^/]+)/src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^$1/src/index\\.ts$' },
    },
    only('packages/storage', [], 'Storage is the bottom layer.'),
    only('packages/manager', ['packages/storage'], 'The manager knows storage, and nothing above itself.'),
    only('packages/react', ['packages/storage', 'packages/manager'], 'Hooks know manager and storage.'),
    only(
      'packages/server',
      ['packages/storage', 'packages/manager'],
      'The server adapts the manager; it knows nothing above.',
    ),
    only(
      'packages/redis',
      ['packages/storage', 'packages/manager'],
      'Redis adapts the contracts below; they do not know it.',
    ),
    only('packages/legacy-signals', [], 'Signals are a table and pure recognisers.'),
    only('packages/eslint-plugin', ['packages/legacy-signals'], 'Lint never imports the runtime packages.'),
    only(
      'codemods/migrate-worker-token',
      ['packages/legacy-signals'],
      'The codemod never imports the runtime packages.',
    ),
    only('packages/pingone-simulator', [], 'The simulator is used by tests, e2e and the apps only.'),
    only('apps/ui-kit', [], 'What both apps look like knows nothing of credentials.'),
    {
      name: 'simulator-users',
      comment: 'The simulator is used by tests, e2e and the apps only.',
      severity: 'error',
      from: { path: '^(packages|codemods)/[^/]+/src/', pathNot: '^packages/pingone-simulator/|\\.test\\.tsx?$' },
      to: { path: '^packages/pingone-simulator/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/fixtures/|\\.cache/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@worker-token/source', 'import', 'types', 'default'],
    },
  },
};
