/** Which places get a comment: sites that are left, and, with `--best-effort`, what the check found in the changed files. */
import path from 'node:path';
import { openFindings, sitesLeft } from '../report/build-report.js';
import type { MigrateOptions, Report } from '../types.js';
import type { Mark } from './marks.js';

export function marksOf(
  report: Pick<Report, 'root' | 'sites' | 'files'>,
  { mark, bestEffort }: Pick<MigrateOptions, 'mark' | 'bestEffort'>,
): Mark[] {
  const absolute = (file: string) => path.resolve(report.root, file);
  const sites = (mark ? sitesLeft(report) : []).map((site) => ({
    ...{ file: absolute(site.file), line: site.line, column: site.column },
    ...{ of: 'before' as const, text: whatToDo(site) },
  }));
  const open = openFindings(report, bestEffort).map(({ file, line, code, message }) => ({
    ...{ file: absolute(file), line, column: 0 },
    ...{ of: 'after' as const, text: `finish by hand: ${/^TS\d/.test(code) ? `${code} ` : ''}${message}` },
  }));
  return [...sites, ...open];
}

function whatToDo({ status, reason = '', suggestion = '' }: Report['sites'][number]): string {
  if (status === 'rolled-back') return `migrate by hand: ${reason}`;
  return suggestion || reason;
}
