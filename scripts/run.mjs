#!/usr/bin/env node
// The one entry of `npm start`, `npm test` and the other root scripts. Needs nothing but Node, npm and git.
import { checkNode, install } from './packages.mjs';
import { fail, must } from './shell.mjs';

const build = (...args) => must('Building', 'turbo', ['run', 'build', '--output-logs=errors-only', ...args]);

const tasks = {
  install: () => {},
  build: () => build(),
  start: async (args) => {
    const { start } = await import('./start.mjs');
    build();
    start(args);
  },
  test: async () => {
    const { test } = await import('./test.mjs');
    test({ build });
  },
  check: async () => {
    const { check } = await import('./test.mjs');
    check({ build });
  },
  'test:full': async () => {
    const { testFull } = await import('./test.mjs');
    testFull({ build });
  },
};

const [name = '', ...args] = process.argv.slice(2);
const task = tasks[name];
if (!task) fail(`Unknown task "${name}". Known ones: ${Object.keys(tasks).join(', ')}.`);
checkNode();
install();
await task(args);
