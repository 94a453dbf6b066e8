/** Removals that stand together are one run; where a run ends, and whether the page is left behind it. */
import { findAll, type Node } from '../ast/node.js';
import { enclosingStatement, isCall, isMember, propertyName, statementList, wrapped } from '../ast/shapes.js';
import type { StorageOperation } from './storage-operations.js';

export const isPlainStatement = ({ node, loop }: StorageOperation) =>
  !loop && wrapped(node).parent?.type === 'ExpressionStatement';

/** The statement (or loop) that a removal is; removals in one statement list with nothing but removals between them. */
export function runsOf(operations: StorageOperation[]): StorageOperation[][] {
  const runs: StorageOperation[][] = [];
  for (const operation of operations) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && isNext(statementOf(last), statementOf(operation))) run.push(operation);
    else runs.push([operation]);
  }
  return runs;
}

export function statementOf(operation: StorageOperation): Node {
  const { loop, node } = operation;
  return enclosingStatement(loop ? loop.node : node);
}

function isNext(first: Node, second: Node): boolean {
  const list = statementList(first);
  return (
    first === second ||
    (list.includes(second) && list.indexOf(second) === list.indexOf(first) + 1 && isBare(first) && isBare(second))
  );
}

export const isBare = (statement: Node) =>
  statement.type === 'ExpressionStatement' || statement.type === 'ForOfStatement';

/** `location.reload()` or a navigation, later in the same list. */
export function reloadAfter(statement: Node): Node | null {
  const list = statementList(statement);
  for (const later of list.slice(list.indexOf(statement) + 1)) {
    if (later.type === 'ExpressionStatement' && findAll(later, isReload).length > 0) return later;
  }
  return null;
}

function isReload(node: Node): boolean {
  if (!isCall(node) || !isMember(node['callee'])) return false;
  const object: Node = node['callee']['object'];
  const isLocation = object['name'] === 'location' || (isMember(object) && propertyName(object) === 'location');
  return isLocation && /^(reload|assign|replace)$/.test(propertyName(node['callee']) ?? '');
}
