/** Timers that look into the storage again and again to notice changes. The manager tells; the timer becomes a subscription. */
import { findAll, isInside, type Node } from '../ast/node.js';
import { isCall, isIdentifier, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import { writerBehind, type FileOperations } from './listeners.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';
import { functionBehind, undoName, undoPlace } from './subscriptions.js';

const PATTERN = 'polling-timer';

export function planTimers(context: PlanContext, module: Module, parts: FileOperations): void {
  const { own } = parts;
  for (const call of findAll(module.program, (node) => isCall(node) && isSetInterval(node))) {
    const callback: Node | undefined = call['arguments'][0];
    const fn = callback && functionBehind(module, unwrap(callback));
    if (!callback || !fn || !onlyWatches(module, fn, own)) continue;
    if (writerBehind(context, module, parts, fn, [])) continue;
    const clears = clearsOf(module, call);
    if (!clears || undoPlace(call, clears)?.kind !== 'const') continue;
    const keys = own.filter((operation) => isInside(operation.node, fn)).flatMap((operation) => operation.keys);
    addSite(context, module, call, PATTERN, { keys, peeks: true });
    write(context, module, call, callback, clears);
  }
}

function isSetInterval(call: Node): boolean {
  const callee = unwrap(call['callee']);
  return isIdentifier(callee, 'setInterval') || (isMember(callee) && propertyName(callee) === 'setInterval');
}

/** It reads our keys and sets state: no clock, no request, no write. */
function onlyWatches(module: Module, fn: Node, own: StorageOperation[]): boolean {
  const inside = own.filter((operation) => isInside(operation.node, fn));
  const isWatching =
    inside.length > 0 && inside.every((operation) => operation.kind === 'get' && operation.holds !== 'expiry');
  const text = module.text.slice(fn.start, fn.end);
  return isWatching && !/\bDate\b|\bfetch\b|\bawait\b|\bperformance\b|axios/.test(text) && fn['params'].length === 0;
}

/** The calls of `clearInterval` with the timer's variable; null if the variable is used in another way. */
function clearsOf(module: Module, call: Node): Node[] | null {
  const declarator = call.parent;
  if (declarator?.type === 'ExpressionStatement') return [];
  if (declarator?.type !== 'VariableDeclarator' || declarator['id'].type !== 'Identifier') return null;
  const binding = module.scopes.bindingOf(declarator['id']);
  const clears = (binding?.references ?? []).map((reference) => reference.parent as Node);
  const isClear = (node: Node) =>
    isCall(node) && /clearInterval$/.test(module.text.slice(node['callee'].start, node['callee'].end));
  return clears.every(isClear) ? clears : null;
}

function write(context: PlanContext, module: Module, call: Node, callback: Node, clears: Node[]): void {
  const component = componentOf(module, call);
  const subscribe = () => `workerTokenManager.subscribe(${context.edits.render(module, callback.start, callback.end)})`;
  const declarator = call.parent as Node;
  if (declarator.type !== 'VariableDeclarator') {
    context.edits.replace(module, call.start, call.end, subscribe, component);
    return;
  }
  const name = undoName(context, module, call);
  context.edits.replace(module, declarator.start, declarator.end, () => `${name} = ${subscribe()}`, component);
  for (const clear of clears) context.edits.replace(module, clear.start, clear.end, `${name}()`, component);
}
