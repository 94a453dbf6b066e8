/** The token read twice in one statement: once is enough, into a constant before it. */
import { closest, type Node } from '../ast/node.js';
import { enclosingFunction, enclosingStatement, isStatementInList, unwrap, wrapped } from '../ast/shapes.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import type { Module } from './module.js';
import { timingIn } from './entry-gate.js';
import type { StorageOperation } from './storage-operations.js';
import { eolOf, indentOf, usesSemicolons } from './text-edits.js';

export function planRepeatedReads(context: PlanContext, module: Module, all: StorageOperation[]): void {
  const own = all.filter((operation) => !isSecondSource(context, module, operation, all));
  const groups = new Map<Node, StorageOperation[]>();
  for (const operation of own) {
    const isToken = operation.kind === 'get' && operation.holds === 'token' && !operation.loop;
    if (!isToken || context.edits.isGone(module, operation.node)) continue;
    const statement = enclosingStatement(operation.node);
    const isDirect = enclosingFunction(operation.node) === enclosingFunction(statement);
    if (isDirect && isStatementInList(statement)) groups.set(statement, [...(groups.get(statement) ?? []), operation]);
  }
  for (const [statement, reads] of groups) if (reads.length > 1) hoist(context, module, statement, reads);
}

/** `getItem(A) || getItem(B)`: both are the one token now. */
function isSecondSource(
  context: PlanContext,
  module: Module,
  operation: StorageOperation,
  all: StorageOperation[],
): boolean {
  const node = wrapped(operation.node);
  const logical = node.parent;
  const isRight = logical?.type === 'LogicalExpression' && logical['right'] === node && logical['operator'] !== '&&';
  if (operation.kind !== 'get' || operation.holds !== 'token' || !isRight) return false;
  const left = unwrap(logical['left']);
  const before = left.type === 'LogicalExpression' ? unwrap(left['right']) : left;
  if (!all.some((other) => other.node === before && other.holds === 'token' && other.kind === 'get')) return false;
  addSite(context, module, operation.node, 'read-token', { keys: operation.keys, holds: operation.holds });
  context.edits.remove(module, logical['left'].end, node.end, componentOf(module, node));
  context.edits.settle(module, operation.node);
  return true;
}

function hoist(context: PlanContext, module: Module, statement: Node, reads: StorageOperation[]): void {
  const timing = timingIn(context, module, statement);
  const home = closest(statement, (at) => at.type === 'BlockStatement');
  const name = ['token', 'workerToken', 'storedToken'].find(
    (candidate) => home && !module.scopes.isTaken(candidate, home),
  );
  if (timing === 'module' || !name) return;
  const component = componentOf(module, statement);
  const value = timing === 'async' ? 'await workerTokenManager.loadToken()' : 'workerTokenManager.peekToken()';
  const end = usesSemicolons(module.text) ? ';' : '';
  const line = `const ${name} = ${value}${end}${eolOf(module.text)}${indentOf(module, statement.start)}`;
  context.edits.insert(module, statement.start, line, component);
  for (const { node, keys, holds } of reads) {
    addSite(context, module, node, 'read-token', { keys, holds, peeks: timing === 'sync' });
    context.edits.replace(module, node.start, node.end, name, component);
    context.edits.settle(module, node);
  }
}
