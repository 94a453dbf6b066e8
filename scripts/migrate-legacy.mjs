// Copies apps/legacy aside, into a git repository of its own, and runs the codemod on the copy, for real.
// `git diff` there shows what the codemod did. Used by `npm start` and by the end-to-end tests.
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cache, env, fail, quiet, root, run } from './shell.mjs';

export const migrated = join(cache, 'migrated', 'legacy');
export const reports = join(cache, 'migrated', 'report');
const leftOut = new Set(['node_modules', 'dist', '.turbo']);

function copy() {
  rmSync(join(cache, 'migrated'), { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const from = join(root, 'apps', 'legacy');
  cpSync(from, migrated, { recursive: true, filter: (path) => !leftOut.has(relative(from, path).split(/[\\/]/)[0]) });
  // what `npm install` would bring: the old dependencies and the packages that the codemod adds
  symlinkSync(join(root, 'apps', 'sample', 'node_modules'), join(migrated, 'node_modules'));
  writeFileSync(join(migrated, '.gitignore'), 'node_modules\ndist\n');
}

function commitAsItWas() {
  const git = (...args) =>
    quiet('git', ['-c', 'user.name=worker-token', '-c', 'user.email=worker-token@example.invalid', ...args], {
      cwd: migrated,
    });
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'The legacy app, as it was'],
  ]) {
    const { code, err } = git(...args);
    if (code !== 0) fail(`git ${args[0]} failed in the copy of the legacy app: ${err.trim()}`);
  }
}

/** Exit code of the codemod: 0 nothing left, 1 some sites left for a person. Anything else ends everything. */
export function migrateLegacy() {
  copy();
  commitAsItWas();
  const bin = join(root, 'codemods', 'migrate-worker-token', 'bin', 'migrate-worker-token.js');
  const args = [bin, '.', '--report', join(reports, 'report.json'), '--report', join(reports, 'report.html')];
  const code = run('Migrating a copy of apps/legacy with the codemod', process.execPath, args, { cwd: migrated, env });
  if (code > 1) fail(`The codemod ended with ${code} on the copy of apps/legacy in ${relative(root, migrated)}.`);
  return code;
}
