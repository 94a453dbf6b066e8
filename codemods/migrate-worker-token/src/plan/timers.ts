/** Timers that look into the storage again and again to notice changes. The manager tells; the timer becomes a subscription. */
import { findAll, isInside, type Node } from '../ast/node.js';
import { isCall, isIdentifier, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { calledFunction, type CalledFunction } from './called-function.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import { writerBehind, type FileOperations } from './listeners.js';
import type { Module } from './module.js';
import { sentenceOf, suggestionOf, type Reason } from './reasons.js';
import type { StorageOperation } from './storage-operations.js';
import { functionBehind, undoName, undoPlace } from './subscriptions.js';

const PATTERN = 'polling-timer';
const MAX_REACHED = 20;
const BUSY = /\bDate\b|\bfetch\b|\bawait\b|\bperformance\b|axios/;

export function planTimers(
  context: PlanContext,
  module: Module,
  parts: FileOperations,
  open: StorageOperation[],
): void {
  for (const call of findAll(module.program, (node) => isCall(node) && isSetInterval(node))) {
    const callback: Node | undefined = call['arguments'][0];
    const fn = callback && functionBehind(module, unwrap(callback));
    if (!callback || !fn || context.edits.isGone(module, call)) continue;
    const reached = functionsReached(context, module, fn);
    const inside = open.filter((operation) => reached.some((at) => isInside(operation.node, at.fn)));
    if (!inside.some(({ kind }) => kind === 'get') || inside.some(({ kind }) => kind === 'set')) continue;
    const keys = [...new Set(inside.flatMap((operation) => operation.keys))];
    const writer = writerBehind(context, module, parts, fn, keys);
    const clears = clearsOf(module, call);
    if (writer) list(context, module, call, keys, 'token-writer-left', writer);
    else if (!onlyWatches(fn, reached, inside)) list(context, module, call, keys, 'timer-used-for-more');
    else if (!clears || undoPlace(call, clears)?.kind !== 'const')
      list(context, module, call, keys, 'timer-out-of-reach');
    else {
      addSite(context, module, call, PATTERN, { keys, peeks: true });
      write(context, module, call, callback, clears);
    }
  }
}

/** The timer stays; what it reads and sets has sites of its own. */
function list(
  context: PlanContext,
  module: Module,
  call: Node,
  keys: string[],
  reason: Reason,
  because?: string,
): void {
  const status = reason === 'timer-used-for-more' ? 'skipped' : 'manual';
  const site = addSite(context, module, call, PATTERN, { keys, status });
  site.reason = sentenceOf(reason) + (because ? ` (${because})` : '');
  site.suggestion = suggestionOf(reason);
}

/** The function and those of the project that it calls. */
function functionsReached(context: PlanContext, module: Module, fn: Node): CalledFunction[] {
  const reached: CalledFunction[] = [];
  const visit = (at: CalledFunction): void => {
    if (reached.length > MAX_REACHED || reached.some((known) => known.fn === at.fn)) return;
    reached.push(at);
    for (const call of findAll(at.fn, isCall)) {
      const next = calledFunction(context.project, at.module, call['callee']);
      if (next) visit(next);
    }
  };
  visit({ module, fn });
  return reached;
}

function isSetInterval(call: Node): boolean {
  const callee = unwrap(call['callee']);
  return isIdentifier(callee, 'setInterval') || (isMember(callee) && propertyName(callee) === 'setInterval');
}

/** It reads our keys and sets state: no clock, no request, no write. */
function onlyWatches(fn: Node, reached: CalledFunction[], inside: StorageOperation[]): boolean {
  const isWatching = inside.every((operation) => operation.kind === 'get' && operation.holds !== 'expiry');
  const isQuiet = reached.every((at) => !BUSY.test(at.module.text.slice(at.fn.start, at.fn.end)));
  return isWatching && isQuiet && fn['params'].length === 0;
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
