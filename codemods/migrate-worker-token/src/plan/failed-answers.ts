/** What a migrated request does where no token comes: the manager throws, so checks of the answer go, or ask for null, or become a catch. */
import { closest, isInside, type Node } from '../ast/node.js';
import { isCall, isFunction, statementList } from '../ast/shapes.js';
import { isQuietThrow, type AnswerGuard } from './answer-guards.js';
import { componentOf, type PlanContext } from './context.js';
import type { Module } from './module.js';
import type { ResponseUsage } from './response-usage.js';
import { alwaysLeaves } from './surroundings.js';
import { eolOf, indentOf, indentStep, lineSpan } from './text-edits.js';
import { dedent } from './token-read.js';

/** `throws`: checks go, whoever catches hears of it. `null`: the token may be null. `catch`: a catch takes the check's place. */
export type Failure =
  | { kind: 'throws'; guards: AnswerGuard[] }
  | { kind: 'null'; guards: AnswerGuard[] }
  | { kind: 'catch'; guard: AnswerGuard; guards: AnswerGuard[]; before?: string };

/** Who hears of an error that is thrown at the request: the body of a catch, and the name of the error in it. */
export interface Hearer {
  body: Node;
  param: Node | null;
}

/**
 * @param callback Of a promise chain, where the checks are in one.
 * @returns null where none of the forms keeps what happens.
 */
export function failureOf(
  module: Module,
  request: Node,
  usage: ResponseUsage,
  hearer: Hearer | null,
  callback: Node | null = null,
): Failure | null {
  const guards = [...usage.guards.values()].sort((a, b) => a.statement.start - b.statement.start);
  const [first] = guards;
  if (!first) return { kind: 'throws', guards };
  const isThrown = [...usage.gone].some((gone) => gone.type === 'IfStatement');
  if (isThrown || guards.every((guard) => isHeard(module, guard, hearer))) return { kind: 'throws', guards };
  const isWordless = (guard: AnswerGuard) => guard.texts.size + guard.reads.size === 0;
  if (guards.every((guard) => isWordless(guard) && guard.statement !== guard.failure && !isBehind(guard)))
    return { kind: 'null', guards };
  const others = guards.slice(1);
  const isAlone = others.every((guard) => !guard.success && guard.failure && alwaysLeaves(guard.failure));
  const canCatch =
    first.failure &&
    isAlone &&
    (callback ? isStatementOf(callback, first) : isBesideRequest(request, first)) &&
    endsThere(first);
  return canCatch ? { kind: 'catch', guard: first, guards } : null;
}

/** The failing part is the throw behind the check. */
const isBehind = (guard: AnswerGuard): boolean => guard.failure !== null && !isInside(guard.failure, guard.statement);

/** The request and its check are statements of one list, so that a variable of it is seen by what follows. */
function isBesideRequest(request: Node, { statement }: AnswerGuard): boolean {
  const list = statementList(statement);
  return list.includes(statement) && list.some((other) => other.start <= request.start && request.end <= other.end);
}

const isStatementOf = (callback: Node, { statement }: AnswerGuard): boolean => statement.parent === callback['body'];

/** After the failing part nothing else of the function runs. */
function endsThere({ statement, success, failure }: AnswerGuard): boolean {
  if (failure && alwaysLeaves(failure)) return true;
  return success !== null && isLastInFunction(statement);
}

export function isLastInFunction(statement: Node): boolean {
  if (statementList(statement).at(-1) !== statement) return false;
  const block = statement.parent;
  const owner = block?.parent;
  if (!owner) return false;
  if (isFunction(owner)) return true;
  return (
    (owner.type === 'TryStatement' && owner['block'] === block && isLastInFunction(owner)) ||
    (owner.type === 'IfStatement' && isLastInFunction(owner))
  );
}

/** A throw in place of the failing part comes to the same: it throws itself, or whoever catches does what it does. */
function isHeard(module: Module, guard: AnswerGuard, hearer: Hearer | null): boolean {
  const { failure, success, statement } = guard;
  if (failure && isQuietThrow(module, failure)) return true;
  if (!hearer) return false;
  if (!failure) return success !== null;
  const ends = success ? isLastInBlock(statement) : true;
  return (
    ends &&
    (alwaysLeavesFunction(hearer) ||
      isLastInFunction(closest(hearer.body, (at) => at.type === 'TryStatement') ?? hearer.body)) &&
    saysTheSame(module, failure, hearer)
  );
}

