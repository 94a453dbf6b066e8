/**
 * The type declarations of `@worker-token/storage`, `manager` and `react`, which travel with the engine, so that a project which has
 * not installed them yet can be verified. They appear in memory, as if they lay in the project's `node_modules`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGES = ['storage', 'manager', 'react'] as const;

export interface VirtualPackages {
  /** Text of a file below the folder the packages appear in. */
  file(name: string): string | undefined;
  hasFolder(name: string): boolean;
  /** The file that an import of `@worker-token/…` means, or undefined where the project has the package itself. */
  resolve(specifier: string): string | undefined;
}

const SCOPE = '@worker-token/';

/** @param folder The project's folder: the packages appear in its `node_modules`. */
export function virtualPackages(folder: string, declarations = loadDeclarations()): VirtualPackages {
  const modules = `${slashed(folder)}/node_modules/`;
  const files = new Map([...declarations].map(([name, text]) => [modules + SCOPE + name, text]));
  const folders = new Set([...files.keys()].map((name) => path.posix.dirname(name)));
  const installed = new Map(PACKAGES.map((name) => [name as string, isInstalled(folder, name)]));
  return {
    file: (name) => files.get(slashed(name)),
    hasFolder: (name) => [...folders].some((known) => known === slashed(name) || known.startsWith(`${slashed(name)}/`)),
    resolve: (specifier) => {
      if (!specifier.startsWith(SCOPE)) return undefined;
      const [name = '', ...rest] = specifier.slice(SCOPE.length).split('/');
      if (installed.get(name) !== false) return undefined;
      const entry = modules + SCOPE + [name, rest.join('/') || 'index'].join('/');
      return ['.d.ts', '.ts', '/index.d.ts', '/index.ts'].map((end) => entry + end).find((file) => files.has(file));
    },
  };
}

let cached: Map<string, string> | undefined;

/** Text by `<package>/<file>`. From the built engine: its declarations; from a checkout: the packages' sources. */
export function loadDeclarations(): Map<string, string> {
  const { root, inside } = declarationFolder();
  return (cached ??= readAll(root, inside));
}

/** The version of the packages that the declarations are of. */
export function packagesVersion(): string {
  const manifest = path.join(declarationFolder().root, 'manager/package.json');
  return (JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function declarationFolder(): { root: string; inside: string } {
  const start = fileURLToPath(new URL('.', import.meta.url));
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'types/manager'))) return { root: path.join(folder, 'types'), inside: '' };
    const packages = path.join(folder, 'packages');
    if (fs.existsSync(path.join(packages, 'manager/src'))) return { root: packages, inside: 'src' };
    if (folder === path.dirname(folder))
      throw new Error(`The type declarations that belong beside ${start} are missing.`);
  }
}

function readAll(root: string, inside: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of PACKAGES) {
    const folder = path.join(root, name, inside);
    for (const entry of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/(?<!\.test)(?<!\.test-d)\.tsx?$/.test(entry)) continue;
      files.set(`${name}/${slashed(entry)}`, fs.readFileSync(path.join(folder, entry), 'utf8'));
    }
  }
  return files;
}

function isInstalled(folder: string, name: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, 'node_modules', SCOPE + name, 'package.json'))) return true;
    if (at === path.dirname(at)) return false;
  }
}

function slashed(name: string): string {
  return name.split(path.sep).join('/');
}
