/** How a replacement is written down: parentheses, whole lines, indentation. */
import type { Node } from '../ast/node.js';
import { isCall, isMember } from '../ast/shapes.js';

/** The weakest operator in a replacement: a plain call, an `await`, or `a ?? b`. */
export type Strength = 'call' | 'await' | 'nullish';

/** Puts parentheses around the text if its place needs them. */
export function fit(text: string, strength: Strength, place: Node): string {
  return strength !== 'call' && !place.extra?.parenthesized && needsParentheses(strength, place) ? `(${text})` : text;
}

function needsParentheses(strength: Strength, place: Node): boolean {
  const parent = place.parent;
  if (!parent) return false;
  if (isMember(parent)) return parent['object'] === place;
  if (isCall(parent) || parent.type === 'NewExpression') return parent['callee'] === place;
  if (parent.type === 'TSNonNullExpression' || parent.type === 'BinaryExpression') return true;
  if (parent.type === 'LogicalExpression' || parent.type === 'UnaryExpression') return true;
  if (parent.type === 'ConditionalExpression') return parent['test'] === place;
  if (strength === 'await') return false;
  return ['TSAsExpression', 'TSSatisfiesExpression', 'AwaitExpression'].includes(parent.type);
}

/** The statement with its whole lines, if nothing else stands on them; a blank line on both sides becomes one. */
export function lineSpan(
  module: { text: string },
  node: { start: number; end: number },
): { start: number; end: number } {
  const { text } = module;
  let { start, end } = node;
  if (text[end] === ';') end++;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', end);
  const lineEnd = nextBreak < 0 ? text.length : nextBreak + 1;
  const isAlone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  if (!isAlone) {
    while (text[end] === ' ') end++;
    return { start, end };
  }
  start = text.startsWith('\uFEFF') ? Math.max(lineStart, 1) : lineStart;
  end = lineEnd;
  const blankAfter = /^[ \t]*\r?\n/.exec(text.slice(end));
  const endsBlock = /^[ \t]*\}/.test(text.slice(end));
  const before = text.slice(0, start);
  const blankBefore = /\n[ \t]*\r?\n$/.exec(before);
  if (blankAfter && (blankBefore || /[{([]\s*\r?\n$/.test(before) || before.trim() === '')) end += blankAfter[0].length;
  else if (endsBlock && blankBefore) start -= blankBefore[0].length - 1;
  return { start, end };
}

export function indentOf(module: { text: string }, at: number): string {
  const lineStart = module.text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(module.text.slice(lineStart))?.[0] ?? '';
}

export const eolOf = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n');

/** One step of indentation, as the file does it. */
export function indentStep(text: string): string {
  if (/^\t/m.test(text)) return '\t';
  const widths = [...text.matchAll(/^( +)\S/gm)].map((match) => (match[1] ?? '').length);
  return widths.length > 0 ? ' '.repeat(Math.min(...widths)) : '  ';
}

export const usesSemicolons = (text: string): boolean => {
  const withThem = (text.match(/;[ \t]*\r?$/gm) ?? []).length;
  const lines = (text.match(/^\s*(import|const|let|return|export \*|export \{)\b.*[^;,{([\s]\s*\r?$/gm) ?? []).length;
  return withThem >= lines;
};
