/** Files that import a name from a file with a signal: the key or the wrapper that they use is defined there. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SourceFile } from '../types.js';

const EXTENSION = /\.[cm]?[jt]sx?$/;

/** What an importer may mention of a file; null where it may call it what it likes. */
export type ExportsOf = (file: SourceFile) => string[] | null;

/**
 * Compares import addresses with the files, and what the importer mentions with what they export; the plan resolves both for certain.
 * A file that hands names on (`export … from`) makes its own importers candidates, so the search goes on from it.
 * @param rest The files to choose from.
 */
export function importersOf(
  withSignal: SourceFile[],
  rest: SourceFile[],
  exportsOf: ExportsOf = ({ text }) => exportedNames(text),
): SourceFile[] {
  const known = new Set(withSignal.map((file) => file.path));
  const names = new Set<string>();
  const found: SourceFile[] = [];
  for (let frontier = withSignal; frontier.length > 0;) {
    const wanted = wantedBy(frontier, names, frontier === withSignal ? exportsOf : ({ text }) => renamed(text, names));
    const next = rest.filter((file) => !known.has(file.path) && wanted.some((test) => test(file)));
    for (const file of next) known.add(file.path);
    found.push(...next);
    frontier = next.filter((file) => handsOn(file.text));
  }
  return found;
}

/** `export … from`: the file hands on what others export. */
export const handsOn = (text: string): boolean => HANDS_ON.test(text);

const HANDS_ON = /\bexport\s*(\*|\{[^}]*\})\s*(as\s+\w+\s+)?from\b/;
const HANDS_ALL_ON = /\bexport\s*\*/;

/** Files whose exports have names are imported where one is mentioned; the others wherever their address stands. */
function wantedBy(frontier: SourceFile[], names: Set<string>, exportsOf: ExportsOf): ((file: SourceFile) => boolean)[] {
  const exported = new Map(frontier.map((file) => [file, exportsOf(file)]));
  const named = frontier.filter((file) => exported.get(file) !== null);
  for (const file of named) for (const name of exported.get(file) ?? []) names.add(name);
  const mentions = new RegExp(`\\b(?:${[...names].map(escaped).join('|')})\\b`);
  const importsNamed = importTest(named, true);
  const importsOther = importTest(
    frontier.filter((file) => exported.get(file) === null),
    false,
  );
  return [
    (file) => importsOther(file),
    (file) => (HANDS_ALL_ON.test(file.text) || (names.size > 0 && mentions.test(file.text))) && importsNamed(file),
  ];
}

export function exportedNames(text: string): string[] | null {
  if (/\bexport\s+default\b|\bas\s+default\b|\bexport\s*=|\bexports\b/.test(text)) return null;
  const declared = text.matchAll(
    /\bexport\s+(?:declare\s+|abstract\s+|async\s+|const\s+(?=enum))*(?:function\*?|class|const|let|var|enum|type|interface|namespace)\s+([\w$]+)/g,
  );
  const listed = text.matchAll(/\bexport\s+(?:type\s+)?(?:const\s+|let\s+|var\s+)?\{([^}]*)\}/g);
  return [
    ...[...declared].map((match) => match[1] as string),
    ...[...listed].flatMap((match) =>
      [...(match[1] as string).matchAll(/([\w$]+)\s*(?:,|$)/g)].map((name) => name[1] as string),
    ),
  ];
}

/** What a file that hands names on calls ours; null where one becomes its default. */
function renamed(text: string, names: ReadonlySet<string>): string[] | null {
  const ours = [...text.matchAll(/\b([\w$]+)\s+as\s+([\w$]+)/g)].filter(
    ([, from]) => from === 'default' || names.has(from as string),
  );
  return ours.some(([, , to]) => to === 'default') ? null : ours.map(([, , to]) => to as string);
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What `@acme/session` is called where it is imported by name; a path in it may follow. */
function packageNameOf(folder: string, known: Map<string, string | null>): string | null {
  const cached = known.get(folder);
  if (cached !== undefined) return cached;
  const manifest = join(folder, 'package.json');
  const isOutside = dirname(folder) === folder || existsSync(join(folder, '.git'));
  const name = existsSync(manifest)
    ? (/"name"\s*:\s*"([^"]+)"/.exec(readFileSync(manifest, 'utf8'))?.[1] ?? null)
    : isOutside
      ? null
      : packageNameOf(dirname(folder), known);
  known.set(folder, name);
  return name;
}

/** Relative addresses are resolved; others are compared by their last part, or with the package's name. */
function importTest(targets: SourceFile[], haveNames: boolean): (file: SourceFile) => boolean {
  if (targets.length === 0) return () => false;
  const paths = targets.map((file) => file.path.replace(EXTENSION, ''));
  const places = new Set(paths.flatMap((path) => (basename(path) === 'index' ? [path, dirname(path)] : [path])));
  const imports = importPattern(
    targets.map((file) => file.path),
    haveNames,
  );
  return ({ path, text }) => {
    for (const [, address] of text.matchAll(imports)) {
      if (!address?.startsWith('.')) return true;
      if (places.has(resolve(dirname(path), address).replace(EXTENSION, ''))) return true;
    }
    return false;
  };
}

/** A package's name leads to exports by name, and to what its entry exports otherwise. */
function importPattern(paths: string[], haveNames: boolean): RegExp {
  const names = new Set<string>();
  const packages = new Map<string, string | null>();
  for (const path of paths) {
    const name = basename(path).replace(EXTENSION, '');
    names.add(name === 'index' ? basename(dirname(path)) : name);
    if (name === 'index') names.add('index').add('.').add('..');
    const owner = packageNameOf(dirname(path), packages);
    if (owner && (haveNames || name === 'index')) names.add(owner);
  }
  const alternatives = [...names].map(escaped).join('|');
  return new RegExp(
    `\\b(?:from|import|require)\\b\\s*\\(?\\s*['"]((?:[^'"\\n]*/)?(?:${alternatives})(?:\\.[cm]?[jt]sx?)?)['"]`,
    'g',
  );
}
