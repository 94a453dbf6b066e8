// The files that a file imports, and their text: by a relative path, by an alias of its tsconfig, by `@/` and `~/` from the nearest `src`
// or `app`, or by the name of a package of its workspace. Other packages are not followed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { textSpeaksOfSecrets } from './ast/mentions.js';
import { aliased } from './path-aliases.js';
import { seen, type Seen } from './seen.js';
import { workspacePaths } from './workspace.js';

const endings = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.cjs', '.vue'];
const trustMs = 1_000;

const folders = new Map<string, Seen<ReadonlySet<string>>>();
const times = new Map<string, Seen<number>>();
const texts = new Map<string, { changed: number; text: string }>();
const answers = new Map<string, Seen<string | null>>();
const paths = new Map<string, Seen<string[]>>();

const namesIn = (folder: string): ReadonlySet<string> =>
  seen(folders, folder, trustMs, () => {
    try {
      return new Set(readdirSync(folder));
    } catch {
      return new Set<string>(); // no such folder: nothing to import from it
    }
  });

/** The file behind a specifier, or null. `./keys.js` may be written for `keys.ts`. */
export const neighbour = (from: string, specifier: string): string | null =>
  seen(answers, `${dirname(from)}\0${specifier}`, trustMs, () => {
    for (const path of pathsOf(from, specifier)) {
      const found = fileAt(path);
      if (found !== null) return found;
    }
    return null;
  });

function fileAt(path: string): string | null {
  const folder = dirname(path);
  const name = basename(path);
  const names = namesIn(folder);
  const stem = name.replace(/\.[mc]?jsx?$/, '');
  if (stem !== name && names.has(name)) return path;
  const found = endings.find((ending) => names.has(name + ending));
  if (found) return path + found;
  const written = stem === name ? undefined : endings.find((ending) => names.has(stem + ending));
  if (written) return `${folder}${sep}${stem}${written}`;
  if (/\.\w+$/.test(name) && names.has(name)) return path;
  const index = names.has(name) ? endings.find((ending) => namesIn(path).has(`index${ending}`)) : undefined;
  return index ? `${path}${sep}index${index}` : null;
}

function pathsOf(from: string, specifier: string): string[] {
  if (specifier.startsWith('.')) return [resolve(dirname(from), specifier)];
  const configured = byConfiguration(from, specifier);
  const rest = /^[@~]\/(.+)/.exec(specifier)?.[1];
  const root = rest === undefined ? null : /^(.*?)[\\/](src|app)[\\/]/.exec(from)?.[0];
  return rest !== undefined && root ? [...configured, resolve(root, rest), resolve(root, '..', rest)] : configured;
}

const byConfiguration = (from: string, specifier: string) =>
  seen(paths, `${dirname(from)}\0${specifier}`, trustMs, () => [
    ...aliased(from, specifier),
    ...workspacePaths(from, specifier),
  ]);

/** Is this a specifier that may name a neighbour? */
export const isNear = (from: string, specifier: string) =>
  /^(\.|[@~]\/)/.test(specifier) || (!specifier.startsWith('node:') && byConfiguration(from, specifier).length > 0);

/** Time of the last change, in milliseconds since 1970. */
export const changedAt = (file: string) => seen(times, file, trustMs, () => statSync(file).mtimeMs);

export function textOf(file: string): string {
  const changed = changedAt(file);
  const known = texts.get(file);
  if (known?.changed === changed) return known.text;
  const text = readFileSync(file, 'utf8');
  texts.set(file, { changed, text });
  return text;
}

const stores =
  /localStorage|sessionStorage|\bcookie|Cookie|indexedDB|\bidb|localforage|objectStore|async-storage|\bpersist\(/;

/** Asks a question of the text of a file, and of those that it hands on; each text is asked once. Nothing is parsed. */
function asking(says: (text: string) => boolean): (file: string) => boolean {
  const verdicts = new Map<string, { changed: number; verdict: boolean }>();
  const ask = (file: string, depth = 0): boolean => {
    const changed = changedAt(file);
    const known = verdicts.get(file);
    if (known?.changed === changed) return known.verdict;
    const text = textOf(file);
    const verdict =
      says(text) ||
      (depth < 3 &&
        handsOn(text).some((specifier) => {
          const next = neighbour(file, specifier);
          return next !== null && ask(next, depth + 1);
        }));
    verdicts.set(file, { changed, verdict });
    return verdict;
  };
  return ask;
}

/** Does the file, or one that it hands on, speak of storage at all? */
export const touchesStorage = asking((text) => stores.test(text));

/** Texts without any of these hold neither a key nor a wrapper. */
const matters = /Storage|cookie|indexedDB|idb|forage|persist|token|secret|cred|jwt|bearer|worker|axios|\bky\b/i;

/** Is there a key or a wrapper to be found in it? */
export const isWorthParsing = asking((text) => matters.test(text));

/** May it hold the key of a secret? */
export const mayHoldKeys = asking(textSpeaksOfSecrets);

const handsOn = (text: string) =>
  text.includes('export')
    ? [...text.matchAll(/export\s*(?:\*|\{[^}]*\})[^;'"]*?from\s*['"]([^'"]+)['"]/g)].map(([, from = '']) => from)
    : [];
