/** What a check finds in one file, and how two lists of it are compared. */
import type ts from 'typescript';
import type { Diagnostic } from '../types.js';
import type { TypeScript } from './compiler.js';
import { findPromises } from './promises.js';

export interface Finding extends Diagnostic {
  /** Absolute path; `file` is the relative one. */
  path: string;
  /** Offset in the checked text. */
  start: number;
}

export interface FindingsParts {
  ts: TypeScript;
  program: ts.Program;
  /** Which error codes count; undefined: all. */
  codes?: RegExp | undefined;
  relative: (file: string) => string;
}

/** Errors of syntax and types, then promises nobody waits for. */
export function findingsOf({ ts, program, codes, relative }: FindingsParts, path: string): Finding[] {
  const file = program.getSourceFile(path);
  if (!file) return [];
  const finding = (start: number, code: string, message: string): Finding => {
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    return { path, file: relative(path), start, line, code, message };
  };
  const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    .filter((d) => d.category === ts.DiagnosticCategory.Error)
    .map((d) => finding(d.start ?? 0, `TS${d.code}`, ts.flattenDiagnosticMessageText(d.messageText, ' ')))
    .filter((d) => codes === undefined || codes.test(d.code));
  const promises = findPromises(ts, program.getTypeChecker(), file).map(({ node, kind, message }) =>
    finding(node.getStart(file), kind, `${message}: ${excerpt(node.getText(file))}`),
  );
  return [...errors, ...promises];
}

/** Those of `after` that `before` lacks, each counted as often as it occurs. Lines do not matter: an edit moves them. */
export function freshOnes(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const left = new Map<string, number>();
  for (const finding of before) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  return after.filter((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), count - 1);
    return count <= 0;
  });
}

export function isPromiseFinding(finding: Finding): boolean {
  return finding.code.endsWith('-promise');
}

function keyOf({ path, code, message }: Finding): string {
  return [path, code, message].join('\0');
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
