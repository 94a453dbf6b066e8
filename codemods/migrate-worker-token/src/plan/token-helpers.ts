/** Project functions that do nothing but store a token they are given: `tokenStore.set(token, expiresIn)`. They go with the requests. */
import { LEGACY_EVENTS } from '@worker-token/legacy-signals';
import { findAll, isInside, type Node } from '../ast/node.js';
import { enclosingFunction, enclosingStatement, isCall, isFunction, statementList, unwrap } from '../ast/shapes.js';
import { componentOf, type PlanContext } from './context.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';
import { lineSpan } from './text-edits.js';
import { comesFromMigratedRequest } from './token-origin.js';
import { callersOf, type Caller } from './callers.js';

export interface TokenHelper {
  module: Module;
  fn: Node;
  /** The writes in it. */
  operations: StorageOperation[];
  /** Index of the parameter with the token. */
  tokenIndex: number;
  calls: Caller[];
}

/** What stays where one of the calls stays; the next planning leaves it alone. */
export const helperKey = ({ module, fn }: TokenHelper): string => `${module.rel}:${fn.start}`;

export function findTokenHelpers(context: PlanContext, operations: StorageOperation[]): TokenHelper[] {
  const byFunction = new Map<Node, StorageOperation[]>();
  for (const operation of operations) {
    const fn = enclosingFunction(operation.node);
    const isCaching = operation.kind === 'set' && (operation.holds === 'token' || operation.holds === 'expiry');
    if (fn && isCaching && !operation.loop) byFunction.set(fn, [...(byFunction.get(fn) ?? []), operation]);
  }
  return [...byFunction].flatMap(([fn, writes]) => {
    const helper = helperOf(context, fn, writes);
    return helper && !context.kept.helpers.has(helperKey(helper)) ? [helper] : [];
  });
}

function helperOf(context: PlanContext, fn: Node, operations: StorageOperation[]): TokenHelper | null {
  const token = operations.find((operation) => operation.holds === 'token');
  if (!token?.value || operations.some((operation) => context.kept.readerOf(operation.keys))) return null;
  const { module } = token;
  const value = unwrap(token.value);
  const binding = value.type === 'Identifier' ? module.scopes.bindingOf(value) : undefined;
  const tokenIndex = (fn['params'] as Node[]).findIndex(
    (param) => binding?.kind === 'param' && isInside(binding.id, param),
  );
  if (tokenIndex < 0 || !declarationOf(fn) || !onlyStores(context, module, fn, operations)) return null;
  const calls = callersOf(context, module, fn);
  const isPlain = ({ call }: Caller) => statementOfCall(call) !== null;
  return calls && calls.length > 0 && calls.every(isPlain) ? { module, fn, operations, tokenIndex, calls } : null;
}

/** Nothing but the writes, constants for them, logging, and news of the old protocol. */
function onlyStores(context: PlanContext, module: Module, fn: Node, operations: StorageOperation[]): boolean {
  const body: Node = fn['body'];
  const isWrite = (node: Node) => operations.some((operation) => operation.node === node);
  if (body.type !== 'BlockStatement') return isWrite(unwrap(body));
  return (body['body'] as Node[]).every((statement) => {
    if (statement.type === 'VariableDeclaration') return !findAll(statement, isCall).some(isForeignCall(module));
    if (statement.type !== 'ExpressionStatement') return false;
    const expression = unwrap(statement['expression']);
    if (isWrite(expression)) return true;
    const text = module.text.slice(expression.start, expression.end);
    return (
      /^console\./.test(text) || (/^(window\.)?dispatchEvent\(/.test(text) && isOldNews(context, module, expression))
    );
  });
}

const isForeignCall = (module: Module) => (call: Node) =>
  !/^(Date\.now|Number|String|Math\.\w+)$/.test(module.text.slice(call['callee'].start, call['callee'].end));

function isOldNews(context: PlanContext, module: Module, call: Node): boolean {
  const name: Node | undefined = call['arguments'][0]?.['arguments']?.[0];
  return name !== undefined && LEGACY_EVENTS.includes(context.constants.text(module, name) ?? '');
}

/** `save(token);` or `await save(token);` as a statement of its own. */
export function statementOfCall(call: Node): Node | null {
  const statement = enclosingStatement(call);
  if (statement.type !== 'ExpressionStatement' || !statementList(statement).includes(statement)) return null;
  const expression = unwrap(statement['expression']);
  return expression === call || (expression.type === 'AwaitExpression' && unwrap(expression['argument']) === call)
    ? statement
    : null;
}

/** The calls as writes, for the request whose answer they store. */
export function helperWrites(helpers: readonly TokenHelper[], module: Module): StorageOperation[] {
  return helpers.flatMap((helper) =>
    helper.calls
      .filter((caller) => caller.module === module)
      .map(({ call }) => ({
        kind: 'set' as const,
        holds: 'token' as const,
        keys: helper.operations.flatMap((o) => o.keys),
        module,
        node: call,
      })),
  );
}

/** After the requests: where every call is gone, or stores what a migrated request gave, the helper goes as a whole. */
export function planTokenHelpers(context: PlanContext, helpers: readonly TokenHelper[]): void {
  for (const helper of helpers) {
    const open = helper.calls.filter(({ module, call }) => !context.edits.isRemoved(module, call));
    const isFed = open.every(({ module, call }) => {
      const value: Node | undefined = call['arguments'][helper.tokenIndex];
      return value !== undefined && comesFromMigratedRequest(context, module, value);
    });
    const declaration = declarationOf(helper.fn);
    if (!isFed || !declaration) {
      context.stayingHelpers.add(helperKey(helper));
      continue;
    }
    for (const { module, call } of open)
      remove(context, module, statementOfCall(call) as Node, componentOf(module, call));
    remove(context, helper.module, declaration, componentOf(helper.module, helper.fn));
  }
}

function remove(context: PlanContext, module: Module, node: Node, component: string): void {
  const { start, end } = lineSpan(module, node);
  const isListed = /Property$|ObjectMethod/.test(node.type) && module.text[node.end] === ',';
  if (!isListed) return context.edits.remove(module, start, end, component);
  const whole = lineSpan(module, { start: node.start, end: node.end + 1 });
  context.edits.remove(module, whole.start, whole.end, component);
}

/** What declares the function and nothing else: a statement, or a member of an object or class. */
function declarationOf(fn: Node): Node | null {
  if (/Method$/.test(fn.type)) return fn;
  const parent = fn.parent;
  if (fn.type === 'FunctionDeclaration')
    return parent?.type === 'ExportNamedDeclaration' ? parent : parent?.type === 'ExportDefaultDeclaration' ? null : fn;
  if (!isFunction(fn) || !parent) return null;
  if (/^(ObjectProperty|ClassProperty)$/.test(parent.type)) return parent;
  const statement = parent.type === 'VariableDeclarator' ? parent.parent : null;
  if (statement?.['declarations'].length !== 1) return null;
  return statement.parent?.type === 'ExportNamedDeclaration' ? statement.parent : statement;
}
