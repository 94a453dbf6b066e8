/** What a migrated request does where no token comes: the manager throws, so checks of the answer go, ask for null, or become a catch. */
import { closest, isInside, type Node } from '../ast/node.js';
import { isCall, isFunction, statementList } from '../ast/shapes.js';
import { isQuietThrow, type AnswerGuard } from './answer-guards.js';
import type { Module } from './module.js';
import type { ResponseUsage } from './response-usage.js';
import { alwaysLeaves } from './surroundings.js';

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
export const isBehind = (guard: AnswerGuard): boolean =>
  guard.failure !== null && !isInside(guard.failure, guard.statement);

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
