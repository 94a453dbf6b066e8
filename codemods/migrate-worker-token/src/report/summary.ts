/** The summary for a terminal: what was found, what became of it, what is left and why, what to do next. */
import type { Diagnostic, Report } from '../types.js';
import { sitesLeft } from './build-report.js';
import type { Colors } from './colors.js';
import { printable } from './printable.js';

export interface SummaryParts {
  report: Report;
  colors: Colors;
  /** Null: package.json was not touched. */
  install: string | null;
  /** What `--best-effort` kept although it does not fit. */
  open?: readonly Diagnostic[];
  verified: boolean;
  mode: 'write' | 'dry-run' | 'check';
}

/** More than these are in the report file only. */
const SHOWN = 40;

export function summaryOf({ report, colors, install, open = [], verified, mode }: SummaryParts): string {
  const { summary } = report;
  const seconds = Object.values(report.timings).reduce((sum, ms) => sum + ms, 0) / 1000;
  const head = `${report.tool}: ${count(summary.filesScanned, 'file')} in ${seconds.toFixed(1)} s`;
  if (summary.sites === 0 && summary.filesUnparsable === 0) {
    return [
      colors.bold(head),
      'No code here stores worker credentials or requests a worker token by itself. Nothing to do.',
      ...passedOver(report),
      '',
    ].join('\n');
  }
  const written = mode === 'write' ? 'migrated' : 'can be migrated';
  return [
    colors.bold(head),
    '',
    `  ${count(summary.sites, 'site')} in ${count(summary.filesWithSites, 'file')}`,
    colors.green(
      `  ${summary.migrated} ${written}, ${count(summary.filesChanged, 'file')} ${mode === 'write' ? 'changed' : 'would change'}`,
    ),
    ...line(summary.manual, (n) => colors.yellow(`  ${n} left for you`)),
    ...line(summary.rolledBack, (n) =>
      colors.yellow(`  ${n} rolled back: the change would have made the project worse`),
    ),
    ...line(placesOf(open), (n) => colors.yellow(`  ${count(n, 'place')} to finish by hand (--best-effort)`)),
    ...line(summary.skipped, (n) => `  ${n} skipped`),
    ...line(summary.filesUnparsable, (n) => colors.red(`  ${count(n, 'file')} that could not be parsed`)),
    ...passedOver(report),
    `  ${verification(report, verified, open.length)}`,
    ...(report.assumptions ?? []).map((text) => colors.yellow(`  ${printable(text)}`)),
    ...left(report, colors),
    ...unfinished(open, colors),
    ...unparsable(report),
    ...next(report, install, mode),
    '',
  ].join('\n');
}

function line(n: number, text: (n: number) => string): string[] {
  return n > 0 ? [text(n)] : [];
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function verification({ verification: v, summary }: Report, verified: boolean, open: number): string {
  if (!verified) return 'not verified (--no-verify): run your type check and tests';
  if (summary.migrated === 0) return 'nothing to verify';
  if (open > 0) return 'checked: what does not fit is marked TODO(worker-token)';
  return `verified: type errors in the files concerned ${v.diagnosticsBefore} before, ${v.diagnosticsAfter} after; no new promise that nobody awaits`;
}

function left(report: Report, colors: Colors): string[] {
  const sites = sitesLeft(report);
  const shown = sites
    .slice(0, SHOWN)
    .flatMap((site) => [
      `  ${colors.cyan(`${site.file}:${site.line}:${site.column}`)}  ${site.pattern}${site.status === 'rolled-back' ? ', rolled back' : ''}`,
      ...indented(site.reason, '      '),
      ...indented(site.suggestion, '      → '),
    ]);
  const more = sites.length > SHOWN ? [`  … and ${sites.length - SHOWN} more: --report FILE.html has them all`] : [];
  return sites.length > 0 ? ['', colors.bold('Left for you'), ...shown, ...more] : [];
}

function indented(text: string | undefined, prefix: string): string[] {
  if (!text) return [];
  const continuation = ' '.repeat(prefix.length);
  return printable(text)
    .split('\n')
    .map((part, i) => (i === 0 ? prefix : continuation) + part);
}

/** They name a key or address of ours. */
function passedOver({ files }: Report): string[] {
  const bundles = files.filter((file) => file.status === 'ignored').length;
  return line(bundles, (n) => `  ${count(n, 'file')} passed over: bundles, backups, generated files`);
}

function placesOf(open: readonly Diagnostic[]): number {
  return new Set(open.map(({ file, line: at }) => `${file}:${at}`)).size;
}

function unfinished(open: readonly Diagnostic[], colors: Colors): string[] {
  if (open.length === 0) return [];
  const shown = open.flatMap(({ file, line: at, code, message }) => [
    `  ${colors.cyan(`${file}:${at}`)}  ${code}`,
    ...indented(message, '      '),
  ]);
  return ['', colors.bold('To finish by hand'), ...shown];
}

function unparsable(report: Report): string[] {
  const files = report.files.filter((file) => file.status === 'unparsable');
  return files.length > 0 ? ['', 'Not parsed, passed over', ...files.flatMap(reasonOf)] : [];
}

function reasonOf({ file, message }: Report['files'][number]): string[] {
  return [`  ${file}`, ...indented(message, '      ')];
}

function next(report: Report, install: string | null, mode: SummaryParts['mode']): string[] {
  if (mode === 'dry-run') return ['', 'Nothing was written (--dry-run).'];
  if (mode === 'check') return ['', 'Nothing was written (--check).'];
  if (report.summary.filesChanged === 0) return [];
  const back = '  migrate-worker-token --undo   (takes it back)';
  return ['', 'Next', ...(install ? [`  ${install}`] : []), '  git diff', back];
}
