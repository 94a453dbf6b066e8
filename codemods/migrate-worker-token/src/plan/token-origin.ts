/** Does a value come from the manager: from a request that was migrated, directly, through a name, or as what every caller passes? */
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { enclosingFunction, isCall, isFunction, isIdentifier, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { calledBy } from './call-graph.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';
import { tokenUses } from './request-edits.js';
import { callersOf } from './callers.js';

const MAX_DEPTH = 4;

export function comesFromMigratedRequest(context: PlanContext, module: Module, value: Node, depth = 0): boolean {
  const node = unwrap(value);
  if (depth > MAX_DEPTH) return false;
  if (isTokenOfRequest(context, module, node)) return true;
  const binding = node.type === 'Identifier' ? module.scopes.bindingOf(node) : undefined;
  if (binding?.kind === 'param') return isAlwaysPassed(context, module, binding, depth);
  const source = binding ? initialValue(binding.declaration) : node;
  if (!source) return false;
  const calls = findAll(source, isCall);
  return calls.some((call) => isManagerCall(call) || callsMigratedRequest(context, module, call));
}

function isTokenOfRequest(context: PlanContext, module: Module, node: Node): boolean {
  const requests = context.requests.filter((request) => request.module === module);
  return requests.some(({ rewritten }) =>
    tokenUses(rewritten.usage).some((use) => use === node || isInside(use, node)),
  );
}

function isAlwaysPassed(context: PlanContext, module: Module, binding: Binding, depth: number): boolean {
  const fn = closest(binding.id, isFunction);
  const index = (fn?.['params'] as Node[] | undefined)?.findIndex((param) => param === binding.id) ?? -1;
  const callers = fn && index >= 0 ? callersOf(context, module, fn) : null;
  if (!callers || callers.length === 0) return false;
  return callers.every(({ module: at, call }) => {
    const argument: Node | undefined = call['arguments'][index];
    return argument !== undefined && comesFromMigratedRequest(context, at, argument, depth + 1);
  });
}

/** Of a variable with one name; parts of a pattern have none that is known. */
function initialValue(declaration: Node): Node | null {
  if (declaration.type !== 'VariableDeclarator' || declaration['id'].type !== 'Identifier') return null;
  return declaration['init'] ?? null;
}

/** `await workerTokenManager.getWorkerToken()`, of an earlier run. */
const isManagerCall = (call: Node): boolean =>
  isMember(call['callee']) &&
  isIdentifier(unwrap(call['callee']['object']), 'workerTokenManager') &&
  propertyName(call['callee']) === 'getWorkerToken';

function callsMigratedRequest(context: PlanContext, module: Module, call: Node): boolean {
  const targets = calledBy(context, module, call);
  return context.sites.some(
    (site) =>
      site.holds === 'request' &&
      site.status === 'migrated' &&
      targets.some(({ module: at, fn }) => site.module === at && enclosingFunction(site.node) === fn),
  );
}
