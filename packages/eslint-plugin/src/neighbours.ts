// The files that a file imports by a relative path, or by `@/` from the nearest `src`, and their text. Read once per change.
// Packages are not followed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

const endings = ['', '.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '/index.ts', '/index.tsx', '/index.js'];
const texts = new Map<string, { changed: number; text: string }>();

/** The file behind a specifier, or null. `./keys.js` may be written for `keys.ts`. */
export function neighbour(from: string, specifier: string): string | null {
  const path = pathOf(from, specifier);
  if (path === null) return null;
  const stem = path.replace(/\.[mc]?jsx?$/, '');
  const places = [...endings.map((ending) => path + ending), ...endings.map((ending) => stem + ending)];
  return places.find((place) => existsSync(place) && statSync(place).isFile()) ?? null;
}

function pathOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return resolve(dirname(from), specifier);
  const at = from.lastIndexOf(`${sep}src${sep}`);
  return /^[@~]\//.test(specifier) && at >= 0 ? resolve(from.slice(0, at), 'src', specifier.slice(2)) : null;
}

/** Time of the last change, in milliseconds since 1970. */
export const changedAt = (file: string) => statSync(file).mtimeMs;

export function textOf(file: string): string {
  const changed = changedAt(file);
  const known = texts.get(file);
  if (known?.changed === changed) return known.text;
  const text = readFileSync(file, 'utf8');
  texts.set(file, { changed, text });
  return text;
}
