/** Branches and tries that the edits emptied. A comment inside keeps them. */
import { findAll, type Node } from '../ast/node.js';
import { isStatementInList } from '../ast/shapes.js';
import { lineSpan } from '../plan/text-edits.js';
import type { Parsed, Span } from './parsed-text.js';
import { isPure } from './purity.js';

export function emptyBlocks(before: Parsed, now: Parsed): Span[] {
  if (empty(before).length >= empty(now).length) return [];
  const known = new Set(empty(before).map((node) => before.text.slice(node.start, node.end)));
  return empty(now)
    .filter((node) => !known.has(now.text.slice(node.start, node.end)))
    .map((node) => ({ ...lineSpan(now, node), text: '' }));
}

/** A case that only ends. */
const isIdle = (branch: Node): boolean =>
  (branch['consequent'] as Node[]).every((statement) => statement.type === 'BreakStatement');

function empty({ program, text }: Parsed): Node[] {
  const isEmpty = (block: Node) =>
    block.type === 'BlockStatement' && text.slice(block.start + 1, block.end - 1).trim() === '';
  return findAll(program, (node) => {
    if (!isStatementInList(node)) return false;
    if (node.type === 'IfStatement') {
      return isEmpty(node['consequent']) && (!node['alternate'] || isEmpty(node['alternate'])) && isPure(node['test']);
    }
    if (node.type === 'SwitchStatement') return isPure(node['discriminant']) && (node['cases'] as Node[]).every(isIdle);
    return node.type === 'TryStatement' && isEmpty(node['block']) && !node['finalizer'];
  });
}
