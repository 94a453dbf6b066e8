/** A token request as a promise chain: `fetch(…).then((r) => r.json()).then((data) => …)`. */
import { findAll, isInside, type Node } from '../ast/node.js';
import { isIdentifier, unwrap, wrapped } from '../ast/shapes.js';
import { componentOf, type PlanContext } from './context.js';
import { bodyWithStatus, handsOn, resultOf } from './chain-callbacks.js';
import { comesFromStore } from './credential-origin.js';
import type { TokenRequest } from './find-requests.js';
import { rejectionText, writeGuards } from './failed-answer-edits.js';
import { failureOf, hearerOf, type Failure, type Hearer } from './failed-answers.js';
import { readTwice } from './read-twice.js';
import type { ResponseReader } from './response-reader.js';
import type { ResponseUsage } from './response-usage.js';
import type { StorageOperation } from './storage-operations.js';
import {
  isCompact,
  removeStatements,
  renameTokens,
  thenOf,
  tokenName,
  tokenUses,
  writeExpiries,
  type Outcome,
} from './request-edits.js';

const CALL = 'workerTokenManager.getWorkerToken()';

export function planChainedRequest(
  context: PlanContext,
  request: TokenRequest,
  caching: StorageOperation[],
  operations: StorageOperation[],
): Outcome {
  const { module, node } = request;
  const first = thenOf(node);
  if (first?.name !== 'then' || !first.callback) return 'response-used-for-more';
  const { callback } = first;
  const together = bodyWithStatus(callback);
  const handsBodyOn = together !== null || handsOn(request, callback);
  const second = handsBodyOn ? thenOf(first.call) : null;
  if (handsBodyOn && !(second?.name === 'then' && second.callback)) {
    const isAwaited = wrapped(first.call).parent?.type === 'AwaitExpression';
    return isAwaited
      ? planAwaitedBody(context, request, caching, { ...first, callback }, operations)
      : 'response-used-for-more';
  }
  const last = second?.callback ? { ...second, callback: second.callback } : { ...first, callback };
  const usage = readTwice(module, request.client, caching, (reader) => {
    if (!together) readFirst(module, request, reader, callback);
    if (together) readTogether(reader, last.callback, together);
    else if (second) readParameter(reader, last.callback);
  });
  const failure = usage.usedForMore ? null : failureOf(module, node, usage, chainHearer(last.call), last.callback);
  if (!failure || !isCompact(usage)) return 'response-used-for-more';
  if (!comesFromStore(context, request, operations)) return 'credentials-from-elsewhere';
  write(context, request, usage, last, failure);
  const chain = givesToken(usage, last.callback) ? last.call : null;
  return { usage, chain, ...(chain && failure.kind === 'throws' ? { plain: chain } : {}) };
}

/** `.catch((error) => …)` behind the chain; else the catch around it, where it is awaited. */
function chainHearer(call: Node): Hearer | null {
  const next = thenOf(call);
  if (next?.name === 'catch' && next.callback) {
    return { body: next.callback['body'], param: (next.callback['params'] as Node[])[0] ?? null };
  }
  if (next?.name === 'finally') return chainHearer(next.call);
  return wrapped(call).parent?.type === 'AwaitExpression' ? hearerOf(call) : null;
}

function readFirst(
  module: TokenRequest['module'],
  request: TokenRequest,
  reader: ResponseReader,
  callback: Node,
): void {
  const [param] = callback['params'] as Node[];
  const result = handsOn(request, callback) ? resultOf(callback) : null;
  if (param?.type === 'ObjectPattern') {
    const data = (param['properties'] as Node[]).find((p) => p['key']?.name === 'data');
    if (data && request.client === 'axios') reader.bodyTarget(data['value']);
    else reader.usage.usedForMore = true;
    return;
  }
  for (const reference of isIdentifier(param) ? reader.referencesOf(param as Node) : []) {
    if (!result || !isInside(reference, result)) reader.response(reference);
  }
}

/** `({ ok, data }) => …`: the body, and fields of the response that may only be asked in a throw. */
function readTogether(reader: ResponseReader, callback: Node, bodyName: string): void {
  const [pattern] = callback['params'] as Node[];
  if (pattern?.type !== 'ObjectPattern') {
    reader.usage.usedForMore = true;
    return;
  }
  for (const property of pattern['properties'] as Node[]) {
    if (property['key']?.name === bodyName) reader.bodyTarget(property['value']);
    else reader.statusTarget(property['value']);
  }
}

