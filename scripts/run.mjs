#!/usr/bin/env node
// The one entry of `npm start`, `npm test` and the other root scripts. Needs nothing but Node, npm and git.
import { join } from 'node:path';
import { checkNode, install } from './packages.mjs';
import { fail, must, root, stayWith } from './shell.mjs';

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
    check();
  },
  suites: async (args) => {
    const { suites } = await import('./test.mjs');
    suites(args);
  },
  docs: async (args) => {
    must('Building the site of the documentation', process.execPath, [join(root, 'site', 'build.mjs')]);
    if (args.includes('--serve')) stayWith(process.execPath, [join(root, 'site', 'serve.mjs')]);
  },
  'test:full': async () => {
    const { testFull } = await import('./test.mjs');
    testFull({ build });
  },
};

// `node scripts/run.mjs --node 22 test`: the same task on that version of Node
if (process.argv[2] === '--node') {
  const { onNode } = await import('./node-versions.mjs');
  const [major = '', task = 'test', ...args] = process.argv.slice(3);
  onNode(major, task, args);
}

const [name = '', ...args] = process.argv.slice(2);
const task = tasks[name];
if (!task) fail(`Unknown task "${name}". Known ones: ${Object.keys(tasks).join(', ')}.`);
checkNode();
install();
await task(args);
