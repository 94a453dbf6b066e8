/** The files that a browser starts with: named by `index.html`, or known by their place and name. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['main', 'index', 'app', 'entry-client', 'client', 'bootstrap'];
const ENDINGS = ['tsx', 'ts', 'jsx', 'js', 'mts', 'mjs'];

/** Absolute paths that exist, best first. */
export function entryFiles(packageFolder: string): string[] {
  const fromHtml = ['index.html', 'public/index.html', 'src/index.html'].flatMap((html) =>
    scriptsOf(packageFolder, html),
  );
  const byName = ['src', '.', 'app', 'client'].flatMap((folder) =>
    NAMES.flatMap((name) => ENDINGS.map((ending) => join(packageFolder, folder, `${name}.${ending}`))),
  );
  return [...new Set([...fromHtml, ...byName])].filter((path) => existsSync(path));
}

function scriptsOf(folder: string, html: string): string[] {
  const file = join(folder, html);
  if (!existsSync(file)) return [];
  const scripts = [...readFileSync(file, 'utf8').matchAll(/<script\b[^>]*\bsrc=["']([^"']+)["']/g)];
  return scripts.map(([, address = '']) => join(folder, address.replace(/^\//, '').replace(/[?#].*$/, '')));
}
