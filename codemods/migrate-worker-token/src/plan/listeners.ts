/** Listeners for `storage` events of our keys, and for the events of the old protocol: they become subscriptions. */
import { LEGACY_EVENTS, keyKind } from '@worker-token/legacy-signals';
import { findAll, isInside, type Node } from '../ast/node.js';
import { enclosingStatement, isCall, isIdentifier, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext, type SiteNotes } from './context.js';
import { splitHandler, writeHandler, type SplitHandler } from './event-handler.js';
import type { Module } from './module.js';
import type { Reason } from './reasons.js';
import type { StorageOperation } from './storage-operations.js';
import { addRegistration, dropRegistration, functionBehind, replaceRegistration, undoPlace } from './subscriptions.js';

const PATTERN = 'listener';

interface Listener {
  call: Node;
  event: string;
  handler: Node;
  fn: Node | null;
  removals: Node[];
}

/** The storage calls of one file: those that are migrated, and all. */
export interface FileOperations {
  own: StorageOperation[];
  all: StorageOperation[];
}

export function planListeners(context: PlanContext, module: Module, parts: FileOperations, isOurs: boolean): void {
  const { own } = parts;
  const subscribed = new Set<Node>();
  for (const listener of findListeners(context, module)) {
    const split = splitHandler(context, module, listener.fn, listener.event, own);
    if (split === 'unrelated' || context.edits.isGone(module, listener.call)) continue;
    const notes = { keys: split === 'used-for-more' ? [] : split.keys };
    for (const part of [listener.call, ...listener.removals]) context.edits.cover(module, part);
    const writer = writerBehind(context, module, parts, listener.fn, notes.keys);
    if (!isOurs) leave(context, module, listener.call, PATTERN, 'no-evidence', { ...notes, status: 'skipped' });
    else if (writer) leaveListener(context, module, listener, 'token-writer-left', { ...notes, because: writer });
    else if (split === 'used-for-more' || !undoPlace(listener.call, listener.removals))
      leaveListener(context, module, listener, 'listener-used-for-more', notes);
    else write(context, module, listener, split, subscribed);
  }
}

/** Where the handler stands elsewhere, what it asks about our keys is listed as well. */
function leaveListener(
  context: PlanContext,
  module: Module,
  { call, fn }: Listener,
  reason: Reason,
  notes: SiteNotes,
): void {
  leave(context, module, call, PATTERN, reason, notes);
  if (!fn) return;
  const asked = isInside(fn, call) ? [] : findAll(fn, (node) => asksForKey(context, module, node));
  const first = new Map(asked.toReversed().map((node) => [enclosingStatement(node), node]));
  for (const node of first.values()) leave(context, module, node, PATTERN, reason, { because: notes.because ?? null });
  context.edits.cover(module, fn);
}

function asksForKey(context: PlanContext, module: Module, node: Node): boolean {
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node['operator'])) return false;
  const texts = [node['left'], node['right']].map((side: Node) => context.constants.text(module, side));
  return texts.some((text) => text !== null && keyKind(text, context.signals) !== null);
}

/** The place that stores what the function reads from the storage, directly or in functions that it calls. */
export function writerBehind(
  context: PlanContext,
  module: Module,
  { all }: FileOperations,
  fn: Node | null,
  keys: readonly string[],
): string | null {
  const seen = new Set<Node>();
  const inside = (at: Node): string[] => {
    if (seen.has(at) || seen.size > 20) return [];
    seen.add(at);
    const calls = findAll(at, (node) => isCall(node) && node['callee'].type === 'Identifier');
    const called = calls.flatMap((call) => functionBehind(module, call['callee']) ?? []);
    return [...all.filter(({ node }) => isInside(node, at)).flatMap((o) => o.keys), ...called.flatMap(inside)];
  };
  return context.kept.writerOf([...keys, ...(fn ? inside(fn) : [])]);
}

function write(
  context: PlanContext,
  module: Module,
  listener: Listener,
  split: SplitHandler,
  subscribed: Set<Node>,
): void {
  const { call, handler, fn, removals } = listener;
  const component = componentOf(module, call);
  addSite(context, module, call, PATTERN, { keys: split.keys, peeks: true });
  for (const value of split.values) context.eventReads.push({ ...value, kind: 'get', module });
  if (fn) context.edits.cover(module, fn);
  if (fn && subscribed.has(fn)) return dropRegistration(context, module, [call, ...removals], component);
  if (split.rest) {
    addRegistration(context, module, {
      registration: call,
      removals,
      component,
      listener: () => split.text(context, module),
    });
    for (const branch of split.branches) split.removeBranch(context, module, branch, component);
    return;
  }
  if (fn) subscribed.add(fn);
  const listenerText = () => context.edits.render(module, handler.start, handler.end);
  replaceRegistration(context, module, { registration: call, removals, component, listener: listenerText });
  writeHandler(context, module, split, component);
}

function findListeners(context: PlanContext, module: Module): Listener[] {
  const calls = findAll(module.program, isCall);
  const named = (name: string) => calls.filter((call) => methodName(call) === name && call['arguments'].length >= 2);
  const removals = named('removeEventListener');
  return named('addEventListener').flatMap((call) => {
    const [type, handler] = call['arguments'] as [Node, Node];
    const event = context.constants.text(module, type);
    if (event !== 'storage' && !LEGACY_EVENTS.includes(event ?? '')) return [];
    const own = removals.filter((removal) => {
      const [otherType, other] = removal['arguments'] as [Node, Node];
      return context.constants.text(module, otherType) === event && isSameName(module, handler, other);
    });
    return [{ call, event: event as string, handler, fn: functionBehind(module, unwrap(handler)), removals: own }];
  });
}

function methodName(call: Node): string | null {
  const callee = unwrap(call['callee']);
  if (callee.type === 'Identifier') return callee['name'];
  if (!isMember(callee)) return null;
  const isWindow = ['window', 'globalThis', 'self'].some((name) => isIdentifier(unwrap(callee['object']), name));
  return isWindow ? propertyName(callee) : null;
}

function isSameName(module: Module, a: Node, b: Node): boolean {
  const [left, right] = [unwrap(a), unwrap(b)];
  if (isMember(left) && isMember(right))
    return module.text.slice(left.start, left.end) === module.text.slice(right.start, right.end);
  return (
    left.type === 'Identifier' &&
    right.type === 'Identifier' &&
    module.scopes.bindingOf(left) === module.scopes.bindingOf(right)
  );
}
