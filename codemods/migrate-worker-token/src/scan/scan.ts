/** First stage: which files may have a site. Reads every file once; parses none. */
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { isIgnoredPath, looksBundled, mayHaveSite } from '@worker-token/legacy-signals';
import type { MigrateOptions, ScanResult, SourceFile } from '../types.js';
import { importersOf } from './importers.js';
import { listFiles } from './list-files.js';

/** A module that exports the manager is a candidate, too: the rewritten files import from it. */
const MANAGER = 'workerTokenManager';

export function scan(options: Pick<MigrateOptions, 'root' | 'paths' | 'signals'>): ScanResult {
  const files = listFiles(options.paths);
  const rel = (path: string) => relative(options.root, path).split(sep).join('/');
  const withSignal: SourceFile[] = [];
  const ignored: string[] = [];
  for (const path of files) {
    const text = readFileSync(path, 'utf8');
    if (!mayHaveSite(text, options.signals) && !text.includes(MANAGER)) continue;
    if (isIgnoredPath(rel(path)) || looksBundled(text)) ignored.push(rel(path));
    else withSignal.push({ path, text });
  }
  const known = new Set(withSignal.map((file) => file.path));
  const rest = withSignal.length === 0 ? [] : files.filter((path) => !known.has(path) && !isIgnoredPath(rel(path)));
  const importers = importersOf(withSignal, rest.map(read)).filter(({ text }) => !looksBundled(text));
  const candidates = [...withSignal, ...importers].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { filesScanned: files.length, candidates, importers, ignored };
}

const read = (path: string): SourceFile => ({ path, text: readFileSync(path, 'utf8') });
