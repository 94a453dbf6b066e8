/** A hand-made token request whose answer is only used for the token: `getWorkerToken()` takes its place. */
import { closest, type Node } from '../ast/node.js';
import { enclosingStatement, isFunction, statementList, wrapped } from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import { comesFromStore } from './credential-origin.js';
import type { TokenRequest } from './find-requests.js';
import { planChainedRequest } from './chained-request.js';
import { catchText, writeGuards } from './failed-answer-edits.js';
import { failureOf, hearerOf, type Failure } from './failed-answers.js';
import { formCredentials } from './form-credentials.js';
import { readTwice } from './read-twice.js';
import type { ResponseUsage } from './response-usage.js';
import { helperWrites, type TokenHelper } from './token-helpers.js';
import type { StorageOperation } from './storage-operations.js';
import { timingOf } from './surroundings.js';
import { eolOf, fit, indentOf, usesSemicolons } from './text-edits.js';
import {
  isCompact,
  removeStatements,
  renameTokens,
  tokenName,
  tokenUses,
  writeExpiries,
  type Outcome,
} from './request-edits.js';

export const REQUEST = 'request-token';

export function planTokenRequest(
  context: PlanContext,
  request: TokenRequest,
  operations: StorageOperation[],
  helpers: readonly TokenHelper[],
): void {
  const { module, node } = request;
  const notes = { holds: 'request' as const };
  if (!request.asksForToken) {
    return leave(context, module, node, REQUEST, 'no-evidence', { ...notes, status: 'skipped' });
  }
  const direct = operations.filter(
    (o) =>
      o.module === module &&
      o.kind === 'set' &&
      (o.holds === 'token' || o.holds === 'expiry') &&
      !context.kept.readerOf(o.keys),
  );
  const caching = [...direct, ...helperWrites(helpers, module)];
  const outcome = isAwaited(node)
    ? planAwaited(context, request, caching, operations)
    : planChainedRequest(context, request, caching, operations);
  if (typeof outcome !== 'string') {
    context.requests.push({
      module,
      component: componentOf(module, node),
      kind: request.kind,
      url: request.url,
      generation: request.generation,
      node,
      rewritten: outcome,
    });
    addSite(context, module, node, REQUEST, {
      ...notes,
      span: { start: enclosingStatement(node).start, end: enclosingStatement(node).end },
    });
    context.edits.claim(module, node);
    return;
  }
  leave(context, module, node, REQUEST, outcome, notes);
}

const isAwaited = (node: Node): boolean => wrapped(node).parent?.type === 'AwaitExpression';

function planAwaited(
  context: PlanContext,
  request: TokenRequest,
  caching: StorageOperation[],
  operations: StorageOperation[],
): Outcome {
  const { module, node } = request;
  const awaited = wrapped(node).parent as Node;
  const usage = readTwice(module, request.client, caching, (reader) => reader.response(awaited));
  const failure = usage.usedForMore ? null : failureOf(module, node, usage, hearerOf(node));
  if (!failure || timingOf(node) !== 'async' || !isCompact(usage)) return 'response-used-for-more';
  const save = comesFromStore(context, request, operations) ? '' : formCredentials(context, request, operations);
  if (save === null) return 'credentials-from-elsewhere';
  if (save !== '') saveFirst(context, request, save, failure);
  writeAwaited(context, request, awaited, usage, failure);
  return { usage, chain: null };
}

/** `await workerTokenManager.saveCredentials(form)` in front of the request; in the try, where it gets one. */
function saveFirst(context: PlanContext, { module, node }: TokenRequest, save: string, failure: Failure): void {
  const statement = enclosingStatement(node);
  const end = usesSemicolons(module.text) ? ';' : '';
  const line = `await workerTokenManager.saveCredentials(${save})${end}`;
  if (failure.kind === 'catch') failure.before = line;
  else {
    const next = `${line}${eolOf(module.text)}${indentOf(module, statement.start)}`;
    context.edits.insert(module, statement.start, next, componentOf(module, node));
  }
}

