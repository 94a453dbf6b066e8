// Where things are. Shared by the checks in this folder.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders of all workspace packages, relative to the root. */
export function workspaceFolders(): string[] {
  return ['packages', 'codemods', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
}

/** Files that git tracks or would track, relative to the root. */
export function files(...patterns: string[]): string[] {
  const out = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--deduplicate', '--', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  });
  return out.split('\n').filter(Boolean);
}
