/** A request with the credentials of the form that the same code saves as the worker's: they are saved first, and the manager asks. */
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isFunction, keyName } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { credentialRoots } from './credential-origin.js';
import { savedObject, valueText } from './credential-write.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';

/** @returns What to save in front of the request, as source text; null where it is not known to be the worker's. */
export function formCredentials(
  context: PlanContext,
  { module, node }: { module: Module; node: Node },
  operations: StorageOperation[],
): string | null {
  const roots = credentialRoots(module, node);
  const home = outermostFunction(node);
  if (roots.length === 0 || !home) return null;
  for (const operation of operations) {
    const isSave = operation.module === module && operation.kind === 'set' && operation.holds === 'credentials';
    if (!isSave || !operation.value || !isInside(operation.node, home)) continue;
    const object = operation.isObject ? operation.value : savedObject(module, operation.value);
    if (object && isWhole(object) && isOf(module, object, roots) && isVisible(module, object, node))
      return valueText(context, module, object, null);
  }
  return null;
}

function outermostFunction(node: Node): Node | null {
  const outer = closest(node.parent, isFunction);
  if (!outer) return null;
  return outermostFunction(outer) ?? outer;
}

const bindingsIn = (module: Module, node: Node): Binding[] =>
  findAll(node, (at) => at.type === 'Identifier').flatMap((id) => module.scopes.bindingOf(id) ?? []);

/** All that the request takes its credentials from is in what is saved. */
function isOf(module: Module, object: Node, roots: Binding[]): boolean {
  const saved = bindingsIn(module, object);
  return roots.every((root) => saved.includes(root));
}

/** It has a secret: a record without one is no reason to take the request for the worker's. */
function isWhole(object: Node): boolean {
  if (object.type !== 'ObjectExpression') return true;
  return (object['properties'] as Node[]).some(
    (property) => property.type === 'SpreadElement' || /secret$/i.test(keyName(property) ?? ''),
  );
}

/** Every name of the saved value means the same at the request. */
const isVisible = (module: Module, object: Node, request: Node): boolean =>
  bindingsIn(module, object).every((binding) => module.scopes.lookup(binding.name, request) === binding);
