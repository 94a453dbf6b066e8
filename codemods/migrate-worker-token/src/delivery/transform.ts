/**
 * The single-file part for jscodeshift: `npx jscodeshift -t node_modules/@worker-token/codemod/dist/transform/transform.js src`.
 * It sees one file at a time, makes no set-up module and checks no types; what needs another file is left alone.
 */
import path from 'node:path';
import { mayHaveSite } from '@worker-token/legacy-signals';
import { exportedAsync } from '../ast/exported-async.js';
import { parseText } from '../ast/parse.js';
import { withDefaults } from '../options/defaults.js';
import { plan } from '../plan/plan.js';
import { sitesLeft } from '../report/build-report.js';
import { rewrite } from '../rewrite/rewrite.js';
import type { MigrateOptions } from '../types.js';

interface FileInfo {
  path: string;
  source: string;
}

interface Api {
  /** Prints a line about the file. */
  report(message: string): void;
}

/** As written on jscodeshift's command line: `--key=acme_worker --importFrom=@/worker-token`. */
export interface TransformOptions {
  key?: string | string[];
  tokenKey?: string | string[];
  endpoint?: string | string[];
  /** Where workerTokenManager comes from. Default `@worker-token/manager`. */
  importFrom?: string;
  react?: 'hooks' | 'peek';
}

/** @returns The new text, or undefined where nothing changes. */
export function transform(file: FileInfo, api: Api, given: TransformOptions = {}): string | undefined {
  const full = path.resolve(file.path);
  const options = optionsOf(full, given);
  if (!mayHaveSite(file.source, options.signals)) return undefined;
  const scanned = { filesScanned: 1, candidates: [{ path: full, text: file.source }], importers: [], ignored: [] };
  const made = plan(scanned, options);
  const changed = (excluded: ReadonlySet<string>) =>
    rewrite({ ...made, creates: [] }, () => file.source, excluded).find((change) => change.path === full)?.after;
  for (const site of sitesLeft(made)) api.report(`line ${site.line}: left: ${site.reason ?? site.pattern}`);
  const after = changed(new Set());
  if (after === undefined) return undefined;
  const unsafe = turnedAsync(full, file.source, after);
  if (unsafe.length === 0) return after;
  for (const name of unsafe) api.report(`${name} is left: it would become async, and other files may call it`);
  return changed(new Set(unsafe.map((name) => `${path.basename(full)}#${name}`)));
}

function optionsOf(file: string, given: TransformOptions): MigrateOptions {
  const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());
  const [keys, tokenKeys] = [list(given.key), list(given.tokenKey)];
  return withDefaults({
    root: path.dirname(file),
    paths: [file],
    importFrom: given.importFrom ?? '@worker-token/manager',
    react: given.react ?? 'hooks',
    signals: {
      ...{ credentialKeys: keys, tokenKeys, endpoints: list(given.endpoint) },
      explicitKeys: [...keys, ...tokenKeys],
    },
  });
}

/** Exported functions that are async in the new text and were not in the old. */
function turnedAsync(file: string, before: string, after: string): string[] {
  const was = new Set(exportedAsync(parseText(file, before).program));
  return exportedAsync(parseText(file, after).program).filter((name) => !was.has(name));
}
