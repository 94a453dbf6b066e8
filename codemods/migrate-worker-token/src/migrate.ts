/** The run as a list of steps: scan, plan, rewrite, verify, write, report. It decides nothing; each step is a folder of its own. */
import fs from 'node:fs';
import path from 'node:path';
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

/** @param onStage Called when a stage begins. */
export async function runMigration(
  options: MigrateOptions,
  onStage: (stage: Stage) => void = () => {},
): Promise<Migration> {
  const watch = new Stopwatch();
  const writes = !options.dryRun && !options.check;
  const relative = (file: string) =>
    path.relative(options.root, path.resolve(options.root, file)).split(path.sep).join('/');

  if (writes && !options.force) assertRestorable(options.paths);
  onStage('scan');
  const scanned = watch.time('scan', () => scan(options));
  const { plan, changes, result } = await settled(scanned, options, { watch, onStage });
  const all = [...changes, ...(await manifests(changes, options))];

  const timings = {
    scanMs: Math.round(watch.ms('scan')),
    planMs: Math.round(watch.ms('plan')),
    rewriteMs: Math.round(watch.ms('rewrite')),
    verifyMs: Math.round(watch.ms('verify') - watch.ms('rewrite')),
  };
  const report = buildReport({ tool: TOOL, options, scanned, plan, changes: all, result, timings, relative });
  if (writes) {
    onStage('write');
    if (!options.force) assertCommitted(all.filter((change) => change.before !== null).map((change) => change.path));
    writeChanges(all, options.root);
  }
  return { report, changes: all };
}

/** Plans and proves; again where a use of a stored token was taken back, for those who share that token. */
async function settled(
  scanned: ScanResult,
  options: MigrateOptions,
  { watch, onStage }: { watch: Stopwatch; onStage: (stage: Stage) => void },
): Promise<VerifyOutcome & { plan: Plan }> {
  for (let earlier: VerifyResult | undefined; ;) {
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
  if (plan.edits.length === 0) return unverified([]);
  const { rewrite } = await import('./rewrite/rewrite.js');
  const read = reader(scanned);
  const rewritten = (excluded: ReadonlySet<string>) => watch.time('rewrite', () => rewrite(plan, read, excluded));
  if (!options.verify) return unverified(rewritten(new Set()));
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