const isLastInBlock = (statement: Node): boolean => statementList(statement).at(-1) === statement;

/** The catch of a promise chain is the end of it; the catch of a try may be. */
const alwaysLeavesFunction = ({ body }: Hearer): boolean =>
  closest(body, (at) => at.type === 'TryStatement' || isFunction(at))?.type !== 'TryStatement' || alwaysLeaves(body);

/** Each step of the failing part has its like in the catch, which tells the error. */
function saysTheSame(module: Module, failure: Node, { body, param }: Hearer): boolean {
  const textOf = (node: Node) => module.text.slice(node.start, node.end);
  const heard = textOf(body);
  const tells = param?.type === 'Identifier' && new RegExp(`\\b${String(param['name'])}\\b`).test(heard);
  const statements: Node[] = failure.type === 'BlockStatement' ? failure['body'] : [failure];
  return (
    tells &&
    statements.every((statement) => {
      if (statement.type === 'ReturnStatement')
        return !statement['argument'] || heard.includes(textOf(statement).replace(/;$/, ''));
      if (statement.type === 'VariableDeclaration') return true;
      const expression: Node | null = statement.type === 'ExpressionStatement' ? statement['expression'] : null;
      if (!expression) return false;
      if (expression.type === 'AssignmentExpression') return heard.includes(`${textOf(expression['left'])} =`);
      const call = isCall(expression) ? expression : null;
      return (
        call !== null && (/^console\b/.test(textOf(call['callee'])) || heard.includes(`${textOf(call['callee'])}(`))
      );
    })
  );
}

/** The catch around the request in its own function. */
export function hearerOf(request: Node): Hearer | null {
  for (
    let at = closest(request, isTryOrFunction);
    at?.type === 'TryStatement';
    at = closest(at.parent, isTryOrFunction)
  ) {
    const handler: Node | null = at['handler'];
    if (handler && isInside(request, at['block'])) return { body: handler['body'], param: handler['param'] ?? null };
  }
  return null;
}

const isTryOrFunction = (node: Node): boolean => node.type === 'TryStatement' || isFunction(node);

/** The checks after the rewriting of the request. @param name The token's name. */
export function writeGuards(context: PlanContext, module: Module, failure: Failure, name: string | null): void {
  for (const guard of failure.guards) {
    if (failure.kind === 'null') askForNull(context, module, guard, name ?? 'token');
    else if (guard.success) unwrapSuccess(context, module, guard);
    else dropStatement(context, module, guard.statement, failure.kind === 'catch');
    if (failure.kind === 'throws' && isBehind(guard)) dropStatement(context, module, guard.failure as Node, false);
  }
}

function dropStatement(context: PlanContext, module: Module, statement: Node, isMoved: boolean): void {
  const { start, end } = lineSpan(module, statement);
  const component = componentOf(module, statement);
  if (isMoved) context.edits.replace(module, start, end, '', component);
  else context.edits.remove(module, start, end, component);
}

function askForNull(context: PlanContext, module: Module, { statement, success }: AnswerGuard, name: string): void {
  const test: Node = statement['test'];
  const asks = success === statement['consequent'] ? `${name} !== null` : `${name} === null`;
  context.edits.replace(module, test.start, test.end, asks, componentOf(module, statement));
  context.edits.markRemoved(module, test.start, test.end);
}

/** `if (response.ok) { a } else { b }` → a */
function unwrapSuccess(context: PlanContext, module: Module, { statement, success }: AnswerGuard): void {
  const component = componentOf(module, statement);
  const body = success as Node;
  const statements: Node[] = body.type === 'BlockStatement' ? body['body'] : [body];
  const [first, last] = [statements[0], statements.at(-1)];
  for (const part of [statement['test'] as Node, statement['alternate'] as Node | null])
    if (part && part !== success) context.edits.markRemoved(module, part.start, part.end);
  const span = lineSpan(module, statement);
  if (!first || !last) return context.edits.replace(module, span.start, span.end, '', component);
  const inner = { start: lineSpan(module, first).start, end: lineSpan(module, last).end };
  if (body.type !== 'BlockStatement' || inner.start === first.start)
    return context.edits.replace(
      module,
      statement.start,
      statement.end,
      () => context.edits.render(module, first.start, last.end),
      component,
    );
  context.edits.replace(
    module,
    span.start,
    span.end,
    () => dedent(context.edits.render(module, inner.start, inner.end)),
    component,
  );
}

