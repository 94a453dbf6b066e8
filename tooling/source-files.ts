// The source files of an app, relative to its folder.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export function sourceFiles(app: string): string[] {
  return readdirSync(join(app, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(app, join(entry.parentPath, entry.name)));
}
