/** Turning a function async: allowed only where its result goes nowhere, or where every caller is found and can wait. */
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import {
  enclosingFunction,
  isCall,
  isFunction,
  isMember,
  keyName,
  propertyName,
  unwrap,
  wrapped,
} from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';
import { isElementHandler, isResultIgnored, timingOf } from './surroundings.js';
import { fit } from './text-edits.js';

/** Makes the edits, as part of the component. */
type Turn = (component: string) => void;

interface Caller {
  module: Module;
  call: Node;
}

/** The edits that turn `fn` async, or null where that could change what a caller sees. */
export function turnAsync(context: PlanContext, module: Module, fn: Node): Turn | null {
  if (fn['async']) return () => undefined;
  if (fn['generator'] || /^(get|set|constructor)$/.test(String(fn['kind'] ?? '')) || isPredicate(fn)) return null;
  if (isResultIgnored(fn) || isOnlyHandler(module, fn)) return (component) => markAsync(context, module, fn, component);
  const callers = callersOf(context, module, fn);
  const fixes = (callers ?? []).map((caller) => fixCaller(context, caller));
  const isOpen = fixes.length === 0 || fixes.includes(null);
  if (isOpen && !context.options.bestEffort) return null;
  return (component) => {
    markAsync(context, module, fn, component);
    for (const fix of fixes) fix?.(component);
  };
}

const isPredicate = (fn: Node): boolean => fn['returnType']?.typeAnnotation?.type === 'TSTypePredicate';

function markAsync(context: PlanContext, module: Module, fn: Node, component: string): void {
  const key = `${module.path}:${fn.start}`;
  if (fn['async'] || context.turnedAsync.has(key)) return;
  context.turnedAsync.add(key);
  const at = /Method$/.test(fn.type) ? (fn['key'] as Node).start : fn.start;
  context.edits.insert(module, at, 'async ', component);
  const result: Node | undefined = fn['returnType']?.typeAnnotation;
  if (!result) return;
  const text = module.text.slice(result.start, result.end);
  context.edits.replace(module, result.start, result.end, `Promise<${text}>`, component);
}

/** Every mention of the function is an event handler of an element. */
function isOnlyHandler(module: Module, fn: Node): boolean {
  const binding = bindingOf(module, fn);
  const isExported = closest(fn, (at) => /^Export/.test(at.type)) !== null && enclosingFunction(fn) === null;
  if (!binding || binding.references.length === 0 || isExported) return false;
  return binding.references.every((r) => r.parent?.type === 'JSXExpressionContainer' && isElementHandler(r.parent));
}

function bindingOf(module: Module, fn: Node) {
  const id: Node | null =
    fn.type === 'FunctionDeclaration' ? fn['id'] : fn.parent?.type === 'VariableDeclarator' ? fn.parent['id'] : null;
  return id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined;
}

/** All calls of the function in the project; null if it is also used in another way, or if a caller may be missed. */
function callersOf(context: PlanContext, module: Module, fn: Node): Caller[] | null {
  const { modules } = context.project;
  const binding = bindingOf(module, fn);
  const found: Caller[] = [];
  const add = (other: Module, mention: Node): boolean => {
    const parent = mention.parent;
    if (!parent || /^(Import|Export|TS)/.test(parent.type)) return true;
    if (!isCall(parent) || parent['callee'] !== mention) return false;
    found.push({ module: other, call: parent });
    return true;
  };
  if (binding) {
    const all = modules.flatMap((other) =>
      other.scopes.all
        .filter((b) => b === binding || context.project.follow(other, b)?.binding === binding)
        .flatMap((b) => b.references.map((node) => ({ other, node }))),
    );
    return all.every(({ other, node }) => isInside(node, fn) || add(other, node)) ? found : null;
  }
  const name = /Method$/.test(fn.type) ? keyName(fn) : null;
  if (name === null) return null;
  const members = modules.flatMap((other) =>
    findAll(other.program, (node) => isMember(node) && propertyName(node) === name).map((node) => ({ other, node })),
  );
  const own = members.filter(({ other, node }) => !isForeign(context, other, node, module, fn));
  return own.every(({ other, node }) => isKnownOwner(context, other, node, module, fn) && add(other, node))
    ? found
    : null;
}

/** The object is certainly another one: a global, or a name of another file. */
function isForeign(context: PlanContext, other: Module, member: Node, module: Module, fn: Node): boolean {
  const object = unwrap(member['object']);
  if (object.type === 'ThisExpression') return other !== module || !isInside(member, ownerOf(fn));
  if (object.type !== 'Identifier') return !isMember(object);
  const binding = other.scopes.bindingOf(object);
  if (!binding) return true;
  const target = context.project.follow(other, binding);
  return binding.kind === 'import' && (!target || target.module !== module);
}

function isKnownOwner(context: PlanContext, other: Module, member: Node, module: Module, fn: Node): boolean {
  const object = unwrap(member['object']);
  if (object.type === 'ThisExpression') return true;
  const binding = object.type === 'Identifier' ? other.scopes.bindingOf(object) : undefined;
  const target = binding && context.project.follow(other, binding);
  const declaration = target?.binding?.declaration;
  if (!declaration || target.module !== module) return false;
  if (isInside(fn, declaration)) return true;
  const init: Node | undefined = declaration.type === 'VariableDeclarator' ? declaration['init'] : undefined;
  return init?.type === 'NewExpression' && init['callee'].name === ownerOf(fn)['id']?.name;
}

const ownerOf = (fn: Node): Node =>
  closest(fn.parent, (at) => /^(Class(Declaration|Expression)|ObjectExpression)$/.test(at.type)) ?? fn;

function fixCaller(context: PlanContext, { module, call }: Caller): Turn | null {
  const place = wrapped(call);
  const write = (text: string) => (component: string) => context.edits.insert(module, call.start, text, component);
  if (place.parent?.type === 'AwaitExpression') return () => undefined;
  const fn = enclosingFunction(call);
  if (timingOf(call) === 'async') return awaiting(context, module, call);
  if (timingOf(call) === 'module' || !fn || !isFunction(fn)) return null;
  if (place.parent?.type === 'ExpressionStatement') return write('void ');
  if (isResultIgnored(fn) && fn['body'] === place) return write('void ');
  if (!isResultIgnored(fn) && !isOnlyHandler(module, fn)) return null;
  const await_ = awaiting(context, module, call);
  return (component) => {
    markAsync(context, module, fn, component);
    await_(component);
  };
}

function awaiting(context: PlanContext, module: Module, call: Node): Turn {
  const needsParentheses = fit('', 'await', call) !== '';
  return (component) => {
    context.edits.insert(module, call.start, needsParentheses ? '(await ' : 'await ', component);
    if (needsParentheses) context.edits.insert(module, call.end, ')', component);
  };
}
