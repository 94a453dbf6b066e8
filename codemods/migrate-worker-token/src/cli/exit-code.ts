/** What the exit code says about a run that came to its end. */
import { sitesLeft } from '../report/build-report.js';
import type { Report } from '../types.js';

/** 0: nothing left. 1: sites or files are left for a person; with `--check`, also sites that could be migrated. */
export function exitCodeOf(report: Report, check: boolean): 0 | 1 {
  const open = sitesLeft(report).length + report.summary.filesUnparsable + (check ? report.summary.migrated : 0);
  return open > 0 ? 1 : 0;
}
