/** What the exit code says about a run that came to its end. */
import { openFindings, sitesLeft } from '../report/build-report.js';
import type { MigrateOptions, Report } from '../types.js';

/** 0: nothing left. 1: sites, files or findings are left for a person; with `--check`, also sites that could be migrated. */
export function exitCodeOf(report: Report, { check, bestEffort }: Pick<MigrateOptions, 'check' | 'bestEffort'>): 0 | 1 {
  const open =
    sitesLeft(report).length +
    openFindings(report, bestEffort).length +
    report.summary.filesUnparsable +
    (check ? report.summary.migrated : 0);
  return open > 0 ? 1 : 0;
}