/** `let token; try { token = await …; } catch (error) { … }` in place of the request's statement. */
export function catchText(
  context: PlanContext,
  module: Module,
  { guard, before }: Extract<Failure, { kind: 'catch' }>,
  request: { statement: Node; name: string; call: string },
): () => string {
  const { statement, name, call } = request;
  const error = tellError(context, module, guard);
  const failure = guard.failure as Node;
  const eol = eolOf(module.text);
  const indent = indentOf(module, statement.start);
  const inner = `${indent}${indentStep(module.text)}`;
  const end = module.text[statement.end - 1] === ';' ? ';' : '';
  const type = /\.[cm]?tsx?$/.test(module.path) ? ': string' : '';
  const leaves = alwaysLeaves(failure) ? [] : [`${inner}return${end}`];
  return () =>
    [
      `let ${name}${type}${end}`,
      `${indent}try {`,
      ...(before ? [`${inner}${before}`] : []),
      `${inner}${name} = ${call}${end}`,
      `${indent}} catch (${error}) {`,
      ...failureLines(context, module, failure, inner),
      ...leaves,
      `${indent}}`,
    ].join(eol);
}

/** `, (error) => { … }` behind the callback that gets the token. */
export function rejectionText(context: PlanContext, module: Module, guard: AnswerGuard): () => string {
  const error = tellError(context, module, guard);
  const failure = guard.failure as Node;
  const { start, end } = failure;
  return () => {
    const body = context.edits.render(module, start, end);
    return `, (${error}) => ${failure.type === 'BlockStatement' ? body : `{ ${body} }`}`;
  };
}

/** Puts the error's text where the answer's was. @returns The name of the error. */
function tellError(context: PlanContext, module: Module, guard: AnswerGuard): string {
  const home = closest(guard.statement, isFunction) ?? module.program;
  const isFree = (candidate: string) => !module.scopes.isTaken(candidate, home);
  const error = ['error', 'problem', 'reason'].find(isFree) ?? 'tokenError';
  const component = componentOf(module, guard.statement);
  for (const text of guard.texts) {
    const call = consoleCallOf(module, text);
    const before = call ? (call['arguments'] as Node[]).filter((argument) => argument.end <= text.start) : [];
    const isTold = before.some((argument) => guard.texts.has(argument));
    const told = isTold ? '' : call ? error : `${error} instanceof Error ? ${error}.message : String(${error})`;
    context.edits.replace(module, isTold ? (before.at(-1) as Node).end : text.start, text.end, told, component);
    context.edits.markRemoved(module, text.start, text.end);
  }
  for (const read of guard.reads) dropStatement(context, module, read, false);
  return error;
}

/** The logging call that the text is an argument of: it takes the error itself. */
function consoleCallOf(module: Module, text: Node): Node | null {
  const call = text.parent;
  if (!call || !isCall(call) || !(call['arguments'] as Node[]).includes(text)) return null;
  return /^(console|logger?)\b/.test(module.text.slice(call['callee'].start, call['callee'].end)) ? call : null;
}

/** The statements of the failing part, at their new depth. */
function failureLines(context: PlanContext, module: Module, failure: Node, inner: string): string[] {
  const statements: Node[] = failure.type === 'BlockStatement' ? failure['body'] : [failure];
  const [first, last] = [statements[0], statements.at(-1)];
  if (!first || !last) return [];
  const start = lineSpan(module, first).start;
  const end = lineSpan(module, last).end;
  const isWhole = start !== first.start;
  const text = isWhole ? context.edits.render(module, start, end) : context.edits.render(module, first.start, last.end);
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const old = isWhole ? indentOf(module, first.start) : '';
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => (line.startsWith(old) ? `${inner}${line.slice(old.length)}` : `${inner}${line.trim()}`));
}
