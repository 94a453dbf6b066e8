// Releases all packages the way the release workflow does, from a copy of the tree: versions by changesets, a build, and published.
import { execFile, execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { files, root, workspaceFolders } from '../repository.js';
import type { Registry } from './registry.js';

export interface Released {
  /** Version by name. */
  versions: Record<string, string>;
  /** What people read about this release, by name. */
  changelogs: Record<string, string>;
}

interface Manifest {
  name: string;
  version: string;
  private?: boolean;
}

/** Their code repeats a version, so they are built anew with the new one; the others are taken as they were built. */
const builtAgain = ['packages/eslint-plugin', 'codemods/migrate-worker-token'];
const folders = workspaceFolders().filter((folder) => !folder.startsWith('apps/'));
/** Beside the registry, which answers from this process. */
const run = promisify(execFile);

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** What git tracks, as a commit, what was built, and what an install would link. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'release-'));
  for (const file of files(
    'packages',
    'codemods',
    '.changeset',
    'scripts',
    '*.json',
    '*.yaml',
    'LICENSE',
    '.gitignore',
  )) {
    if (/\/(test|fixtures|docs|evaluation)\//.test(file)) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  // `node_modules/` in the file means folders; here they are links
  appendFileSync(join(copy, '.gitignore'), 'node_modules\n.cache\n.npmrc\n');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: copy });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'The tree to release');
  for (const name of ['node_modules', '.cache']) symlinkSync(join(root, name), join(copy, name));
  for (const folder of folders) linkPackage(copy, folder);
  return copy;
}

function linkPackage(copy: string, folder: string): void {
  const dist = join(root, folder, 'dist');
  if (existsSync(dist)) cpSync(dist, join(copy, folder, 'dist'), { recursive: true });
  const installed = join(root, folder, 'node_modules');
  const scope = join(copy, folder, 'node_modules/@worker-token');
  mkdirSync(scope, { recursive: true });
  for (const name of existsSync(installed) ? readdirSync(installed) : []) {
    if (name !== '@worker-token') symlinkSync(join(installed, name), join(copy, folder, 'node_modules', name));
  }
  for (const other of folders) {
    symlinkSync(join(copy, other), join(scope, manifestOf(join(copy, other)).name.split('/')[1] ?? ''));
  }
}

export async function release(registry: Registry): Promise<Released> {
  const copy = copyTree();
  try {
    writeFileSync(join(copy, '.npmrc'), `registry=${registry.url}\n${registry.npmrc}`);
    await run(process.execPath, ['scripts/release.mjs', 'version', '--no-pages'], { cwd: copy });
    for (const folder of builtAgain) {
      const cwd = join(copy, folder);
      await run(join(cwd, 'node_modules/.bin/tsup'), ['--silent'], { cwd });
    }
    await run(process.execPath, ['scripts/release.mjs', 'publish'], { cwd: copy });
    return releasedIn(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function releasedIn(copy: string): Released {
  const released: Released = { versions: {}, changelogs: {} };
  for (const folder of folders.map((name) => join(copy, name))) {
    const { name, version, private: kept } = manifestOf(folder);
    if (kept) continue;
    released.versions[name] = version;
    released.changelogs[name] = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
  }
  return released;
}
