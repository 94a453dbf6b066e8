/** The run as a list of steps: scan, plan, rewrite, verify, write, report. It decides nothing; each step is a folder of its own. */
import fs from 'node:fs';
import path from 'node:path';
import type { Choice } from './choices.js';
import { assertRestorable, assertCommitted } from './git/guard.js';
import { withDefaults, type MigrateInput } from './options/defaults.js';
import { buildReport } from './report/build-report.js';
import { scan } from './scan/scan.js';
import { Stopwatch } from './stopwatch.js';
import type { FileChange, MigrateOptions, Plan, Report, ScanResult, VerifyResult } from './types.js';
import { unverified, type VerifyOutcome } from './verify/unverified.js';
import { TOOL } from './version.js';
import { writeChanges } from './write/write.js';

export interface Migration {
  report: Report;
  /** What was written, or would have been. */
  changes: FileChange[];
}

/**
 * Moves a code base onto the manager.
 * @returns What became of every site, as the JSON report has it.
 * @throws MigrationError when something in the call or the project stops the run; nothing is written then.
 */
export async function migrate(input: MigrateInput = {}): Promise<Report> {
  return (await runMigration(withDefaults(input))).report;
}

export type Stage = 'scan' | 'plan' | 'verify' | 'write';

/** What may follow a run, and have a say in it. */
export interface Companion {
  /** Called when a stage begins. */
  onStage?: (stage: Stage) => void;
  /** Asked before anything is written. @returns The components to leave as they are. */
  choose?: (choices: readonly Choice[]) => Promise<ReadonlySet<string>>;
}

export async function runMigration(options: MigrateOptions, companion: Companion = {}): Promise<Migration> {
  const { onStage = () => {} } = companion;
  const watch = new Stopwatch();
  const writes = !options.dryRun && !options.check;
  const relative = (file: string) =>
    path.relative(options.root, path.resolve(options.root, file)).split(path.sep).join('/');

  if (writes && !options.force) assertRestorable(options.paths);
  onStage('scan');
  const scanned = watch.time('scan', () => scan(options));
  const { plan, changes, result } = await chosen(scanned, options, { watch, onStage }, companion);
  const all = [...changes, ...(await manifests(changes, options))];

  const timings = {
    scanMs: Math.round(watch.ms('scan')),
    planMs: Math.round(watch.ms('plan')),
    rewriteMs: Math.round(watch.ms('rewrite')),
    verifyMs: Math.round(watch.ms('verify') - watch.ms('rewrite')),
  };
  const parts = { tool: TOOL, options, scanned, plan, result, timings, relative };
  const final = await marked(all, buildReport({ ...parts, changes: all }), scanned, options);
  const report = buildReport({ ...parts, changes: final });
  if (writes) {
    onStage('write');
    if (!options.force) assertCommitted(final.filter((change) => change.before !== null).map((change) => change.path));
    writeChanges(final, options.root);
  }
  return { report, changes: final };
}

interface Steps {
  watch: Stopwatch;
  onStage: (stage: Stage) => void;
}

/** Plans and proves; once more without what was declined, where somebody is asked. */
async function chosen(scanned: ScanResult, options: MigrateOptions, steps: Steps, { choose }: Companion) {
  const first = await settled(scanned, options, steps);
  if (!choose || first.changes.length === 0) return first;
  const { choicesOf, declining } = await import('./choices.js');
  const declined = await choose(choicesOf(first.plan, first.result));
  return declined.size === 0 ? first : settled(scanned, options, steps, declining(first.result, declined));
}

async function marked(
  changes: FileChange[],
  report: Report,
  scanned: ScanResult,
  options: MigrateOptions,
): Promise<FileChange[]> {
  if (!options.mark && !options.bestEffort && !changes.some((change) => change.before?.includes('TODO(worker-token)')))
    return changes;
  const [{ marksOf, markedSites }, { withMarks }, { withoutStaleMarks }] = await Promise.all([
    import('./mark/marks-of.js'),
    import('./mark/marks.js'),
    import('./mark/stale-marks.js'),
  ]);
  const current = withoutStaleMarks(changes, markedSites(report));
  return withMarks(current, marksOf(report, options), reader(scanned));
}

/** Plans and proves; again where a use of a stored token was taken back, for those who share that token. */
async function settled(
  scanned: ScanResult,
  options: MigrateOptions,
  { watch, onStage }: Steps,
  before?: VerifyResult,
): Promise<VerifyOutcome & { plan: Plan }> {
  for (let earlier = before; ;) {
    const takenBack = new Set(earlier?.rolledBack.keys());
    onStage('plan');
    const plan = await watch.time('plan', () => planned(scanned, options, takenBack));
    onStage('verify');
    const outcome = await watch.time('verify', () => proven(plan, scanned, options, watch, earlier));
    const { rolledBack } = outcome.result;
    const isShared = plan.tokenComponents?.some((name) => rolledBack.has(name) && !takenBack.has(name));
    if (!isShared) return { plan, ...outcome };
    earlier = outcome.result;
  }
}

// The heavy modules are loaded only for code that has a site.

async function planned(scanned: ScanResult, options: MigrateOptions, takenBack: ReadonlySet<string>): Promise<Plan> {
  if (scanned.candidates.length === 0) return { sites: [], edits: [], creates: [], unparsable: [] };
  const { plan } = await import('./plan/plan.js');
  return plan(scanned, options, takenBack);
}

async function proven(
  plan: Plan,
  scanned: ScanResult,
  options: MigrateOptions,
  watch: Stopwatch,
  earlier?: VerifyResult,
): Promise<VerifyOutcome> {
  if (plan.edits.length === 0) return unverified([], earlier?.rolledBack);
  const { rewrite } = await import('./rewrite/rewrite.js');
  const read = reader(scanned);
  const rewritten = (excluded: ReadonlySet<string>) => watch.time('rewrite', () => rewrite(plan, read, excluded));
  if (!options.verify) return unverified(rewritten(new Set(earlier?.rolledBack.keys())), earlier?.rolledBack);
  const { verify } = await import('./verify/verify.js');
  const candidates = scanned.candidates.map((file) => file.path);
  return verify({ plan, options, candidates, rewrite: rewritten, ...(earlier && { earlier }) });
}

async function manifests(changes: readonly FileChange[], options: MigrateOptions): Promise<FileChange[]> {
  if (!options.installDep || changes.length === 0) return [];
  const [{ dependencyChanges }, { packagesVersion }] = await Promise.all([
    import('./write/dependencies.js'),
    import('./verify/worker-token-types.js'),
  ]);
  return dependencyChanges(changes, `^${packagesVersion()}`);
}

/** Every stage sees a file as the scan read it. */
function reader(scanned: ScanResult): (file: string) => string {
  const texts = new Map(scanned.candidates.map((file) => [file.path, file.text]));
  return (file) => {
    const text = texts.get(file) ?? fs.readFileSync(file, 'utf8');
    texts.set(file, text);
    return text;
  };
}
