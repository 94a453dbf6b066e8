/** What leads from the root of the git repository to a folder in it. */
import fs from 'node:fs';
import path from 'node:path';

/** `packages/web/`; empty at the root, and where there is no repository. */
export function repositoryPrefix(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) {
      const relative = path.relative(at, folder).split(path.sep).join('/');
      return relative === '' ? '' : `${relative}/`;
    }
    if (at === path.dirname(at)) return '';
  }
}
