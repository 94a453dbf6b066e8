/** A read of a stored token or secret: the manager's answer has the same type, text or null, and takes its place. */
import { isInside, type Node } from '../ast/node.js';
import { statementList, wrapped } from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import { timingIn } from './entry-gate.js';
import type { StorageOperation } from './storage-operations.js';
import { alwaysLeaves } from './surroundings.js';
import { fit, lineSpan, type Strength } from './text-edits.js';
import type { Module } from './module.js';
import { isJsonCall, usageOf } from './value-usage.js';

const PATTERN = 'read-token';

export function planTokenRead(context: PlanContext, operation: StorageOperation): void {
  const { module, node, keys, holds, loop } = operation;
  const notes = { keys, holds };
  if (context.edits.isGone(module, node) || context.edits.isClaimed(module, node)) {
    addSite(context, module, node, PATTERN, notes);
    return;
  }
  const timing = timingIn(context, module, node);
  if (timing === 'module') return leave(context, module, node, PATTERN, 'evaluated-before-ready', notes);
  const isRecord = operation.parsed && !isPlainText(context, operation);
  if (isRecord || isJsonCall(wrapped(node).parent, 'parse'))
    return leave(context, module, node, PATTERN, 'escapes', notes);
  const own = holds === 'secret' ? secret(timing === 'async', hasDefault(node)) : token(timing === 'async');
  const value = withFallback(module, operation, own);
  const text =
    node.type === 'BinaryExpression' ? { text: `${value.text} !== null`, strength: 'nullish' as const } : value;
  if (loop && !unroll(context, operation, text)) return leave(context, module, node, PATTERN, 'dynamic-key', notes);
  addSite(context, module, node, PATTERN, { ...notes, peeks: timing === 'sync' });
  context.edits.replace(module, node.start, node.end, fit(text.text, text.strength, node), componentOf(module, node));
}

/** A helper parses what it stored as JSON: a text comes out, unless fields are asked for. */
function isPlainText(context: PlanContext, { module, node, parsed }: StorageOperation): boolean {
  const fallback = parsed?.fallback;
  if (fallback && !/^(NullLiteral|StringLiteral|Identifier)$/.test(fallback.type)) return false;
  return usageOf(module, node, { isRemoved: (at) => context.edits.isRemoved(module, at) }).fields.size === 0;
}

/** What the helper gives where nothing is stored, unless that is null. */
function withFallback(
  module: Module,
  { parsed }: StorageOperation,
  value: { text: string; strength: Strength },
): { text: string; strength: Strength } {
  const fallback = parsed?.fallback;
  if (!fallback || fallback.type === 'NullLiteral') return value;
  const left = value.strength === 'await' ? `(${value.text})` : value.text;
  return { text: `${left} ?? ${module.text.slice(fallback.start, fallback.end)}`, strength: 'nullish' };
}

function token(canWait: boolean): { text: string; strength: Strength } {
  if (canWait) return { text: 'await workerTokenManager.loadToken()', strength: 'await' };
  return { text: 'workerTokenManager.peekToken()', strength: 'call' };
}

/** `… || ''` behind it. */
function hasDefault(node: Node): boolean {
  const parent = wrapped(node).parent;
  return parent?.type === 'LogicalExpression' && parent['left'] === wrapped(node) && parent['operator'] !== '&&';
}

function secret(canWait: boolean, hasOwnDefault: boolean): { text: string; strength: Strength } {
  const credentials = canWait ? '(await workerTokenManager.loadCredentials())' : 'workerTokenManager.peekCredentials()';
  if (hasOwnDefault) return { text: `${credentials}?.clientSecret`, strength: 'call' };
  return { text: `${credentials}?.clientSecret ?? null`, strength: 'nullish' };
}

/** `for (const key of [A, B]) { const t = getItem(key); if (t) return t; }`: one source needs no loop. */
function unroll(context: PlanContext, operation: StorageOperation, _text: unknown): boolean {
  const { module, loop, node } = operation;
  if (!loop || loop.others.length > 0 || loop.node.type !== 'ForOfStatement') return false;
  const body: Node = loop.node['body'];
  if (body.type !== 'BlockStatement' || !isInside(node, body)) return false;
  const [read, test, more] = body['body'] as Node[];
  const isPlain = read?.type === 'VariableDeclaration' && isInside(node, read) && test?.type === 'IfStatement' && !more;
  if (
    !isPlain ||
    !alwaysLeaves(test['consequent']) ||
    /\b(continue|break)\b/.test(module.text.slice(test.start, test.end))
  )
    return false;
  const names = (read['declarations'] as Node[]).flatMap((d) =>
    d['id'].type === 'Identifier' ? [d['id'].name as string] : [],
  );
  if (statementList(loop.node).some((s) => s !== loop.node && declares(s, names))) return false;
  const component = componentOf(module, node);
  const span = lineSpan(module, loop.node);
  const inner = { start: lineSpan(module, read).start, end: lineSpan(module, test).end };
  context.edits.replace(
    module,
    span.start,
    span.end,
    () => dedent(context.edits.render(module, inner.start, inner.end)),
    component,
  );
  return true;
}

const declares = (statement: Node, names: string[]): boolean =>
  statement.type === 'VariableDeclaration' &&
  (statement['declarations'] as Node[]).some((d) => names.includes(d['id'].name));

/** One step of indentation less. */
export function dedent(text: string): string {
  const step = /^(\t| +)/.exec(text)?.[0] ?? '';
  const width = step.startsWith('\t') ? 1 : Math.min(2, step.length);
  return text.replace(/^[ \t]+/gm, (indent) => indent.slice(width));
}
