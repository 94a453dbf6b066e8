/** Which package of the project imports which other one, and by what address. Looked up once for all. */
import { dirname } from 'node:path';
import { packageFolder } from '../setup-module/place-setup.js';
import { importLists } from './import-addresses.js';
import type { Project } from './project.js';

type Imports = Map<string, Map<string, string>>;

const indexes = new WeakMap<Project, Imports>();

/** The first address by which files of one package folder import files of the other; null if none does. */
export function importBetween(project: Project, source: string, target: string): string | null {
  let index = indexes.get(project);
  if (!index) indexes.set(project, (index = indexOf(project)));
  return index.get(source)?.get(target) ?? null;
}

function indexOf(project: Project): Imports {
  const packages = new Map<string, string>();
  const packageOf = (path: string): string => {
    const folder = dirname(path);
    const known = packages.get(folder) ?? packageFolder(path, project.root);
    packages.set(folder, known);
    return known;
  };
  const index: Imports = new Map();
  for (const { path: importer, specifiers } of importLists(project)) {
    const source = packageOf(importer);
    const targets = index.get(source) ?? new Map<string, string>();
    index.set(source, targets);
    for (const specifier of specifiers) {
      const path = specifier.startsWith('.') ? null : project.resolve({ path: importer }, specifier);
      const target = path === null ? null : packageOf(path);
      if (target === null || targets.has(target)) continue;
      // the text of a file that was not parsed may only quote an import
      if (project.moduleAt(importer)?.specifiers.includes(specifier)) targets.set(target, specifier);
    }
  }
  return index;
}
