/** Files that import a name from a file with a signal: the key or the wrapper that they use is defined there. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SourceFile } from '../types.js';

const EXTENSION = /\.[cm]?[jt]sx?$/;

/**
 * Compares the last part of import addresses with the names of the files; the plan resolves them for certain.
 * A file that hands names on (`export … from`) makes its own importers candidates, so the search goes on from it.
 */
export function importersOf(
  withSignal: SourceFile[],
  files: string[],
  isIgnored: (path: string) => boolean,
): SourceFile[] {
  const known = new Set(withSignal.map((file) => file.path));
  const rest = files.filter((path) => !known.has(path) && !isIgnored(path)).map(read);
  const found: SourceFile[] = [];
  for (let frontier = withSignal; frontier.length > 0;) {
    const imports = importPattern(frontier.map((file) => file.path));
    const next = rest.filter((file) => !known.has(file.path) && imports.test(file.text));
    for (const file of next) known.add(file.path);
    found.push(...next);
    frontier = next.filter((file) => /\bexport\s*(\*|\{[^}]*\})\s*(as\s+\w+\s+)?from\b/.test(file.text));
  }
  return found;
}

const read = (path: string): SourceFile => ({ path, text: readFileSync(path, 'utf8') });

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

function importPattern(paths: string[]): RegExp {
  const names = new Set<string>();
  const packages = new Map<string, string | null>();
  for (const path of paths) {
    const name = basename(path).replace(EXTENSION, '');
    names.add(name === 'index' ? basename(dirname(path)) : name);
    if (name === 'index') names.add('index').add('.').add('..');
    const owner = packageNameOf(dirname(path), packages);
    if (owner) names.add(owner);
  }
  const alternatives = [...names].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return new RegExp(
    `\\b(?:from|import|require)\\b\\s*\\(?\\s*['"](?:[^'"\\n]*/)?(?:${alternatives})(?:\\.[cm]?[jt]sx?)?['"]`,
  );
}