function readParameter(reader: ResponseReader, callback: Node): void {
  const [param] = callback['params'] as Node[];
  if (param) reader.bodyTarget(param);
}

/** `const data = await fetch(…).then((r) => r.json())` */
function planAwaitedBody(
  context: PlanContext,
  request: TokenRequest,
  caching: StorageOperation[],
  { call, callback }: { call: Node; callback: Node },
  operations: StorageOperation[],
): Outcome {
  const { module, node } = request;
  const awaited = wrapped(call).parent as Node;
  const usage = readTwice(module, request.client, caching, (reader) => {
    readFirst(module, request, reader, callback);
    reader.body(awaited);
  });
  const statement = wrapped(awaited).parent?.parent;
  if (usage.usedForMore || usage.guards.size > 0 || !isCompact(usage) || !statement) return 'response-used-for-more';
  if (!comesFromStore(context, request, operations)) return 'credentials-from-elsewhere';
  const component = componentOf(module, node);
  writeExpiries(context, request, usage);
  if (!usage.gone.has(statement)) {
    for (const use of usage.tokens) context.edits.replace(module, use.start, use.end, `await ${CALL}`, component);
    context.edits.markRemoved(module, node.start, node.end);
    return { usage, chain: null };
  }
  const name = tokenName(module, usage, node);
  const semicolon = module.text[statement.end - 1] === ';' ? ';' : '';
  context.edits.replace(module, statement.start, statement.end, `const ${name} = await ${CALL}${semicolon}`, component);
  context.edits.markRemoved(module, statement.start, statement.end);
  removeStatements(context, request, usage, statement);
  renameTokens(context, request, usage, name);
  return { usage, chain: null };
}

function write(
  context: PlanContext,
  request: TokenRequest,
  usage: ResponseUsage,
  last: { call: Node; callback: Node },
  failure: Failure,
): void {
  const { module, node } = request;
  const component = componentOf(module, node);
  const { call, callback } = last;
  writeExpiries(context, request, usage);
  const source = failure.kind === 'null' ? `${CALL}.catch(() => null)` : CALL;
  if (isOnlyToken(usage, callback)) {
    context.edits.replace(module, node.start, call.end, CALL, component);
    context.edits.markRemoved(module, node.start, call.end);
    return;
  }
  const [param] = callback['params'] as [Node];
  const name = tokenName(module, usage, callback);
  const member: Node = call['callee'];
  const object: Node = member['object'];
  context.edits.replace(module, node.start, object.end, source, component);
  context.edits.markRemoved(module, node.start, object.end);
  const end = (param['typeAnnotation'] as Node | undefined)?.end ?? param.end;
  context.edits.replace(module, param.start, end, name, component);
  context.edits.markRemoved(module, param.start, end);
  removeStatements(context, request, usage, null);
  renameTokens(context, request, usage, name);
  if (failure.kind === 'catch')
    context.edits.insert(module, callback.end, rejectionText(context, module, failure.guard), component);
  writeGuards(context, module, failure, name);
}

/** All that is left of the callback is `(data) => data.access_token`. */
function isOnlyToken(usage: ResponseUsage, callback: Node): boolean {
  const uses = tokenUses(usage);
  const body: Node = callback['body'];
  if (body.type !== 'BlockStatement') return uses.length === 1 && unwrap(body) === uses[0];
  const left = (body['body'] as Node[]).filter((statement) => !usage.gone.has(statement));
  if (left.length === 0) return true;
  const [only] = left;
  return (
    left.length === 1 && only?.type === 'ReturnStatement' && uses.length === 1 && unwrap(only['argument']) === uses[0]
  );
}

/** The callback hands the token on. */
function givesToken(usage: ResponseUsage, callback: Node): boolean {
  if (isOnlyToken(usage, callback)) return true;
  const result = resultOf(callback);
  const returns = findAll(callback['body'], (node) => node.type === 'ReturnStatement');
  const staying = returns.filter((node) => ![...usage.gone].some((gone) => isInside(node, gone)));
  return result !== null && staying.length <= 1 && tokenUses(usage).includes(unwrap(result));
}
