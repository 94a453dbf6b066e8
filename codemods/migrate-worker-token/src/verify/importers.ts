/**
 * Finds the files that may import given ones, by text: fast, and never too few but for names that only an alias knows. Who really
 * imports whom is what the compiler resolved.
 */
import path from 'node:path';

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** `files` and everything in `project` that reaches one of them over imports, by the last part of the specifier. */
export function closureOfImporters(
  files: readonly string[],
  project: readonly string[],
  read: (file: string) => string | undefined,
): Set<string> {
  const users = usersByName(project, read);
  const found = new Set(files);
  const queue = [...files];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const user of namesOf(file).flatMap((name) => users.get(name) ?? [])) {
      if (found.has(user)) continue;
      found.add(user);
      queue.push(user);
    }
  }
  return found;
}

/** Whether a text imports something by the name of one of `files`. */
export function mentions(text: string, files: Iterable<string>): boolean {
  const names = new Set([...files].flatMap(namesOf));
  return specifierNames(text).some((name) => names.has(name));
}

function usersByName(project: readonly string[], read: (file: string) => string | undefined): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const file of project) {
    for (const name of specifierNames(read(file) ?? '')) {
      users.set(name, [...(users.get(name) ?? []), file]);
    }
  }
  return users;
}

function specifierNames(text: string): string[] {
  return [...text.matchAll(SPECIFIER)].map((match) => bare(path.posix.basename(match[2] ?? '')));
}

/** An index file is imported by its folder's name, or as `.` and `..`. */
function namesOf(file: string): string[] {
  const name = bare(path.basename(file));
  return name === 'index' ? [name, path.basename(path.dirname(file)), '', '.', '..'] : [name];
}

function bare(name: string): string {
  return name.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
}
