/** Refuses to write where git could not show or undo what was written. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { GitError } from '../errors.js';

const FORCE = 'To go on all the same: --force. To only look: --dry-run.';

/** @throws GitError if `paths` have uncommitted changes or are in no git repository. */
export function assertRestorable(paths: readonly string[]): void {
  for (const target of paths) {
    const folder = fs.statSync(target).isDirectory() ? target : path.dirname(target);
    const status = git(folder, ['status', '--porcelain', '--untracked-files=no', '--', target]);
    if (status === null) {
      throw new GitError(
        `${target} is in no git repository, so there would be no diff to review and no way back. ${FORCE}`,
      );
    }
    const files = status.split('\n').filter(Boolean);
    if (files.length > 0) throw new GitError(dirtyMessage(target, files));
  }
}

/**
 * The same for the very files that are to be written; here one that git does not know yet counts, too.
 * @throws GitError
 */
export function assertCommitted(files: readonly string[]): void {
  for (const folder of new Set(files.map((file) => path.dirname(file)))) {
    const own = files.filter((file) => path.dirname(file) === folder);
    const status = git(folder, ['status', '--porcelain', '--untracked-files=all', '--', ...own]);
    const lines = (status ?? '').split('\n').filter(Boolean);
    if (lines.length > 0) throw new GitError(dirtyMessage(folder, lines));
  }
}

function dirtyMessage(target: string, files: string[]): string {
  const shown = files.slice(0, 5).map((line) => `  ${line}`);
  const more = files.length > 5 ? [`  … and ${files.length - 5} more`] : [];
  return [
    `${target} has uncommitted changes:`,
    ...shown,
    ...more,
    `Commit or stash them first, so that "git diff" shows this migration alone. ${FORCE}`,
  ].join('\n');
}

/** Output, or null where git is missing or this is no repository. */
function git(folder: string, args: string[]): string | null {
  const result = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return result.status === 0 ? result.stdout : null;
}