function writeAwaited(
  context: PlanContext,
  request: TokenRequest,
  awaited: Node,
  usage: ResponseUsage,
  failure: Failure,
): void {
  const { module, node } = request;
  const component = componentOf(module, node);
  const statement = enclosingStatement(awaited);
  const own = usage.gone.has(statement);
  writeExpiries(context, request, usage);
  if (failure.guards.length > 0) return writeChecked(context, request, usage, { statement, failure });
  if (!own) {
    // `return (await (await fetch(…)).json()).access_token`
    removeStatements(context, request, usage, null);
    return writeInline(context, request, usage);
  }
  const last = onlyReturn(usage, statement);
  removeStatements(context, request, usage, last ? null : statement);
  if (last) {
    const isInTry = closest(last, (at) => at.type === 'TryStatement' || isFunction(at))?.type === 'TryStatement';
    const argument: Node = last['argument'];
    const text = `${isInTry ? 'await ' : ''}workerTokenManager.getWorkerToken()`;
    return context.edits.replace(module, argument.start, argument.end, text, component);
  }
  const semicolon = module.text[statement.end - 1] === ';' ? ';' : '';
  const name = usage.tokens.length > 0 || usage.tokenBinding ? tokenName(module, usage, node) : null;
  const call = 'await workerTokenManager.getWorkerToken()';
  context.edits.replace(
    module,
    statement.start,
    statement.end,
    `${name ? `const ${name} = ` : ''}${call}${semicolon}`,
    component,
  );
  context.edits.markRemoved(module, statement.start, statement.end);
  if (name) renameTokens(context, request, usage, name);
}

/** The request with checks of its answer behind it. */
function writeChecked(
  context: PlanContext,
  request: TokenRequest,
  usage: ResponseUsage,
  { statement, failure }: { statement: Node; failure: Failure },
): void {
  const { module, node } = request;
  const component = componentOf(module, node);
  const name = tokenName(module, usage, node);
  const end = module.text[statement.end - 1] === ';' ? ';' : '';
  const isNamed = failure.kind !== 'throws' || tokenUses(usage).length > 0 || usage.tokenBinding !== null;
  const call = `await workerTokenManager.getWorkerToken()${failure.kind === 'null' ? '.catch(() => null)' : ''}`;
  const text =
    failure.kind === 'catch'
      ? catchText(context, module, failure, { statement, name, call })
      : `${isNamed ? `const ${name} = ` : ''}${call}${end}`;
  removeStatements(context, request, usage, statement);
  context.edits.replace(module, statement.start, statement.end, text, component);
  context.edits.markRemoved(module, statement.start, statement.end);
  if (isNamed) renameTokens(context, request, usage, name);
  writeGuards(context, module, failure, name);
}

/** `return token` as the only use, with nothing in between that stays. */
function onlyReturn(usage: ResponseUsage, statement: Node): Node | null {
  const uses = tokenUses(usage);
  const [use] = uses;
  const last = use && wrapped(use).parent;
  if (uses.length !== 1 || last?.type !== 'ReturnStatement' || usage.expiries.length > 0) return null;
  const list = statementList(statement);
  const between = list.slice(list.indexOf(statement) + 1, list.indexOf(last));
  return list.includes(last) && between.every((s) => usage.gone.has(s) || isPreparation(s)) ? last : null;
}

const isPreparation = (statement: Node): boolean => /^TS|^EmptyStatement$/.test(statement.type);

function writeInline(context: PlanContext, { module, node }: TokenRequest, usage: ResponseUsage): void {
  const [use] = usage.tokens;
  if (!use) return;
  const text = fit('await workerTokenManager.getWorkerToken()', 'await', use);
  context.edits.replace(module, use.start, use.end, text, componentOf(module, node));
  context.edits.markRemoved(module, use.start, use.end);
}
