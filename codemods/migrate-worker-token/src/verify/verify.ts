/**
 * Proves planned content in memory: what gets worse is taken back, component by component, until nothing does. Where a finding comes
 * from, how files are checked and with which compiler is left to the other files here.
 */
import path from 'node:path';
import type { Diagnostic, FileChange, MigrateOptions, Plan, VerifyResult } from '../types.js';
import { judgesFor } from './judges.js';
import { compilerFor } from './compiler.js';
import { isPromiseFinding, type Finding } from './findings.js';
import type { Blame, Verdict } from './judge.js';
import { tsconfigFinder } from './tsconfig.js';
import { unitsOf } from './units.js';
import type { VerifyOutcome } from './unverified.js';

export interface VerifyInput {
  plan: Plan;
  options: Pick<MigrateOptions, 'root' | 'tsconfig' | 'bestEffort' | 'concurrency'>;
  /** Files that may use a changed one, absolute. */
  candidates: string[];
  /** The changes without those of the excluded components. */
  rewrite: (excluded: ReadonlySet<string>) => FileChange[];
  /** What an earlier plan's check took back: it stays taken back. */
  earlier?: VerifyResult;
}

/** @throws TsconfigError when the tsconfig that was named cannot be read. */
export async function verify({ plan, options, candidates, rewrite, earlier }: VerifyInput): Promise<VerifyOutcome> {
  const excluded = new Map<string, string>(earlier?.rolledBack);
  const taken = new Map<string, Diagnostic[]>(earlier?.takenBack);
  let changes = rewrite(new Set(excluded.keys()));
  if (changes.length === 0) return { changes, result: resultOf([], excluded, taken) };

  const compilerFolder = options.tsconfig ? path.dirname(options.tsconfig) : options.root;
  const compiler = await compilerFor(compilerFolder);
  const changed = changes.map((change) => change.path);
  const assumptions: string[] = [];
  const find = tsconfigFinder(compiler.ts, {
    explicit: options.tsconfig,
    onAssumption: (file, text) => assumptions.push(`${path.relative(options.root, file)}: ${text}`),
  });
  const units = unitsOf(compiler.ts, find, changed, candidates, options.root);
  const parts = { units, changed, root: options.root, compilerFolder };
  const judges = await judgesFor(parts, options.concurrency ?? 1, compiler);
  try {
    for (;;) {
      const edits = plan.edits.filter((edit) => !excluded.has(edit.component));
      const verdicts = await judges.judge({ changes, edits });
      const blames = verdicts.flatMap((verdict) => verdict.blames);
      if (options.bestEffort || blames.length === 0)
        return { changes, result: { ...resultOf(verdicts, excluded, taken), assumptions } };
      exclude(excluded, taken, blames, changes);
      changes = rewrite(new Set(excluded.keys()));
    }
  } finally {
    await judges.close();
  }
}

/** Every round takes something back, so that the rounds end: at the latest with everything that is left. */
function exclude(
  excluded: Map<string, string>,
  taken: Map<string, Diagnostic[]>,
  blames: readonly Blame[],
  changes: readonly FileChange[],
): void {
  const size = excluded.size;
  for (const { finding, components } of blames) {
    const { file, line, code, message } = finding;
    taken.set(file, [...(taken.get(file) ?? []), { file, line, code, message }]);
    for (const component of components) if (!excluded.has(component)) excluded.set(component, reasonOf(finding));
  }
  if (excluded.size > size) return;
  const rest = changes.flatMap((change) => change.components).filter((component) => !excluded.has(component));
  const [first] = blames;
  if (rest.length === 0 || !first) throw new Error('A check finds new errors although everything was taken back.');
  for (const component of rest) excluded.set(component, reasonOf(first.finding));
}

function reasonOf(finding: Finding): string {
  const kind = isPromiseFinding(finding) ? finding.code : 'type-error';
  const code = isPromiseFinding(finding) ? '' : `${finding.code} `;
  return `${kind}: with the change, ${finding.file}:${finding.line} has ${code}${finding.message}`;
}

function resultOf(
  verdicts: readonly Verdict[],
  rolledBack: Map<string, string>,
  takenBack: Map<string, Diagnostic[]>,
): VerifyResult {
  const errors = (findings: Finding[]) => findings.filter((finding) => !isPromiseFinding(finding)).length;
  const fresh = verdicts.flatMap(({ blames }) => blames.map(({ finding }) => finding));
  return {
    diagnosticsBefore: verdicts.reduce((sum, { before }) => sum + errors(before), 0),
    diagnosticsAfter: verdicts.reduce((sum, { after }) => sum + errors(after), 0),
    floatingPromises: fresh.filter(isPromiseFinding).length,
    newDiagnostics: byFile(fresh),
    rolledBack,
    takenBack,
  };
}

function byFile(findings: readonly Finding[]): Map<string, Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>();
  for (const { file, line, code, message } of findings) {
    files.set(file, [...(files.get(file) ?? []), { file, line, code, message }]);
  }
  return files;
}
