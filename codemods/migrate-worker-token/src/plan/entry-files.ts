/** The files that a browser starts with: named by `index.html`, or known by their place and name. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['main', 'index', 'app', 'entry-client', 'client', 'bootstrap'];
const PAGES = ['index.html', 'public/index.html', 'src/index.html'];
const ENDINGS = ['tsx', 'ts', 'jsx', 'js', 'mts', 'mjs'];

/** Absolute paths that exist, best first. */
export function entryFiles(packageFolder: string): string[] {
  const fromHtml = PAGES.flatMap((html) => scriptsOf(packageFolder, html).map((script) => script.path));
  const byName = ['src', '.', 'app', 'client'].flatMap((folder) =>
    NAMES.flatMap((name) => ENDINGS.map((ending) => join(packageFolder, folder, `${name}.${ending}`))),
  );
  return [...new Set([...fromHtml, ...byName])].filter((path) => existsSync(path));
}

export interface PageScript {
  html: string;
  path: string;
  address: string;
  /** The span of the address in the page. */
  start: number;
  end: number;
}

/** The scripts of the package's page. */
export const htmlScripts = (packageFolder: string): PageScript[] =>
  PAGES.flatMap((html) => scriptsOf(packageFolder, html));

function scriptsOf(folder: string, html: string): PageScript[] {
  const file = join(folder, html);
  if (!existsSync(file)) return [];
  const scripts = [...readFileSync(file, 'utf8').matchAll(/<script\b[^>]*\bsrc=["']([^"']+)["']/g)];
  return scripts.map((match) => {
    const address = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(address);
    const path = join(folder, address.replace(/^\//, '').replace(/[?#].*$/, ''));
    return { html: file, path, address, start, end: start + address.length };
  });
}
