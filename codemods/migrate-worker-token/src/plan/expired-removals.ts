/** Removals of an expired token beside its read: the manager serves no expired token, so they go without anything in their place. */
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import { enclosingFunction, enclosingStatement } from '../ast/shapes.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';
import { lineSpan } from './text-edits.js';

/** `if (Date.now() > expiry) removeItem(…)` beside a read: the manager serves no expired token, so there is nothing to remove. */
export function isExpiryCleanup(module: Module, operation: StorageOperation, own: StorageOperation[]): boolean {
  if (operation.holds !== 'token' && operation.holds !== 'expiry') return false;
  const fn = enclosingFunction(operation.node);
  const reads = own.filter((o) => o.kind === 'get' && fn !== null && enclosingFunction(o.node) === fn);
  if (!reads.some((o) => o.holds === 'token') || !reads.some((o) => o.holds === 'expiry')) return false;
  for (let at = closest(operation.node, isIf); at && fn && isInside(at, fn); at = closest(at.parent, isIf)) {
    if (asksForTime(module, at['test'])) return true;
  }
  return false;
}

const isIf = (node: Node) => node.type === 'IfStatement';

/** The condition has the clock in it, directly or through a constant. */
function asksForTime(module: Module, test: Node, depth = 0): boolean {
  if (/\bDate\b/.test(module.text.slice(test.start, test.end))) return true;
  if (depth > 2) return false;
  return findAll(test, (node) => node.type === 'Identifier').some((id) => {
    const declaration = module.scopes.bindingOf(id)?.declaration;
    const init: Node | undefined = declaration?.type === 'VariableDeclarator' ? declaration['init'] : undefined;
    return init !== undefined && init !== null && asksForTime(module, init, depth + 1);
  });
}

/** The statement goes, without anything in its place. */
export function dropCleanup(context: PlanContext, module: Module, operation: StorageOperation): void {
  const { keys, holds, node } = operation;
  addSite(context, module, node, 'remove-expired', { keys, holds });
  const span = lineSpan(module, enclosingStatement(node));
  context.edits.remove(module, span.start, span.end, componentOf(module, node));
}
