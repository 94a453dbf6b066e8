/** Where something went between two blank lines, one is left. Files that like two blank lines keep them. */
import { findAll } from '../ast/node.js';
import { parseText } from '../ast/parse.js';
import { applyEdits } from './apply-edits.js';

const GAP = /\n(?:[ \t]*\r?\n){2,}/;

export function withoutNewGaps(path: string, before: string, after: string): string {
  const trimmed = /^\s*\n/.test(before) ? after : after.replace(/^(\uFEFF?)(?:[ \t]*\r?\n)+/, '$1');
  if (GAP.test(before)) return trimmed;
  const gaps = [...trimmed.matchAll(new RegExp(GAP, 'g'))];
  if (gaps.length === 0) return trimmed;
  const texts = findAll(
    parseText(path, trimmed).program,
    (node) => node.type === 'TemplateLiteral' || node.type === 'JSXText',
  );
  const edits = gaps
    .map((gap) => ({ start: gap.index, end: gap.index + gap[0].length, text: /\r\n/.test(gap[0]) ? '\n\r\n' : '\n\n' }))
    .filter((gap) => !texts.some((text) => text.start < gap.start && gap.end < text.end));
  return applyEdits(trimmed, edits);
}
