/** Turning a function async: allowed only where its result goes nowhere, or where every caller is found and can wait. */
import { closest, type Node } from '../ast/node.js';
import { enclosingFunction, isFunction, wrapped } from '../ast/shapes.js';
import { bindingOf, callersOf, type Caller } from './callers.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';
import { isElementHandler, isResultIgnored, timingOf } from './surroundings.js';
import { fit } from './text-edits.js';

/** Makes the edits, as part of the component. */
type Turn = (component: string) => void;

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
