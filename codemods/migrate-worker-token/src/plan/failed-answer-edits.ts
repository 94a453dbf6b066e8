/** The edits where no token comes: checks that go or ask for null, and the catch in their place. Which of them is decided elsewhere. */
import { closest, type Node } from '../ast/node.js';
import { isCall, isFunction } from '../ast/shapes.js';
import type { AnswerGuard } from './answer-guards.js';
import { componentOf, type PlanContext } from './context.js';
import { isBehind, type Failure } from './failed-answers.js';
import type { Module } from './module.js';
import { alwaysLeaves } from './surroundings.js';
import { eolOf, indentOf, indentStep, lineSpan } from './text-edits.js';
import { dedent } from './token-read.js';

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
