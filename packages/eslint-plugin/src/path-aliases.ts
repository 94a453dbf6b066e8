// Where the nearest tsconfig.json or jsconfig.json says that a specifier leads: its `paths` and `baseUrl`, with what it extends and, where
// it only refers to others, theirs. No type information is asked for.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isObject, readJson, strings, type Json } from './json-text.js';
import { seen, type Seen } from './seen.js';

interface Alias {
  /** What stands before and behind the star; without a star the whole specifier is `before`, and `after` null. */
  before: string;
  after: string | null;
  targets: string[];
}

interface Aliases {
  aliases: Alias[];
  /** Absolute; null: not set. */
  baseUrl: string | null;
}

const none: Aliases = { aliases: [], baseUrl: null };
const names = ['tsconfig.json', 'jsconfig.json'];
const trustMs = 5_000;
const deepest = 5;

const byFolder = new Map<string, Seen<Aliases>>();

/** The paths, without an ending, that a specifier may stand for. The longest beginning wins, as in TypeScript. */
export function aliased(from: string, specifier: string): string[] {
  const { aliases, baseUrl } = aliasesAt(dirname(from));
  const alias = aliases.find((one) => fits(one, specifier));
  if (alias) {
    const rest =
      alias.after === null ? '' : specifier.slice(alias.before.length, specifier.length - alias.after.length);
    return alias.targets.map((target) => target.replace('*', rest));
  }
  const first = specifier.split('/')[0] ?? '';
  return baseUrl !== null && first !== '' && startsIn(baseUrl, first) ? [join(baseUrl, specifier)] : [];
}

const fits = ({ before, after }: Alias, specifier: string) =>
  after === null
    ? specifier === before
    : specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);

const starts = new Map<string, Seen<boolean>>();
const startsIn = (folder: string, first: string) =>
  seen(starts, join(folder, first), trustMs, (path) =>
    ['', '.ts', '.tsx', '.js', '.jsx'].some((ending) => existsSync(path + ending)),
  );

function aliasesAt(folder: string): Aliases {
  return seen(byFolder, folder, trustMs, () => {
    const name = names.find((one) => existsSync(join(folder, one)));
    if (name) return read(join(folder, name));
    const parent = dirname(folder);
    return parent === folder ? none : aliasesAt(parent);
  });
}

function read(path: string, depth = 0): Aliases {
  const config = readJson(path);
  const own = written(config, dirname(path));
  if (depth > deepest) return { ...none, ...own };
  const extended = strings(config['extends']).toReversed();
  const inherited = extended.map((from) => read(pathOf(from, path), depth + 1)).find(isSaying);
  if (own !== null || inherited) return { ...(inherited ?? none), ...own };
  const references = (Array.isArray(config['references']) ? config['references'] : []) as unknown[];
  const referred = references.flatMap((one) => (isObject(one) ? strings(one['path']) : []));
  return referred.map((from) => read(pathOf(from, path), depth + 1)).find(isSaying) ?? none;
}

const isSaying = ({ aliases, baseUrl }: Aliases) => aliases.length > 0 || baseUrl !== null;

/** A file, a folder with a tsconfig.json, or a package. */
function pathOf(from: string, config: string): string {
  const path = /^[./]/.test(from) ? resolve(dirname(config), from) : join(dirname(config), 'node_modules', from);
  const tried = [path, `${path}.json`, join(path, 'tsconfig.json')];
  return tried.find((one) => one.endsWith('.json') && existsSync(one)) ?? path;
}

/** What one file says by itself. */
function written({ compilerOptions }: Json, folder: string): Partial<Aliases> | null {
  const { paths, baseUrl } = isObject(compilerOptions) ? compilerOptions : ({} as Json);
  const base = typeof baseUrl === 'string' ? resolve(folder, baseUrl) : null;
  const aliases = Object.entries(isObject(paths) ? paths : {}).map(([pattern, targets]) => {
    const [before = '', after = null] = pattern.split('*');
    return { before, after, targets: strings(targets).map((target) => resolve(base ?? folder, target)) };
  });
  if (aliases.length === 0 && base === null) return null;
  aliases.sort((left, right) => right.before.length - left.before.length);
  return { ...(aliases.length > 0 ? { aliases } : {}), ...(base === null ? {} : { baseUrl: base }) };
}
