// Gets the pinned pnpm into .cache and installs the workspace with the frozen lockfile. No global pnpm, no corepack needed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, fail, must, prependPath, root, run, say } from './shell.mjs';

const noNetwork =
  'Is there a network? The packages come from the npm registry that this machine is set up for (npm config get registry).';

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19) || major === 21) {
    fail(
      `Node 20.19 or newer is needed (20, 22 or 24), this is ${process.version}. Install one of those and run the command again.`,
    );
  }
}

function pinned() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, version, hash] = /^pnpm@([^+]+)\+sha512\.([0-9a-f]+)$/.exec(packageManager) ?? [];
  if (!version)
    fail(`package.json: "packageManager" should read pnpm@<version>+sha512.<hex>, it is "${packageManager}".`);
  return { version, integrity: `sha512-${Buffer.from(hash, 'hex').toString('base64')}` };
}

/** Puts the pinned pnpm on PATH and returns its script. It lives outside node_modules, which an install may have to recreate. */
export function ensurePnpm() {
  const { version, integrity } = pinned();
  const home = join(cache, 'pnpm', version);
  const script = join(home, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  prependPath(join(root, 'node_modules', '.bin'), join(home, 'node_modules', '.bin'));
  if (existsSync(script)) return script;
  mkdirSync(home, { recursive: true });
  const args = [
    'install',
    '--prefix',
    home,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
    `pnpm@${version}`,
  ];
  const npm = process.env.npm_execpath;
  const [command, first] = npm && /npm-cli\.js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  if (run(`Fetching pnpm ${version} into .cache`, command, [...first, ...args]) !== 0) {
    rmSync(home, { recursive: true, force: true });
    fail(`pnpm ${version} could not be fetched. ${noNetwork}`);
  }
  const lock = JSON.parse(readFileSync(join(home, 'node_modules', '.package-lock.json'), 'utf8'));
  const got = lock.packages['node_modules/pnpm'].integrity;
  if (got !== integrity) {
    rmSync(home, { recursive: true, force: true });
    fail(`pnpm ${version} has the checksum ${got}, package.json pins ${integrity}. It was not used.`);
  }
  return script;
}

/** What an install depends on: the lockfile and every manifest. */
function manifestHash() {
  const hash = createHash('sha256');
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
  for (const group of ['packages', 'codemods', 'apps', 'tooling']) {
    for (const name of readdirSync(join(root, group)).sort()) files.push(join(group, name, 'package.json'));
  }
  files.push('e2e/package.json', 'bench/package.json');
  for (const file of files) if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  return hash.update(process.version).digest('hex');
}

export function install() {
  const pnpm = ensurePnpm();
  const mark = join(cache, 'installed');
  const now = manifestHash();
  if (existsSync(join(root, 'node_modules')) && existsSync(mark) && readFileSync(mark, 'utf8') === now) {
    say('Packages are up to date');
    return;
  }
  must(
    'Installing packages',
    process.execPath,
    [pnpm, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    {
      hint: noNetwork,
    },
  );
  writeFileSync(mark, now);
}
