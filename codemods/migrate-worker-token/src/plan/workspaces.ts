/** Packages of the same repository, imported by name: their sources are as good as a relative import. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findFile } from './find-file.js';

const MAX_DEPTH = 3;

/** Names of the packages below the root, with their folders. */
export function workspacePackages(root: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (folder: string, depth: number): void => {
    const manifest = join(folder, 'package.json');
    const name = existsSync(manifest) ? /"name"\s*:\s*"([^"]+)"/.exec(readFileSync(manifest, 'utf8'))?.[1] : undefined;
    if (name) found.set(name, folder);
    if (depth === MAX_DEPTH) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
        visit(join(folder, entry.name), depth + 1);
    }
  };
  visit(root, 0);
  return found;
}

/** The source file that a package's name, or a path in it, means. */
export function fromWorkspace(packages: Map<string, string>, specifier: string): string | null {
  const name = [...packages.keys()].find((known) => specifier === known || specifier.startsWith(`${known}/`));
  const folder = name === undefined ? undefined : packages.get(name);
  if (name === undefined || folder === undefined) return null;
  const rest = specifier.slice(name.length + 1);
  if (rest) return findFile(join(folder, rest)) ?? findFile(join(folder, 'src', rest));
  const main = /"(?:source|main|module)"\s*:\s*"([^"]+)"/.exec(readFileSync(join(folder, 'package.json'), 'utf8'))?.[1];
  const source = findFile(join(folder, 'src', 'index'));
  return source ?? (main ? findFile(join(folder, main)) : null) ?? findFile(join(folder, 'index'));
}
