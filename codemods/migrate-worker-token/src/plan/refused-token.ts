/** A removal after a 401: the token that was refused is invalidated, not one that came meanwhile. */
import { closest, isInside, type Node } from '../ast/node.js';
import { enclosingFunction, wrapped } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import type { StorageOperation } from './storage-operations.js';
import { isGuarded } from './surroundings.js';

/** The argument of `invalidateToken()`; empty where the refused token has no name here. */
export function refusedToken(context: PlanContext, removal: StorageOperation, own: StorageOperation[]): string {
  const { module, node } = removal;
  const isRefusal = (at: Node) =>
    at.type === 'IfStatement' &&
    isInside(node, at['consequent']) &&
    /\b401\b/.test(module.text.slice(at['test'].start, at['test'].end));
  const refusal = closest(node, isRefusal);
  if (!refusal) return '';
  for (const read of own) {
    const declarator = wrapped(read.node).parent;
    const isToken = read.kind === 'get' && read.holds === 'token' && !read.parsed && !read.loop;
    if (!isToken || declarator?.type !== 'VariableDeclarator' || declarator['id'].type !== 'Identifier') continue;
    const name: string = declarator['id'].name;
    const binding = module.scopes.bindingOf(declarator['id']);
    const isHere = enclosingFunction(declarator) === enclosingFunction(node) && declarator.end <= refusal.start;
    const isVisible = binding !== undefined && module.scopes.lookup(name, node) === binding;
    if (!isHere || !isVisible || context.edits.isRemoved(module, declarator)) continue;
    return isGuarded(node, name) ? name : `${name} ?? undefined`;
  }
  return '';
}
