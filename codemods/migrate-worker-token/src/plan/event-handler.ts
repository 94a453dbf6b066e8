/** Takes the handler of an event apart: what it does about keys of ours, and what about others. */
import { keyKind, type KeyKind } from '@worker-token/legacy-signals';
import { findAll, isInside, type Node } from '../ast/node.js';
import { isCall, isIdentifier, isMember, propertyName, statementList } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { readParts, type Branch, type Parts } from './handler-parts.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';
import { functionBehind } from './subscriptions.js';
import { dedent } from './token-read.js';
import { eolOf, indentOf, indentStep, lineSpan } from './text-edits.js';

export interface EventValue {
  node: Node;
  keys: string[];
  holds: KeyKind;
}

export interface SplitHandler {
  fn: Node;
  keys: string[];
  /** `if (event.key === OURS) …` statements, with what they do. */
  branches: Branch[];
  /** `if (event.key !== OURS) return;` statements. */
  guards: Node[];
  /** Mentions of the event's new value that are reads of our keys. */
  values: EventValue[];
  /** The handler also does something about other keys. */
  rest: boolean;
  /** The action of the branches, as a listener. */
  text(context: PlanContext, module: Module): string;
  removeBranch(context: PlanContext, module: Module, branch: { statement: Node }, component: string): void;
}

export function splitHandler(
  context: PlanContext,
  module: Module,
  fn: Node | null,
  event: string,
  own: StorageOperation[],
): SplitHandler | 'unrelated' | 'used-for-more' {
  if (!fn) return event === 'storage' ? 'unrelated' : 'used-for-more';
  const [param, more] = fn['params'] as Node[];
  const name: string | null = param?.type === 'Identifier' ? param['name'] : null;
  const touches = own.some((operation) => isInside(operation.node, fn));
  const writes = writesInside(context, module, fn, own);
  if (more || (param && !name)) return touches || event !== 'storage' ? 'used-for-more' : 'unrelated';
  const parts = name && event === 'storage' ? readParts(context, module, fn, name) : null;
  const isAboutUs = event !== 'storage' || (parts ? parts.keys.length > 0 : touches);
  if (!isAboutUs) return parts?.mentionsOurs ? 'used-for-more' : 'unrelated';
  const handler: SplitHandler = {
    fn,
    keys: parts?.keys ?? [event],
    branches: parts?.branches ?? [],
    guards: parts?.guards ?? [],
    values: parts && param ? newValues(context, module, parts, param) : [],
    rest: parts?.rest ?? false,
    text: (ctx, at) => actionText(ctx, at, handler),
    removeBranch: (ctx, at, branch, component) => {
      const { start, end } = branchSpan(at, branch.statement);
      ctx.edits.replace(at, start, end, '', component);
    },
  };
  return writes || usesEvent(module, handler, param) ? 'used-for-more' : handler;
}

const MANAGER_WRITES =
  /\bworkerTokenManager\s*\.\s*(saveCredentials|clearAll|clearToken|invalidateToken|getWorkerToken|refreshToken)\b/;

/** It changes what it listens to, itself or in a function that it calls: that could go round in circles. */
function writesInside(context: PlanContext, module: Module, fn: Node, own: StorageOperation[], depth = 0): boolean {
  const isWrite = (operation: StorageOperation) =>
    operation.kind !== 'get' && isInside(operation.node, fn) && !context.edits.isRemoved(module, operation.node);
  if (own.some(isWrite) || MANAGER_WRITES.test(module.text.slice(fn.start, fn.end))) return true;
  const calls = depth < 2 ? findAll(fn['body'], (node) => isCall(node) && node['callee'].type === 'Identifier') : [];
  return calls.some((call) => {
    const called = functionBehind(module, call['callee']);
    return called !== null && called !== fn && writesInside(context, module, called, own, depth + 1);
  });
}

/** What goes with a branch: its lines, or its link of an `else if` chain. */
function branchSpan(module: Module, statement: Node): { start: number; end: number } {
  const alternate: Node | null = statement['alternate'] ?? null;
  if (alternate) return { start: statement.start, end: alternate.start };
  const isLink = statement.parent?.type === 'IfStatement' && statement.parent['alternate'] === statement;
  return isLink
    ? { start: (statement.parent?.['consequent'] as Node).end, end: statement.end }
    : lineSpan(module, statement);
}

