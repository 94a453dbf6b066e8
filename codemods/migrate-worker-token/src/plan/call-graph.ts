/** Which functions of the project a call leads to, and whether one of them reads from the manager's memory. */
import { closest, findAll, type Node } from '../ast/node.js';
import { enclosingFunction, isCall, isFunction, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';

export interface CallGraph {
  /** Evaluating the node reads from memory, directly or through calls. */
  peeks(module: Module, node: Node): boolean;
}

const MAX_DEPTH = 8;

export function makeCallGraph(context: PlanContext): CallGraph {
  const sites = context.sites.filter((site) => site.peeks && site.status === 'migrated');
  const known = new Map<Node, boolean>();

  const functionPeeks = (module: Module, fn: Node, depth: number): boolean => {
    const cached = known.get(fn);
    if (cached !== undefined) return cached;
    known.set(fn, false);
    const result = nodePeeks(module, fn, depth);
    known.set(fn, result);
    return result;
  };

  const nodePeeks = (module: Module, node: Node, depth: number): boolean => {
    if (depth > MAX_DEPTH) return false;
    if (sites.some((site) => site.module === module && runsIn(site.node, node))) return true;
    const calls = findAll(node, (at) => (isCall(at) || at.type === 'NewExpression') && runsIn(at, node));
    return calls.some((call) =>
      calledBy(context, module, call).some((target) => functionPeeks(target.module, target.fn, depth + 1)),
    );
  };

  return { peeks: (module, node) => nodePeeks(module, node, 0) };
}

/** The inner node is evaluated when the outer one is: not inside a function that is only defined there. */
function runsIn(inner: Node, outer: Node): boolean {
  if (inner.start < outer.start || inner.end > outer.end) return false;
  const field = closest(
    inner,
    (at) => at === outer || (/^Class(Private)?Property$/.test(at.type) && at['static'] !== true),
  );
  if (field && field !== outer) return false;
  for (let fn = enclosingFunction(inner); fn && fn !== outer && fn.start >= outer.start; fn = enclosingFunction(fn)) {
    const parent = fn.parent;
    const isCallback =
      parent &&
      isCall(parent) &&
      /^(map|filter|some|every|find|forEach|reduce|flatMap|sort|useState|useMemo)$/.test(nameOf(parent));
    const isCalledAtOnce = parent && isCall(parent) && parent['callee'] === fn;
    if (!isCallback && !isCalledAtOnce) return false;
  }
  return true;
}

function nameOf(call: Node): string {
  const callee = unwrap(call['callee']);
  return (callee.type === 'Identifier' ? callee['name'] : isMember(callee) ? propertyName(callee) : '') ?? '';
}

/** The functions that a call may mean. */
export function calledBy(context: PlanContext, module: Module, call: Node): { module: Module; fn: Node }[] {
  const callee = unwrap(call['callee']);
  const root = callee.type === 'Identifier' ? callee : isMember(callee) ? unwrap(callee['object']) : null;
  if (root?.type === 'ThisExpression') return methodsNamed(module, propertyName(callee));
  const binding = root?.type === 'Identifier' ? module.scopes.bindingOf(root) : undefined;
  const target = binding && context.project.follow(module, binding);
  if (!target) return [];
  const declaration = target.binding?.declaration;
  if (isMember(callee)) return methodsNamed(target.module, propertyName(callee));
  if (call.type === 'NewExpression') {
    const members: Node[] = declaration?.['body']?.body ?? [];
    const fns = members.filter((member) => keyName(member) === 'constructor' || member.type === 'ClassProperty');
    return fns.map((fn) => ({ module: target.module, fn }));
  }
  const value: Node | undefined =
    declaration?.type === 'VariableDeclarator' ? declaration['init'] : (declaration ?? target.expression);
  const fn = value && unwrap(value);
  return fn && isFunction(fn) ? [{ module: target.module, fn }] : [];
}

function methodsNamed(module: Module, name: string | null): { module: Module; fn: Node }[] {
  if (name === null) return [];
  const isNamed = (node: Node) => /^(ClassMethod|ObjectMethod)$/.test(node.type) && keyName(node) === name;
  const isArrow = (node: Node) =>
    isFunction(node) && /Property$/.test(node.parent?.type ?? '') && keyName(node.parent as Node) === name;
  return findAll(module.program, (node) => isNamed(node) || isArrow(node)).map((fn) => ({ module, fn }));
}
