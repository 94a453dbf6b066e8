/** `if (have && <not expired>) return have` in front of a migrated request: the manager answers from its cache by itself. */
import { findAll, isInside, type Node } from '../ast/node.js';
import { enclosingFunction, isCall, isIdentifier, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { componentOf, type MigratedRequest, type PlanContext } from './context.js';
import type { Module } from './module.js';
import { endsInToken } from './quiet-rest.js';
import type { StorageOperation } from './storage-operations.js';
import { lineSpan } from './text-edits.js';

export function removeCacheCheck(
  context: PlanContext,
  migrated: MigratedRequest,
  operations: StorageOperation[],
): void {
  const { module, node } = migrated;
  const fn = enclosingFunction(node);
  if (fn?.['body'].type !== 'BlockStatement' || fn['generator']) return;
  const list: Node[] = fn['body']['body'];
  const reads = operations.filter((o) => o.module === module && o.kind === 'get' && isInside(o.node, fn) && !o.loop);
  const check = list.find((statement) => statement.start < node.start && returnedByCheck(statement) !== null);
  if (!check) return;
  const gone = withItsConstants(module, list, check);
  if (!isOnlyCache(module, check, gone, reads)) return;
  const rest = list.slice(list.indexOf(check) + 1).filter((statement) => !gone.includes(statement));
  if (!endsInToken(context, { ...migrated, operations }, rest)) return;
  for (const { start, end } of neighbours(module, list, gone)) {
    const span = lineSpan(module, { start, end });
    context.edits.remove(module, span.start, span.end, componentOf(module, node));
  }
}

/** Statements that stand next to each other go as one piece, with the blank line behind them. */
function neighbours(module: Module, list: Node[], gone: Node[]): { start: number; end: number }[] {
  const pieces: { start: number; end: number; last: number }[] = [];
  for (const [index, statement] of list.entries()) {
    if (!gone.includes(statement)) continue;
    const piece = pieces.at(-1);
    if (piece?.last === index - 1) Object.assign(piece, { end: statement.end, last: index });
    else pieces.push({ start: startWithComment(module, statement), end: statement.end, last: index });
  }
  return pieces;
}

/** `return have` or `return Promise.resolve(have)` as all that the check does. */
function returnedByCheck(statement: Node): Node | null {
  if (statement.type !== 'IfStatement' || statement['alternate']) return null;
  const consequent: Node = statement['consequent'];
  const only: Node | undefined =
    consequent.type !== 'BlockStatement'
      ? consequent
      : consequent['body'].length === 1
        ? consequent['body'][0]
        : undefined;
  if (only?.type !== 'ReturnStatement' || !only['argument']) return null;
  const value = unwrap(only['argument']);
  if (!isCall(value) || !isMember(value['callee']) || !isIdentifier(value['callee']['object'], 'Promise')) return value;
  return propertyName(value['callee']) === 'resolve' ? unwrap(value['arguments'][0] ?? value) : null;
}

/** The check, and the constants in front of it that only serve it. */
function withItsConstants(module: Module, list: Node[], check: Node): Node[] {
  const gone = [check];
  for (const statement of list.slice(0, list.indexOf(check)).reverse()) {
    const [declarator, other] = statement.type === 'VariableDeclaration' ? (statement['declarations'] as Node[]) : [];
    const binding = declarator?.['id'].type === 'Identifier' ? module.scopes.bindingOf(declarator['id']) : undefined;
    if (!binding || !declarator?.['init'] || other || binding.references.length === 0) continue;
    if (binding.references.every((reference) => gone.some((part) => isInside(reference, part)))) gone.push(statement);
  }
  return gone;
}

/** The stored token is what is returned, and nothing but it, its expiry, the clock and numbers decide. */
function isOnlyCache(module: Module, check: Node, gone: Node[], reads: StorageOperation[]): boolean {
  const initOf = (id: Node): Node | null => {
    const binding = module.scopes.bindingOf(id);
    const isGone = binding && gone.some((part) => part !== check && isInside(binding.id, part));
    return isGone ? binding.declaration['init'] : null;
  };
  const isToken = (raw: Node): boolean => {
    const value = unwrap(raw);
    if (reads.some((read) => read.node === value && read.holds === 'token' && !read.parsed)) return true;
    const init = value.type === 'Identifier' ? initOf(value) : null;
    return init !== null && isToken(init);
  };
  const returned = returnedByCheck(check);
  const asksToken = findAll(check['test'], (node) => isToken(node)).length > 0;
  const parts = [
    check['test'] as Node,
    ...gone.filter((part) => part !== check).map((part) => part['declarations'][0].init as Node),
  ];
  return (
    returned !== null && isToken(returned) && asksToken && parts.every((part) => isPlain(module, part, gone, reads))
  );
}

const OPERATIONS = /^(Binary|Logical|Unary|Conditional|New|OptionalCall|Call|TSAs|TSNonNull|Parenthesized)Expression$/;
const LITERALS = /^(Numeric|Null|String|Boolean)Literal$/;
const CLOCK = /^(Number|parseInt|parseFloat|Boolean|Date|Number\.\w+|Date\.now|Math\.\w+)$/;

/** Made of reads of the token and its expiry, the clock, and constant numbers. */
function isPlain(module: Module, raw: Node, gone: Node[], reads: StorageOperation[]): boolean {
  const node = unwrap(raw);
  const next = (child: Node) => isPlain(module, child, gone, reads);
  if (reads.some((read) => read.node === node && (read.holds === 'token' || read.holds === 'expiry'))) return true;
  if (LITERALS.test(node.type)) return true;
  if (node.type === 'Identifier') {
    const binding = module.scopes.bindingOf(node);
    if (!binding) return node['name'] === 'undefined';
    if (gone.some((part) => isInside(binding.id, part))) return true;
    return binding.kind === 'const' && binding.declaration['init'] ? isNumber(binding.declaration['init']) : false;
  }
  if (!OPERATIONS.test(node.type)) return false;
  if (!isCall(node) && node.type !== 'NewExpression')
    return ['left', 'right', 'argument', 'test', 'consequent', 'alternate'].every(
      (field) => !node[field] || next(node[field]),
    );
  const callee = unwrap(node['callee']);
  const isTime = isMember(callee) && propertyName(callee) === 'getTime' && next(callee['object']);
  return (
    (isTime || CLOCK.test(module.text.slice(callee.start, callee.end))) && (node['arguments'] as Node[]).every(next)
  );
}

function isNumber(raw: Node): boolean {
  const node = unwrap(raw);
  if (node.type === 'NumericLiteral') return true;
  return node.type === 'BinaryExpression' && isNumber(node['left']) && isNumber(node['right']);
}

/** A comment right above speaks of the check. */
function startWithComment(module: Module, statement: Node): number {
  let { start } = statement;
  for (const comment of [...module.comments].reverse()) {
    const between = module.text.slice(comment.end, start);
    const lineStart = module.text.lastIndexOf('\n', comment.start - 1) + 1;
    const isAbove = comment.end <= start && /^[ \t]*\r?\n[ \t]*$/.test(between);
    if (isAbove && module.text.slice(lineStart, comment.start).trim() === '') start = comment.start;
  }
  return start;
}
