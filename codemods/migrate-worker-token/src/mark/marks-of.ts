/** Which places get a comment: sites that are left, and, with `--best-effort`, what the check found in the changed files. */
import path from 'node:path';
import { openFindings, sitesLeft } from '../report/build-report.js';
import type { MigrateOptions, Report } from '../types.js';
import { BY_HAND, type Mark } from './marks.js';
import type { MarkedSite } from './stale-marks.js';

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
    ...{ of: 'after' as const, text: `${BY_HAND} ${/^TS\d/.test(code) ? `${code} ` : ''}${message}` },
  }));
  return [...sites, ...open];
}

/** Sites that may have a comment of an earlier run: those left keep it, the others need it no more. */
export function markedSites({ root, sites }: Pick<Report, 'root' | 'sites'>): MarkedSite[] {
  return sites
    .filter((site) => site.status !== 'skipped')
    .map(({ file, line, column, status }) => ({
      ...{ file: path.resolve(root, file), line, column },
      isMigrated: status === 'migrated',
    }));
}

function whatToDo({ status, reason = '', suggestion = '' }: Report['sites'][number]): string {
  if (status === 'rolled-back') return `migrate by hand: ${reason}`;
  return suggestion || reason;
}
