/** Adds the `@worker-token` packages that migrated files import to the nearest package.json, as text: its format stays. */
import fs from 'node:fs';
import path from 'node:path';
import type { FileChange } from '../types.js';

const IMPORT = /['"](@worker-token\/[a-z-]+)(?:\/[^'"]*)?['"]/g;

/**
 * @param range What to ask for, for example `^0.1.0`.
 * @returns One change per package.json that lacks a package; none where everything is there.
 */
export function dependencyChanges(changes: readonly FileChange[], range: string): FileChange[] {
  const wanted = new Map<string, { names: Set<string>; components: Set<string> }>();
  for (const change of changes) {
    const names = [...change.after.matchAll(IMPORT)].map((match) => match[1] ?? '');
    const manifest = names.length > 0 ? nearestManifest(change.path) : null;
    if (!manifest) continue;
    const entry = wanted.get(manifest) ?? { names: new Set(), components: new Set() };
    for (const name of names) entry.names.add(name);
    for (const component of change.components) entry.components.add(component);
    wanted.set(manifest, entry);
  }
  return [...wanted].flatMap(([file, { names, components }]) => {
    const before = fs.readFileSync(file, 'utf8');
    const after = withDependencies(before, [...names].sort(), range);
    return after === before ? [] : [{ path: file, before, after, components: [...components] }];
  });
}

/** The text of a package.json with these dependencies, where they are not there yet in any list. */
export function withDependencies(text: string, names: readonly string[], range: string): string {
  const manifest = parse(text);
  const missing = names.filter((name) => !LISTS.some((list) => name in (manifest?.[list] ?? {})));
  if (!manifest || missing.length === 0) return text;
  const known = manifest.dependencies;
  const all = { ...known, ...Object.fromEntries(missing.map((name) => [name, range])) };
  const entries = Object.entries(all).sort(([a], [b]) => (isSorted(known) ? compare(a, b) : 0));
  const after = withBlock(text, manifest, entries);
  const complete = missing.every((name) => name in (parse(after)?.dependencies ?? {}));
  return complete ? after : text;
}

function withBlock(text: string, manifest: Manifest, entries: [string, string][]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const pairs = entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const block = ['{', pairs.map((pair) => indent + indent + pair).join(`,${newline}`), `${indent}}`].join(newline);
  const existing = /("dependencies"\s*:\s*)(\{[^{}]*\})/;
  if (manifest.dependencies) {
    const inLine = `{ ${pairs.join(', ')} }`;
    return text.replace(existing, (_, head: string, old: string) => head + (/\n|\{\s*\}/.test(old) ? block : inLine));
  }
  const body = text.replace(/\s*\}\s*$/, '');
  const comma = Object.keys(manifest).length > 0 ? ',' : '';
  return `${body}${comma}${newline}${indent}"dependencies": ${block}${newline}}${newline}`;
}

const LISTS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

type Manifest = { [list in (typeof LISTS)[number]]?: Record<string, string> };

function parse(text: string): Manifest | null {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Manifest;
  } catch {
    return null;
  }
}

function isSorted(list: Record<string, string> = {}): boolean {
  const names = Object.keys(list);
  return names.every((name, i) => i === 0 || compare(names[i - 1] ?? '', name) <= 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nearestManifest(file: string): string | null {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'package.json');
    if (fs.existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return null;
  }
}
