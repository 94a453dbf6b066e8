/** Removals of old keys. A run of them is one call: `clearAll()` with a credentials key in it, else `invalidateToken()`. */
import { type Node } from '../ast/node.js';
import { isCall, statementList, wrapped } from '../ast/shapes.js';
import { dropCleanup, isExpiryCleanup } from './expired-removals.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import type { Module } from './module.js';
import type { Reason } from './reasons.js';
import { refusedToken } from './refused-token.js';
import { isPlainStatement, reloadAfter, runsOf, statementOf } from './removal-runs.js';
import type { StorageOperation } from './storage-operations.js';
import { timingIn } from './entry-gate.js';
import { timingOf } from './surroundings.js';
import { eolOf, indentOf, lineSpan, usesSemicolons } from './text-edits.js';

const PATTERN = 'remove';

export function planRemovals(context: PlanContext, module: Module, own: StorageOperation[]): void {
  const operations = own.filter((operation) => operation.kind === 'remove');
  const open: StorageOperation[] = [];
  for (const operation of operations) {
    const notes = { keys: operation.keys, holds: operation.holds };
    if (context.edits.isRemoved(module, operation.node)) addSite(context, module, operation.node, PATTERN, notes);
    else if (timingIn(context, module, operation.node) === 'module')
      leave(context, module, operation.node, PATTERN, 'evaluated-before-ready', notes);
    else if (isExpiryCleanup(module, operation, own) && isPlainStatement(operation) && !sharerOf(context, operation))
      dropCleanup(context, module, operation);
    else open.push(operation);
  }
  for (const run of runsOf(open)) planRun(context, module, run, own);
}

/** A left place that stores or reads what is removed here. */
function sharerOf({ kept }: PlanContext, { keys }: StorageOperation): { reason: Reason; because: string } | null {
  const writer = kept.writerOf(keys);
  if (writer) return { reason: 'token-writer-left', because: writer };
  const reader = kept.readerOf(keys);
  return reader ? { reason: 'token-reader-left', because: reader } : null;
}

function planRun(context: PlanContext, module: Module, run: StorageOperation[], own: StorageOperation[]): void {
  const [first] = run as [StorageOperation, ...StorageOperation[]];
  const statement = statementOf(first);
  const last = statementOf(run.at(-1) as StorageOperation);
  const holdsCredentials = run.some((operation) => operation.holds === 'credentials' || operation.holds === 'secret');
  const drop = `invalidateToken(${refusedToken(context, first, own)})`;
  const call = `workerTokenManager.${holdsCredentials ? 'clearAll()' : drop}`;
  const component = componentOf(module, first.node);
  if (run.some((operation) => sharerOf(context, operation))) return planSharedRun(context, module, run, call);
  for (const operation of run) {
    addSite(context, module, operation.node, PATTERN, {
      keys: operation.keys,
      holds: operation.holds,
      span: { start: statement.start, end: last.end },
    });
    keepOtherKeys(context, operation, component);
  }
  const canWait = timingOf(first.loop && isCall(first.loop.node) ? first.loop.node : first.node) === 'async';
  const reload = canWait ? null : reloadAfter(last);
  if (reload && !hasLoopLeft(run)) return beforeReload(context, module, { statement, last, reload, call, component });
  replaceRun(context, module, run, `${canWait ? 'await' : 'void'} ${call}`, component);
}

/** A left place stores or reads what is removed here: that removal stays, and the manager is told as well. */
function planSharedRun(context: PlanContext, module: Module, run: StorageOperation[], call: string): void {
  const [first] = run as [StorageOperation, ...StorageOperation[]];
  const start = statementOf(first);
  const component = componentOf(module, first.node);
  const canWait = timingOf(first.loop && isCall(first.loop.node) ? first.loop.node : first.node) === 'async';
  const isPlain = run.every((o) => !o.loop && isPlainStatement(o)) && statementList(start).includes(start);
  const sharers = run.flatMap((operation) => sharerOf(context, operation) ?? []);
  const isTold = isPlain && (canWait || !reloadAfter(statementOf(run.at(-1) as StorageOperation)));
  for (const operation of run) {
    const { keys, holds, node } = operation;
    const sharer = sharerOf(context, operation) ?? (isTold ? null : sharers[0]);
    if (sharer) leave(context, module, node, PATTERN, sharer.reason, { keys, holds, because: sharer.because });
    else {
      addSite(context, module, node, PATTERN, { keys, holds });
      const span = lineSpan(module, statementOf(operation));
      context.edits.remove(module, span.start, span.end, component);
    }
  }
  if (!isTold || isToldBefore(module, start)) return;
  const semicolon = usesSemicolons(module.text) ? ';' : '';
  const line = `${canWait ? 'await' : 'void'} ${call}${semicolon}`;
  const { start: at } = lineSpan(module, start);
  const [indent, eol] = [indentOf(module, start.start), eolOf(module.text)];
  // a statement that shares its line is indented already
  context.edits.insert(module, at, at === start.start ? `${line}${eol}${indent}` : `${indent}${line}${eol}`, component);
}

