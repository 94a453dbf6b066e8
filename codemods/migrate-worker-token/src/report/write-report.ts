/** Writes report files; the extension says which kind. */
import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.js';
import type { Report } from '../types.js';
import { htmlOf } from './html/page.js';
import { repositoryPrefix } from './repository-prefix.js';
import { sarifOf } from './sarif.js';

const KINDS: Record<string, (report: Report) => string> = {
  '.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  '.sarif': (report) => sarifOf(report, { prefix: repositoryPrefix(report.root) }),
  '.html': (report) => htmlOf(report),
};

/** @throws UsageError before anything is done, if one of the files has an extension that means nothing. */
export function assertReportKinds(files: readonly string[]): void {
  for (const file of files) {
    if (KINDS[path.extname(file)]) continue;
    const kinds = Object.keys(KINDS).join(', ');
    throw new UsageError(`--report: "${file}" must end in one of ${kinds}. Example: --report migration.html`);
  }
}

/** @throws UsageError if the file cannot be written. */
export function writeReport(report: Report, file: string): void {
  const render = KINDS[path.extname(file)];
  if (!render) return;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, render(report));
  } catch (cause) {
    throw new UsageError(`--report: ${file} cannot be written: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    });
  }
}
