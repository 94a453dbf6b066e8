// The files that a file imports by a relative path, or by `@/` and `~/` from the nearest `src` or `app`, and their text. What was read is
// trusted for a second, then looked at again: editors keep a linter running. Packages are not followed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';

const endings = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.vue'];
const trustMs = 1_000;

interface Seen<T> {
  at: number;
  value: T;
}

const folders = new Map<string, Seen<ReadonlySet<string>>>();
const times = new Map<string, Seen<number>>();
const texts = new Map<string, { changed: number; text: string }>();

function seen<T>(cache: Map<string, Seen<T>>, path: string, look: (path: string) => T): T {
  const known = cache.get(path);
  const at = Date.now();
  if (known && at - known.at < trustMs) return known.value;
  const value = look(path);
  cache.set(path, { at, value });
  return value;
}

const namesIn = (folder: string): ReadonlySet<string> =>
  seen(folders, folder, () => {
    try {
      return new Set(readdirSync(folder));
    } catch {
      return new Set<string>(); // no such folder: nothing to import from it
    }
  });

/** The file behind a specifier, or null. `./keys.js` may be written for `keys.ts`. */
export function neighbour(from: string, specifier: string): string | null {
  for (const path of pathsOf(from, specifier)) {
    const folder = dirname(path);
    const name = basename(path);
    const names = namesIn(folder);
    const stem = name.replace(/\.[mc]?jsx?$/, '');
    if (stem !== name && names.has(name)) return path;
    const found = endings.find((ending) => names.has(name + ending)) ?? null;
    if (found !== null) return path + found;
    const written = stem === name ? null : endings.find((ending) => names.has(stem + ending));
    if (written) return `${folder}${sep}${stem}${written}`;
    if (/\.\w+$/.test(name) && names.has(name)) return path;
    const index = names.has(name) ? endings.find((ending) => namesIn(path).has(`index${ending}`)) : undefined;
    if (index) return `${path}${sep}index${index}`;
  }
  return null;
}

function pathsOf(from: string, specifier: string): string[] {
  if (specifier.startsWith('.')) return [resolve(dirname(from), specifier)];
  const rest = /^[@~]\/(.+)/.exec(specifier)?.[1];
  if (rest === undefined) return [];
  const root = /^(.*?)[\\/](src|app)[\\/]/.exec(from)?.[0];
  return root ? [resolve(root, rest), resolve(root, '..', rest)] : [];
}

/** Is this a specifier that may name a neighbour? */
export const isNear = (specifier: string) => /^(\.|[@~]\/)/.test(specifier);

/** Time of the last change, in milliseconds since 1970. */
export const changedAt = (file: string) => seen(times, file, () => statSync(file).mtimeMs);

export function textOf(file: string): string {
  const changed = changedAt(file);
  const known = texts.get(file);
  if (known?.changed === changed) return known.text;
  const text = readFileSync(file, 'utf8');
  texts.set(file, { changed, text });
  return text;
}

const store =
  /localStorage|sessionStorage|\bcookie|Cookie|indexedDB|\bidb|localforage|objectStore|async-storage|\bpersist\(/;
const verdicts = new Map<string, { changed: number; touches: boolean }>();

/** Does the file, or one that it hands on, speak of storage at all? Nothing is parsed for it. */
export function touchesStorage(file: string, depth = 0): boolean {
  const changed = changedAt(file);
  const known = verdicts.get(file);
  if (known?.changed === changed) return known.touches;
  const text = textOf(file);
  const touches = store.test(text) || (depth < 3 && handsOn(text).some((from) => touchesNear(file, from, depth + 1)));
  verdicts.set(file, { changed, touches });
  return touches;
}

const touchesNear = (from: string, specifier: string, depth: number) => {
  const file = neighbour(from, specifier);
  return file !== null && touchesStorage(file, depth);
};

const handsOn = (text: string) =>
  text.includes('export')
    ? [...text.matchAll(/export\s*(?:\*|\{[^}]*\})[^;'"]*?from\s*['"]([^'"]+)['"]/g)].map(([, from = '']) => from)
    : [];
