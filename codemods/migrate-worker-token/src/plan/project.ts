/** The files that the plan knows, and what an imported name means in another one. Reads further files on demand. */
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { whyUnparsable } from '../ast/parse.js';
import type { LegacySignals } from '@worker-token/legacy-signals';
import type { Binding } from '../ast/scopes.js';
import type { ScanResult, SourceFile } from '../types.js';
import type { Node } from '../ast/node.js';
import { bystandersAmong, type Bystanders } from './bystanders.js';
import { findFile } from './find-file.js';
import { makeModule, type ExportTarget, type Module } from './module.js';
import { fromWorkspace, workspacePackages } from './workspaces.js';
import { pathAliases, type PathAlias } from './path-aliases.js';

/** Where a name was found: the file and its declaration or value. */
export interface Target {
  module: Module;
  binding?: Binding;
  expression?: Node;
  /** The name stands for everything that the file exports. */
  isNamespace?: true;
}

export interface Project {
  /** Absolute folder of the run. */
  root: string;
  /** The candidates that parse, without the bystanders. */
  modules: Module[];
  /** Candidates that import nothing that has to do with a signal. */
  bystanders: Bystanders;
  unparsable: { file: string; message: string }[];
  /** Every candidate was parsed. */
  isReadWhole: boolean;
  moduleAt(path: string): Module | null;
  /** The file that an import address means, or null for a package. */
  resolve(from: Pick<Module, 'path'>, specifier: string): string | null;
  /** Follows an imported name to its declaration, through re-exports. Local names come back as they are. */
  follow(module: Module, binding: Binding): Target | null;
  exported(module: Module, name: string): Target | null;
}

export function makeProject(
  root: string,
  { candidates, importers }: Pick<ScanResult, 'candidates' | 'importers'>,
  signals: LegacySignals,
): Project {
  const known = new Map<string, Module | null>();
  const unparsable: { file: string; message: string }[] = [];
  const rel = (path: string) => relative(root, path).split(sep).join('/');

  const load = (path: string, text: string): Module | null => {
    if (/\.(vue|svelte)$/.test(path)) return null;
    if (text.includes('\uFFFD') && !isUtf8(readFileSync(path))) {
      unparsable.push({ file: rel(path), message: 'it is not UTF-8: save it as UTF-8 and run again' });
      return null;
    }
    try {
      return makeModule(path, rel(path), text);
    } catch (error) {
      unparsable.push({ file: rel(path), message: whyUnparsable(error) });
      return null;
    }
  };
  const read = (file: SourceFile): Module | null => {
    const module = load(file.path, file.text);
    known.set(file.path, module);
    return module;
  };
  const isImporter = new Set(importers);
  const withSignal = new Map(candidates.filter((file) => !isImporter.has(file)).map((file) => [file, read(file)]));
  const bystanders = bystandersAmong(withSignal, importers, signals);
  const unread = new Set(bystanders.files);
  for (const file of importers) if (!unread.has(file)) read(file);
  const modules = candidates.flatMap((file) => known.get(file.path) ?? []);
  const candidatesUnparsable = unparsable.toSorted((a, b) => (a.file < b.file ? -1 : 1));

  const moduleAt = (path: string): Module | null => {
    if (!known.has(path)) known.set(path, load(path, readFileSync(path, 'utf8')));
    return known.get(path) ?? null;
  };

  let packages: Map<string, string> | null = null;
  const workspaces = () => (packages ??= workspacePackages(root));
  const aliases = new Map<string, PathAlias[]>();
  const resolved = new Map<string, string | null>();
  const resolveSpecifier = ({ path }: Pick<Module, 'path'>, specifier: string): string | null => {
    const folder = dirname(path);
    const name = `${folder}\0${specifier}`;
    let file = resolved.get(name);
    if (file === undefined) resolved.set(name, (file = fileOf(folder, specifier)));
    return file;
  };
  const fileOf = (folder: string, specifier: string): string | null => {
    if (specifier.startsWith('.')) return findFile(resolve(folder, specifier));
    let known = aliases.get(folder);
    if (!known) aliases.set(folder, (known = pathAliases(folder, root)));
    for (const alias of known) {
      if (!specifier.startsWith(alias.prefix)) continue;
      const found = findFile(join(alias.target, specifier.slice(alias.prefix.length)));
      if (found) return found;
    }
    return fromWorkspace(workspaces(), specifier);
  };

  const exported = (module: Module, name: string, seen = new Set<string>()): Target | null => {
    const key = `${module.path}\0${name}`;
    if (seen.has(key)) return null;
    seen.add(key);
    const target = module.exports.get(name);
    if (target) return targetOf(module, target, seen);
    for (const from of module.starExports) {
      const path = resolveSpecifier(module, from);
      const next = path && moduleAt(path);
      const found = next && exported(next, name, seen);
      if (found) return found;
    }
    return null;
  };

  const targetOf = (module: Module, target: ExportTarget, seen: Set<string>): Target | null => {
    if ('expression' in target) return { module, expression: target.expression };
    if ('binding' in target) return followFrom(module, target.binding, seen);
    const path = resolveSpecifier(module, target.from);
    const next = path && moduleAt(path);
    if (next && target.name === '*') return { module: next, isNamespace: true };
    return next ? exported(next, target.name, seen) : null;
  };

  const followFrom = (module: Module, binding: Binding, seen: Set<string>): Target | null => {
    const imported = module.imports.get(binding);
    if (!imported) return { module, binding };
    const path = resolveSpecifier(module, imported.from);
    const next = path && moduleAt(path);
    return next && imported.name !== '*' ? exported(next, imported.name, seen) : null;
  };

  return {
    root,
    modules,
    bystanders,
    unparsable: candidatesUnparsable,
    isReadWhole: ![...known.values()].includes(null),
    moduleAt,
    resolve: resolveSpecifier,
    exported,
    follow: (module, binding) => followFrom(module, binding, new Set()),
  };
}
