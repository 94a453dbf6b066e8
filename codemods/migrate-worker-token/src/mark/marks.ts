/**
 * Leaves a comment above each place that a person has to look at, and knows the comments of an earlier run. Which places these are
 * is decided elsewhere. Files whose scripts are not parsed (Vue, Svelte, broken ones) get none: they are in the report.
 */
import { diffArrays } from 'diff';
import { parseText } from '../ast/parse.js';
import type { FileChange } from '../types.js';
import { commentPlace } from './comment-place.js';

export const MARK = 'TODO(worker-token)';
/** Begins the comment about migrated code that does not fit yet. */
export const BY_HAND = 'finish by hand:';

export interface Mark {
  /** Absolute. */
  file: string;
  /** 1-based. */
  line: number;
  /** 0: where the text of the line begins. */
  column: number;
  /** Which text the place is in: that before the migration, or that after it. */
  of: 'before' | 'after';
  /** What to do. */
  text: string;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

/** The changes, with the comments in them; files that were not to be changed are added. */
export function withMarks(
  changes: readonly FileChange[],
  marks: readonly Mark[],
  read: (file: string) => string,
): FileChange[] {
  const files = new Map(changes.map((change) => [change.path, change]));
  for (const file of new Set(marks.map((mark) => mark.file))) {
    const text = files.get(file)?.after ?? read(file);
    const change = files.get(file) ?? { path: file, before: text, after: text, components: [] };
    const own = marks.filter((mark) => mark.file === file);
    const after = SCRIPT.test(file) ? marked(change, own) : change.after;
    if (after !== change.after || files.has(file)) files.set(file, { ...change, after });
  }
  return [...files.values()];
}

function marked(change: FileChange, marks: Mark[]): string {
  const { path, after: text } = change;
  const program = programOf(path, text);
  if (!program) return text;
  const lines = lineMap(change);
  const comments = new Map<number, string[]>();
  for (const mark of marks) {
    const line = mark.of === 'after' ? mark.line : lines(mark.line);
    const place = commentPlace(program, text, offsetOf(text, line, mark.column));
    if (place === null || isMarked(text, place)) continue;
    comments.set(place, [...new Set([...(comments.get(place) ?? []), oneLine(mark.text)])]);
  }
  return inserted(text, comments);
}

function inserted(text: string, comments: ReadonlyMap<number, string[]>): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  let result = text;
  for (const [place, texts] of [...comments].sort(([a], [b]) => b - a)) {
    const indent = /^[ \t]*/.exec(text.slice(place))?.[0] ?? '';
    const block = texts.map((words) => `${indent}// ${MARK}: ${words}${newline}`).join('');
    result = result.slice(0, place) + block + result.slice(place);
  }
  return result;
}

export function programOf(path: string, text: string) {
  try {
    return parseText(path, text).program;
  } catch {
    return null;
  }
}

const isMarked = (text: string, place: number): boolean => marksAbove(text, place).length > 0;

/** Indexes of the lines with an earlier run's comments. They stand directly above, among other comments perhaps. */
export function marksAbove(text: string, place: number): number[] {
  const above = text.slice(0, place).split('\n').slice(0, -1);
  const start = above.findLastIndex((line) => !line.trim().startsWith('//')) + 1;
  return above.flatMap((line, index) => (index >= start && line.includes(MARK) ? [index] : []));
}

/** From a line of the old text to the same one in the new; where it is gone, to the one that follows. */
function lineMap({ before, after }: FileChange): (line: number) => number {
  if (before === null || before === after) return (line) => line;
  const now: number[] = [];
  let at = 0;
  for (const { added, removed, count } of diffArrays(before.split('\n'), after.split('\n'))) {
    for (let i = 0; i < count; i++) {
      if (!added) now.push(at + 1);
      if (!removed) at++;
    }
  }
  return (line) => now[line - 1] ?? at;
}

export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + (column > 0 ? column - 1 : (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