/** An earlier run has put the call there. */
function isToldBefore(module: Module, statement: Node): boolean {
  const list = statementList(statement);
  const before = list[list.indexOf(statement) - 1];
  return (
    before !== undefined &&
    /workerTokenManager\s*\.\s*(clearAll|invalidateToken)\(/.test(module.text.slice(before.start, before.end))
  );
}

const hasLoopLeft = (run: StorageOperation[]) =>
  run.some((operation) => operation.loop && operation.loop.others.length > 0);

function replaceRun(
  context: PlanContext,
  module: Module,
  run: StorageOperation[],
  text: string,
  component: string,
): void {
  const [first] = run as [StorageOperation, ...StorageOperation[]];
  const node = first.loop ? first.loop.node : first.node;
  const place = wrapped(node);
  const isExpression = place.parent?.type !== 'ExpressionStatement' && node.type !== 'ForOfStatement';
  if (isExpression) {
    for (const operation of run) {
      const isArrowBody = wrapped(operation.node).parent?.type === 'ArrowFunctionExpression';
      const isFirst = operation === first;
      const plain = isArrowBody && text.startsWith('await ') ? text.slice(6) : text;
      context.edits.replace(module, operation.node.start, operation.node.end, isFirst ? plain : 'undefined', component);
    }
    return;
  }
  const start = statementOf(first);
  const semicolon = module.text[start.end - 1] === ';' || usesSemicolons(module.text) ? ';' : '';
  if (hasLoopLeft(run)) {
    const indent = indentOf(module, start.start);
    context.edits.insert(module, start.start, `${text}${semicolon}${eolOf(module.text)}${indent}`, component);
    return;
  }
  context.edits.replace(module, start.start, start.end, `${text}${semicolon}`, component);
  context.edits.markRemoved(module, start.start, start.end);
  const rest = new Set(run.map(statementOf).filter((statement) => statement !== start));
  for (const statement of rest) {
    const span = lineSpan(module, statement);
    context.edits.remove(module, span.start, span.end, component);
  }
}

/** A loop over other keys, too, goes on with those. */
function keepOtherKeys(context: PlanContext, operation: StorageOperation, component: string): void {
  const { loop, module } = operation;
  if (!loop || loop.others.length === 0) return;
  const parts = loop.others.map((other) => module.text.slice(other.start, other.end));
  context.edits.replace(module, loop.array.start, loop.array.end, `[${parts.join(', ')}]`, component);
}

interface Reloading {
  statement: Node;
  last: Node;
  reload: Node;
  call: string;
  component: string;
}

/** The function cannot wait, so the reload does: `void clearAll().finally(() => location.reload())`. */
function beforeReload(
  context: PlanContext,
  module: Module,
  { statement, last, reload, call, component }: Reloading,
): void {
  const semicolon = module.text[reload.end - 1] === ';' ? ';' : '';
  const action = module.text.slice(reload['expression'].start, reload['expression'].end);
  const list = statementList(statement);
  const isDirect = list.indexOf(reload) === list.indexOf(last) + 1;
  if (isDirect) {
    const span = lineSpan(module, { start: statement.start, end: last.end });
    context.edits.remove(module, span.start, span.end, component);
    context.edits.replace(
      module,
      reload.start,
      reload.end,
      `void ${call}.finally(() => ${action})${semicolon}`,
      component,
    );
    return;
  }
  context.edits.replace(module, statement.start, last.end, `const cleared = ${call}${semicolon}`, component);
  context.edits.markRemoved(module, statement.start, last.end);
  context.edits.replace(
    module,
    reload.start,
    reload.end,
    `void cleared.finally(() => ${action})${semicolon}`,
    component,
  );
}
