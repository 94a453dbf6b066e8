/** What files import, read from their text: for files that need not be parsed. May take a string or a comment for an import. */
import type { Project } from './project.js';

const STATEMENT = /^[ \t]*(?:import|export)\b\s*(?:[\w$*{][^'"`;=()]*?\bfrom\s*)?['"]([^'"\n]+)['"]/gm;
const REQUIRE = /\brequire\(\s*['"]([^'"\n]+)['"]/g;

export function addressesIn(text: string): string[] {
  const imported = matches(text, STATEMENT);
  return imported.length > 0 ? imported : matches(text, REQUIRE);
}

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, address]) => address as string);

export interface ImportList {
  path: string;
  specifiers: string[];
}

/** The imports of every candidate, bystanders too, by path. */
export function importLists({ modules, bystanders }: Project): ImportList[] {
  const unread = bystanders.files.map(({ path, text }) => ({ path, specifiers: addressesIn(text) }));
  return [...modules, ...unread].sort((a, b) => (a.path < b.path ? -1 : 1));
}
