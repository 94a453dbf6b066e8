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

interface Declarations {
  /** Of the packages. */
  version: string;
  /** Text by `<package>/<file>`. */
  files: Record<string, string>;
}

/** Written into a bundle that is one file. */
declare const __DECLARATIONS__: Declarations | undefined;

let cached: Declarations | undefined;

export function loadDeclarations(): Map<string, string> {
  return new Map(Object.entries((cached ??= readDeclarations()).files));
}

/** The version of the packages that the declarations are of. */
export function packagesVersion(): string {
  return (cached ??= readDeclarations()).version;
}

/** From the built engine: the file made by scripts/bundle-declarations.ts; in a checkout that is not built: the sources. */
function readDeclarations(): Declarations {
  if (typeof __DECLARATIONS__ !== 'undefined') return __DECLARATIONS__;
  const start = fileURLToPath(new URL('.', import.meta.url));
  for (let folder = start; ; folder = path.dirname(folder)) {
    const bundled = path.join(folder, 'declarations.json');
    if (fs.existsSync(bundled)) return JSON.parse(fs.readFileSync(bundled, 'utf8')) as Declarations;
    const packages = path.join(folder, 'packages');
    if (fs.existsSync(path.join(packages, 'manager/src'))) return readSources(packages);
    if (folder === path.dirname(folder))
      throw new Error(`The type declarations that belong beside ${start} are missing.`);
  }
}

function readSources(packages: string): Declarations {
  const files: Record<string, string> = {};
  for (const name of PACKAGES) {
    const folder = path.join(packages, name, 'src');
    for (const entry of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/(?<!\.test)(?<!\.test-d)\.tsx?$/.test(entry)) continue;
      files[`${name}/${slashed(entry)}`] = fs.readFileSync(path.join(folder, entry), 'utf8');
    }
  }
  const manifest = fs.readFileSync(path.join(packages, 'manager/package.json'), 'utf8');
  return { version: (JSON.parse(manifest) as { version: string }).version, files };
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
