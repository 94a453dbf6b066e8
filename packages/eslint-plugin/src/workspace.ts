// The packages of the workspace that a file lies in, by name: `workspaces` of a package.json, or pnpm-workspace.yaml. Only sources are
// of interest; what a package was built to is not read.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isObject, readJson, strings, type Json } from './json-text.js';
import { seen, type Seen } from './seen.js';

interface Package {
  folder: string;
  manifest: Json;
}

type Packages = ReadonlyMap<string, Package>;

const nothing: Packages = new Map();
const trustMs = 10_000;
const byFolder = new Map<string, Seen<Packages>>();

/** The paths that a specifier may stand for, the likeliest first; none where it names no package of the workspace. */
export function workspacePaths(from: string, specifier: string): string[] {
  const packages = packagesAt(dirname(from));
  if (packages.size === 0) return [];
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  const found = packages.get(name);
  if (!found) return [];
  const { folder, manifest } = found;
  const exported = exportedAs(manifest['exports'], rest ? `./${rest}` : '.').map((path) => join(folder, path));
  if (rest) return [...exported, join(folder, rest), join(folder, 'src', rest)];
  const entries = ['source', 'main', 'module', 'types'].flatMap((field) => strings(manifest[field]));
  const sources = [...exported, ...entries.map((path) => join(folder, path))].filter((path) => !/\/dist\//.test(path));
  return [...sources, join(folder, 'src', 'index'), join(folder, 'index')];
}

/** All paths below an entry of `exports`, whatever their condition. */
function exportedAs(exports: unknown, entry: string): string[] {
  if (typeof exports === 'string') return entry === '.' ? [exports] : [];
  if (!isObject(exports)) return [];
  const isTable = Object.keys(exports).some((key) => key.startsWith('.'));
  return flat(isTable ? exports[entry] : entry === '.' ? exports : null);
}

const flat = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : isObject(value) ? Object.values(value).flatMap(flat) : [];

function packagesAt(folder: string): Packages {
  return seen(byFolder, folder, trustMs, () => {
    const globs = globsAt(folder);
    if (globs.length > 0) return packagesOf(folder, globs);
    const parent = dirname(folder);
    return parent === folder ? nothing : packagesAt(parent);
  });
}

function globsAt(folder: string): string[] {
  const { workspaces } = existsSync(join(folder, 'package.json')) ? readJson(join(folder, 'package.json')) : {};
  const listed = strings(isObject(workspaces) ? workspaces['packages'] : workspaces);
  const pnpm = join(folder, 'pnpm-workspace.yaml');
  if (listed.length > 0 || !existsSync(pnpm)) return listed;
  const [, block = ''] =
    /^packages:[^\n]*\n((?:[ \t]*(?:-|#)[^\n]*\n?|[ \t]*\n)*)/m.exec(readFileSync(pnpm, 'utf8')) ?? [];
  return [...block.matchAll(/-\s*['"]?([^'"\s#]+)/g)].map(([, glob = '']) => glob);
}

function packagesOf(root: string, globs: string[]): Packages {
  const folders = globs.filter((glob) => !glob.startsWith('!')).flatMap((glob) => foldersOf(root, glob.split('/')));
  return new Map(
    folders.flatMap((folder): [string, Package][] => {
      const manifest = readJson(join(folder, 'package.json'));
      const { name } = manifest;
      return typeof name === 'string' ? [[name, { folder, manifest }]] : [];
    }),
  );
}

/** `packages/*`, `libs/**`: the folders that a pattern names, two levels deep where it says any. */
function foldersOf(folder: string, [part, ...rest]: string[]): string[] {
  if (part === undefined || part === '') return [folder];
  if (part === '.') return foldersOf(folder, rest);
  if (part === '**') return [...foldersOf(folder, ['*', ...rest]), ...foldersOf(folder, ['*', '*', ...rest])];
  if (part !== '*') return foldersOf(join(folder, part), rest);
  return foldersIn(folder).flatMap((one) => foldersOf(one, rest));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && entry.name !== 'node_modules' ? [join(folder, entry.name)] : [],
    );
  } catch {
    return []; // no such folder: the pattern names nothing
  }
}
