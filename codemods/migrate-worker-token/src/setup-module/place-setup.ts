/** Where the manager comes from in each rewritten file: a given address, a module that is there, or one to create. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { ImportSources, MigrateOptions, SetupModule } from '../types.js';
import type { ImportList } from '../plan/import-addresses.js';
import type { Module } from '../plan/module.js';
import { eolOf, indentStep, usesSemicolons } from '../plan/text-edits.js';

const PACKAGE = '@worker-token/manager';

export interface Placement {
  imports: Record<string, ImportSources>;
  /** Modules to create, without their keys and requests. */
  setups: Omit<SetupModule, 'keys' | 'requests'>[];
  /** The rewritten files of each set-up module. */
  filesOf: Map<string, Module[]>;
}

/** @param lists What the files of the project import. */
export function placeSetup(
  options: MigrateOptions,
  modules: Module[],
  changed: Module[],
  lists: readonly ImportList[],
): Placement {
  const placement: Placement = { imports: {}, setups: [], filesOf: new Map() };
  for (const [folder, files] of byPackage(changed, options.root)) {
    const siblings = () => lists.filter(({ path }) => packageFolder(path, options.root) === folder);
    const existing = options.importFrom ? null : existingModule(modules, folder);
    const setup = options.importFrom || existing ? null : newModule(folder, files);
    if (setup) {
      placement.setups.push(setup);
      placement.filesOf.set(setup.path, files);
    }
    const target = existing?.path ?? setup?.path;
    for (const file of files) {
      const manager = options.importFrom ?? importAddress(file, target as string, siblings);
      placement.imports[file.path] = { manager, adapters: PACKAGE, module: file.kind === 'cjs' ? 'cjs' : 'esm' };
    }
  }
  return placement;
}

/** The folder of the nearest package.json; the root where there is none. */
export function packageFolder(path: string, root: string): string {
  for (let at = dirname(path); ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (at === root || dirname(at) === at) return root;
  }
}

function byPackage(modules: Module[], root: string): Map<string, Module[]> {
  const groups = new Map<string, Module[]>();
  for (const module of modules) {
    const folder = packageFolder(module.path, root);
    groups.set(folder, [...(groups.get(folder) ?? []), module]);
  }
  return groups;
}

/** A module of the package that hands on our manager; a token manager of the project's own is not one. */
function existingModule(modules: Module[], folder: string): Module | null {
  const own = modules.filter(
    (module) => module.path.startsWith(folder + sep) && module.exports.has('workerTokenManager'),
  );
  return own.find((module) => module.specifiers.some((from) => from.startsWith('@worker-token/'))) ?? null;
}

function newModule(folder: string, files: Module[]): Omit<SetupModule, 'keys' | 'requests'> {
  const language = files.some((file) => /\.[cm]?tsx?$/.test(file.path)) ? 'ts' : 'js';
  const module = files.every((file) => file.kind === 'cjs') ? 'cjs' : 'esm';
  const src = join(folder, 'src');
  const isAmongSources = files.some((file) => file.path.startsWith(src + sep));
  const shared = commonFolder(files);
  const isServed = /[\\/](public|static|assets)([\\/]|$)/.test(shared.slice(folder.length)) && existsSync(src);
  const home = isAmongSources || isServed ? src : shared;
  const isEsmPackage = /"type"\s*:\s*"module"/.test(readIfThere(join(folder, 'package.json')));
  const extension = module === 'cjs' && isEsmPackage ? `c${language}` : language;
  return {
    path: freeName(home, extension),
    component: 'setup',
    language,
    module,
    style: styleOf(files),
  };
}

function freeName(home: string, extension: string): string {
  const names = ['worker-token', 'worker-token-manager', 'worker-token-setup'];
  const taken = (name: string) =>
    ['ts', 'tsx', 'js', 'jsx'].some((ending) => existsSync(join(home, `${name}.${ending}`)));
  return join(home, `${names.find((name) => !taken(name)) ?? 'worker-token-set-up'}.${extension}`);
}

function commonFolder(files: Module[]): string {
  const folders = files.map((file) => dirname(file.path).split(sep));
  const [first = []] = folders;
  const shared = first.filter(
    (part, i) =>
      folders.every((folder) => folder.slice(0, i + 1).join(sep) === first.slice(0, i + 1).join(sep)) &&
      part !== undefined,
  );
  return shared.join(sep) || sep;
}

function styleOf(files: Module[]): SetupModule['style'] {
  const text = files.map((file) => file.text.replace(/^\uFEFF/, '')).join('\n');
  const imports = [...text.matchAll(/^import\b.*?(['"])/gm)].map((match) => match[1]);
  const doubles = imports.filter((quote) => quote === '"').length;
  const [first] = files;
  return {
    quote: doubles * 2 > imports.length ? '"' : "'",
    semicolons: usesSemicolons(text),
    indent: first ? indentStep(first.text) : '  ',
    eol: first ? eolOf(first.text) : '\n',
  };
}

/** A relative address in the style of the file's other imports: with extension or without. */
function importAddress(file: Module, target: string, siblings: () => readonly ImportList[]): string {
  const path = relative(dirname(file.path), target).split(sep).join('/');
  const address = path.startsWith('.') ? path : `./${path}`;
  return address.replace(/\.([cm]?)([jt])sx?$/, (_, kind: string) => extensionFor(file, siblings, kind, target));
}

function extensionFor(file: Module, siblings: () => readonly ImportList[], kind: string, target: string): string {
  const relativeOnes = ({ specifiers }: ImportList) => specifiers.filter((from) => from.startsWith('.'));
  const samples = relativeOnes(file).length > 0 ? relativeOnes(file) : siblings().flatMap(relativeOnes);
  if (samples.length === 0 && kind === '') return withoutExample(file);
  const endings = samples.map((from) => /\.[cm]?[jt]sx?$/.exec(from)?.[0]);
  const written = endings.filter((found) => found !== undefined);
  const ending = written.length * 2 > endings.length ? written[0] : undefined;
  if (!ending) return kind === '' ? '' : `.${kind}js`;
  if (/ts/.test(ending)) return /\.[cm]?[jt]sx?$/.exec(target)?.[0] ?? '';
  return `.${kind}js`;
}

/** Node and browsers need the extension; the bundler behind TypeScript and JSX does not, unless the project compiles for Node. */
function withoutExample(file: Module): string {
  if (file.kind === 'cjs' || /x$/.test(file.path)) return '';
  return /\.m?js$/.test(file.path) || compilesForNode(dirname(file.path)) ? '.js' : '';
}

function compilesForNode(folder: string): boolean {
  const text = readIfThere(join(folder, 'tsconfig.json'));
  if (text) return /"module(Resolution)?"\s*:\s*"node(16|18|20|next)"/i.test(text);
  return dirname(folder) !== folder && compilesForNode(dirname(folder));
}

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
