/** Makes the report of a run: what became of every site and file. Printing and writing it is left to the files beside. */
import { DECLINED } from '../choices.js';
import type { Diagnostic, FileChange, MigrateOptions, Plan, Report, ScanResult, Site, VerifyResult } from '../types.js';

export interface ReportParts {
  tool: string;
  options: Pick<MigrateOptions, 'root' | 'dryRun' | 'check'>;
  scanned: Pick<ScanResult, 'filesScanned' | 'ignored'>;
  plan: Pick<Plan, 'sites' | 'edits' | 'unparsable'>;
  /** What stands after the check. */
  changes: readonly FileChange[];
  result: VerifyResult;
  timings: Report['timings'];
  relative: (file: string) => string;
}

export function buildReport({ tool, options, scanned, plan, changes, result, timings, relative }: ReportParts): Report {
  const sites = plan.sites.map((site) => settled(site, result.rolledBack));
  const unparsable = new Map(plan.unparsable.map(({ file, message }) => [relative(file), message]));
  const changed = new Set(changes.map((change) => relative(change.path)));
  const isTakenBack = (component: string) => (result.rolledBack.get(component) ?? DECLINED) !== DECLINED;
  const takenBack = new Set([
    ...plan.edits.filter((edit) => isTakenBack(edit.component)).map((edit) => relative(edit.file)),
    ...sites.filter((site) => site.status === 'rolled-back').map((site) => site.file),
  ]);
  const withSites = new Set(sites.map((site) => site.file));
  const files = [
    ...new Set([
      ...[...changed, ...takenBack, ...withSites],
      ...[...result.newDiagnostics.keys(), ...unparsable.keys(), ...scanned.ignored],
    ]),
  ].sort();
  const statusOf = (file: string): Report['files'][number]['status'] => {
    if (unparsable.has(file)) return 'unparsable';
    if (changed.has(file)) return 'changed';
    if (takenBack.has(file)) return 'rolled-back';
    return withSites.has(file) || result.newDiagnostics.has(file) ? 'unchanged' : 'ignored';
  };
  const list = files.map((file) => {
    const message = unparsable.get(file);
    const why = message === undefined ? {} : { message };
    return { file, status: statusOf(file), ...why, newDiagnostics: diagnosticsOf(file, result) };
  });
  const filesWith = (status: string) => list.filter((entry) => entry.status === status).length;
  const sitesWith = (status: string) => sites.filter((site) => site.status === status).length;
  return {
    version: 1,
    tool,
    root: options.root,
    dryRun: options.dryRun || options.check,
    summary: {
      filesScanned: scanned.filesScanned,
      filesWithSites: withSites.size,
      filesChanged: filesWith('changed'),
      filesRolledBack: filesWith('rolled-back'),
      filesUnparsable: filesWith('unparsable'),
      sites: sites.length,
      migrated: sitesWith('migrated'),
      manual: sitesWith('manual'),
      skipped: sitesWith('skipped'),
      rolledBack: sitesWith('rolled-back'),
    },
    sites: sites.map(({ component: _, ...site }) => site),
    files: list,
    verification: {
      diagnosticsBefore: result.diagnosticsBefore,
      diagnosticsAfter: result.diagnosticsAfter,
      floatingPromises: result.floatingPromises,
    },
    ...(result.assumptions?.length && { assumptions: result.assumptions }),
    timings,
  };
}

/** A site whose component was taken back or declined says why, and what it would have become. */
function settled(site: Site, rolledBack: ReadonlyMap<string, string>): Site {
  const reason = rolledBack.get(site.component);
  if (site.status !== 'migrated' || reason === undefined) return site;
  const { after, ...rest } = site;
  const status = reason === DECLINED ? 'manual' : 'rolled-back';
  return { ...rest, status, reason, ...(after !== undefined && { suggestion: after }) };
}

function diagnosticsOf(file: string, result: VerifyResult): Diagnostic[] {
  return [...(result.newDiagnostics.get(file) ?? []), ...(result.takenBack.get(file) ?? [])];
}

/** Sites that a person has to look at. */
export function sitesLeft(report: Pick<Report, 'sites'>): Report['sites'] {
  return report.sites.filter((site) => site.status === 'manual' || site.status === 'rolled-back');
}

/** What `bestEffort` kept although the check found it: to be finished by hand. */
export function openFindings({ files }: Pick<Report, 'files'>, bestEffort = false): Diagnostic[] {
  return bestEffort ? files.flatMap((file) => file.newDiagnostics) : [];
}