/** The action looks at the event itself, for more than the new value of a key. */
function usesEvent(module: Module, handler: SplitHandler, param: Node | undefined): boolean {
  const binding = param && module.scopes.bindingOf(param);
  const isIn = (node: Node, part: Node) => part.start <= node.start && node.end <= part.end;
  const tests = [...handler.guards, ...handler.branches.map((branch) => branch.statement)];
  return (binding?.references ?? []).some((reference) => {
    if (handler.values.some((value) => isIn(reference, value.node))) return false;
    const test = tests.find((statement) => isIn(reference, statement));
    if (!test) return !handler.rest;
    const action = handler.branches.find((branch) => branch.statement === test)?.action;
    return action !== undefined && isIn(reference, action);
  });
}

/** `event.newValue` where it is known which key it is of: a read of that key. */
function newValues(context: PlanContext, module: Module, parts: Parts, param: Node): EventValue[] {
  const kindOf = (keys: string[]): KeyKind | null => {
    const kinds = new Set(keys.map((key) => keyKind(key, context.signals)));
    const [kind] = kinds;
    return kinds.size === 1 && (kind === 'token' || kind === 'credentials') ? kind : null;
  };
  return (module.scopes.bindingOf(param)?.references ?? []).flatMap((reference) => {
    const member = reference.parent;
    if (!member || !isMember(member) || member['object'] !== reference || propertyName(member) !== 'newValue')
      return [];
    const branch = parts.branches.find(({ action }) => action.start <= member.start && member.end <= action.end);
    const keys = branch?.keys ?? (parts.guards.length > 0 && !parts.rest ? parts.keys : []);
    const holds = kindOf(keys);
    return holds ? [{ node: member, keys, holds }] : [];
  });
}

/** All of the handler is about our keys: the tests and the parameter go. */
export function writeHandler(context: PlanContext, module: Module, handler: SplitHandler, component: string): void {
  const [param] = handler.fn['params'] as Node[];
  if (param) {
    const end = (param['typeAnnotation'] as Node | undefined)?.end ?? param.end;
    const isBare =
      module.text[param.start - 1] !== '(' && !module.text.slice(handler.fn.start, param.start).includes('(');
    context.edits.replace(module, param.start, end, isBare ? '()' : '', component);
  }
  for (const guard of handler.guards) {
    const span = lineSpan(module, guard);
    context.edits.replace(module, span.start, span.end, '', component);
  }
  for (const { statement, action } of handler.branches) unwrapBranch(context, module, statement, action, component);
}

function unwrapBranch(context: PlanContext, module: Module, statement: Node, action: Node, component: string): void {
  if (action.type !== 'BlockStatement') {
    context.edits.replace(module, statement.start, action.start, '', component);
    return;
  }
  const body: Node[] = action['body'];
  const [first] = body;
  const last = body.at(-1);
  const span = lineSpan(module, statement);
  if (!first || !last) return context.edits.replace(module, span.start, span.end, '', component);
  const isLonger = statementList(statement).length > 1;
  const inner = { start: lineSpan(module, first).start, end: lineSpan(module, last).end };
  const declares = isLonger && body.some((s) => s.type === 'VariableDeclaration');
  if (declares || inner.start === first.start)
    return context.edits.replace(module, statement.start, action.start, '', component);
  context.edits.replace(
    module,
    span.start,
    span.end,
    () => dedent(context.edits.render(module, inner.start, inner.end)),
    component,
  );
}

/** `() => { … }`, or the name of a function that is all the action calls. */
function actionText(context: PlanContext, module: Module, handler: SplitHandler): string {
  const actions = handler.branches.map((branch) => branch.action);
  const [action] = actions;
  const only = action && actions.length === 1 ? onlyExpression(action) : null;
  if (only?.type === 'CallExpression' && isIdentifier(only['callee']) && only['arguments'].length === 0)
    return only['callee'].name;
  if (only) return `() => ${context.edits.render(module, only.start, only.end)}`;
  const eol = eolOf(module.text);
  const indent = indentOf(module, handler.fn.start);
  const inner = `${indent}${indentStep(module.text)}`;
  const bodies = actions.map((a) => {
    const rendered = context.edits.render(module, a.start, a.end);
    const text = a['isBare'] ? rendered : rendered.replace(/^\{\s*|\s*\}$/g, '');
    const old = indentOf(module, (a['body']?.[0] ?? a).start);
    return text.replaceAll(`\n${old}`, `\n${inner}`);
  });
  return `() => {${eol}${inner}${bodies.join(`${eol}${inner}`)}${eol}${indent}}`;
}

function onlyExpression(action: Node): Node | null {
  if (action.type === 'ExpressionStatement') return action['expression'];
  const isSingle = action.type === 'BlockStatement' && action['body'].length === 1;
  return isSingle && action['body'][0].type === 'ExpressionStatement' ? action['body'][0].expression : null;
}
