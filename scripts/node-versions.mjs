// `npm run test:node22`, `test:node24`: every check of `npm test` on another version of Node, which comes from the npm registry into .cache.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cache, env, fail, root, run } from './shell.mjs';

/** What the tests were last run on; raise them together. */
const NODES = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' };

/** Folder of the program. The package is the bare program of Node's own builds, without install scripts. */
function fetchNode(version) {
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(cache, 'node', version);
  const bin = join(home, 'node_modules', name, 'bin');
  if (existsSync(bin)) return bin;
  mkdirSync(home, { recursive: true });
  const args = ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  if (run(`Fetching Node ${version} into .cache`, 'npm', [...args, `${name}@${version}`]) !== 0) {
    fail(`Node ${version} could not be fetched as ${name}. Install it yourself and run npm test with it.`);
  }
  return bin;
}

/** Ends with the exit code of the task. */
export function onNode(major, task, args) {
  const version = NODES[major];
  if (!version) fail(`Node ${major} is not one that is tested. Known ones: ${Object.keys(NODES).join(', ')}.`);
  const bin = fetchNode(version);
  // the npm that started this is of the other Node
  const inherited = { ...env, PATH: [bin, env.PATH].join(delimiter), npm_execpath: '' };
  const { status } = spawnSync(join(bin, 'node'), [join(root, 'scripts', 'run.mjs'), task, ...args], {
    stdio: 'inherit',
    env: inherited,
  });
  process.exit(status ?? 1);
}
