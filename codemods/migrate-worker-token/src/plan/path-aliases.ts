/** Import addresses such as `@/api/token`: read from `paths` of the nearest tsconfig or jsconfig. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface PathAlias {
  prefix: string;
  target: string;
}

/** The aliases in force in `folder`, from the nearest configuration up to `root`. */
export function pathAliases(folder: string, root: string): PathAlias[] {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ['tsconfig.json', 'tsconfig.app.json', 'jsconfig.json']) {
      const found = readAliases(join(at, name));
      if (found.length > 0) return found;
    }
    if (at === root || dirname(at) === at) return [];
  }
}

const MAX_EXTENDS = 4;

/** Of the configuration that this one extends, where that is a file of the project. */
function inherited(file: string, text: string, depth: number): PathAlias[] {
  const base = /"extends"\s*:\s*"(\.[^"]*)"/.exec(text)?.[1];
  if (!base) return [];
  const path = resolve(dirname(file), base);
  return readAliases(existsSync(path) ? path : `${path}.json`, depth + 1);
}

function readAliases(file: string, depth = 0): PathAlias[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const paths = /"paths"\s*:\s*\{([^}]*)\}/.exec(text)?.[1];
  if (!paths) return depth < MAX_EXTENDS ? inherited(file, text, depth) : [];
  const base = resolve(dirname(file), /"baseUrl"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? '.');
  return [...paths.matchAll(/"([^"]+)"\s*:\s*\[\s*"([^"]+)"/g)].map(([, from = '', to = '']) => ({
    prefix: from.replace(/\*$/, ''),
    target: resolve(base, to.replace(/\*$/, '')),
  }));
}
