/** Where a piece of code runs: may it wait, when does it run, and what is known to hold there. */
import { isInside, type Node } from '../ast/node.js';
import {
  enclosingFunction,
  isCall,
  isFunction,
  isIdentifier,
  isMember,
  propertyName,
  statementList,
  unwrap,
} from '../ast/shapes.js';

/** `async`: `await` is allowed. `sync`: it is not. `module`: it runs while modules are evaluated. */
export type Timing = 'async' | 'sync' | 'module';

export function timingOf(node: Node): Timing {
  const fn = enclosingFunction(node);
  if (!fn) return isInstanceField(node) ? 'sync' : 'module';
  const isParameter = (fn['params'] as Node[]).some((param) => isInside(node, param));
  if (fn['async'] && !isParameter) return 'async';
  return isCalledAtOnce(fn) ? (timingOf(fn) === 'module' ? 'module' : 'sync') : 'sync';
}

/** `(() => { … })()` */
function isCalledAtOnce(fn: Node): boolean {
  const parent = fn.parent;
  return parent !== null && isCall(parent) && parent['callee'] === fn;
}

function isInstanceField(node: Node): boolean {
  for (let at: Node | null = node; at; at = at.parent) {
    if (at.type === 'ClassProperty' || at.type === 'ClassPrivateProperty') return at['static'] !== true;
    if (at.type === 'StaticBlock') return false;
  }
  return false;
}

/** The value only decides whether something happens: `if (x)`, `!x`, `x ? …`, `x && …`, `x !== null`, `Boolean(x)`. */
export function isTested(node: Node): boolean {
  const parent = node.parent;
  if (!parent) return false;
  switch (parent.type) {
    case 'IfStatement':
    case 'WhileStatement':
    case 'ConditionalExpression':
      return parent['test'] === node;
    case 'UnaryExpression':
      return parent['operator'] === '!';
    case 'LogicalExpression':
      return isTestedLogical(parent, node);
    case 'BinaryExpression':
      return isNullComparison(parent);
    case 'CallExpression':
      return isIdentifier(parent['callee'], 'Boolean') && parent['arguments'][0] === node;
    case 'ExpressionStatement':
      return true;
    case 'TSNonNullExpression':
    case 'TSAsExpression':
      return isTested(parent);
    default:
      return false;
  }
}

/** `x && …` hands on nothing but a falsy value; `… && x` is tested where the whole is. */
function isTestedLogical(parent: Node, node: Node): boolean {
  if (parent['left'] === node && parent['operator'] === '&&') return true;
  return isTested(parent);
}

export function isNullComparison(node: Node): boolean {
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node['operator'])) return false;
  return [node['left'], node['right']].some(
    (side: Node) => side.type === 'NullLiteral' || isIdentifier(side, 'undefined'),
  );
}

/** A guard before the node, or around it, makes sure that the value of `name` is there. */
export function isGuarded(node: Node, name: string): boolean {
  for (let at: Node = node; at.parent; at = at.parent) {
    const parent = at.parent;
    const isBranch = parent.type === 'IfStatement' || parent.type === 'ConditionalExpression';
    if (isBranch && parent['consequent'] === at && impliesPresent(parent['test'], name)) return true;
    if (isBranch && parent['alternate'] === at && impliesAbsentWhenTrue(parent['test'], name)) return true;
    if (parent.type === 'LogicalExpression' && parent['right'] === at) {
      if (parent['operator'] === '&&' && impliesPresent(parent['left'], name)) return true;
      if (parent['operator'] === '||' && impliesAbsentWhenTrue(parent['left'], name)) return true;
    }
    if (isBlockLike(parent) && isGuardedBySibling(at, name)) return true;
  }
  return false;
}

const isBlockLike = (node: Node) =>
  node.type === 'BlockStatement' || node.type === 'Program' || node.type === 'SwitchCase';

function isGuardedBySibling(statement: Node, name: string): boolean {
  const list = statementList(statement);
  const before = list.slice(0, list.indexOf(statement));
  return before.some(
    (s) => s.type === 'IfStatement' && impliesAbsentWhenTrue(s['test'], name) && alwaysLeaves(s['consequent']),
  );
}

/** True → the value is there. */
function impliesPresent(raw: Node, name: string): boolean {
  const test = unwrap(raw);
  if (isIdentifier(test, name)) return true;
  if (test.type === 'LogicalExpression' && test['operator'] === '&&') {
    return impliesPresent(test['left'], name) || impliesPresent(test['right'], name);
  }
  if (test.type === 'UnaryExpression' && test['operator'] === '!') return impliesAbsentWhenTrue(test['argument'], name);
  if (isMember(test) || isCall(test)) return rootOfOptionalChain(test) === name;
  return (
    isNullComparison(test) &&
    /^!/.test(test['operator']) &&
    [test['left'], test['right']].some((s: Node) => isIdentifier(unwrap(s), name))
  );
}

/** False → the value is there. */
function impliesAbsentWhenTrue(raw: Node, name: string): boolean {
  const test = unwrap(raw);
  if (test.type === 'UnaryExpression' && test['operator'] === '!') return impliesPresent(test['argument'], name);
  if (test.type === 'LogicalExpression' && test['operator'] === '||') {
    return impliesAbsentWhenTrue(test['left'], name) || impliesAbsentWhenTrue(test['right'], name);
  }
  return (
    isNullComparison(test) &&
    /^=/.test(test['operator']) &&
    [test['left'], test['right']].some((s: Node) => isIdentifier(unwrap(s), name))
  );
}

function rootOfOptionalChain(node: Node): string | null {
  let at = node;
  while (isMember(at) || isCall(at)) at = unwrap(isCall(at) ? at['callee'] : at['object']);
  return at.type === 'Identifier' ? at['name'] : null;
}

/** The statement always returns, throws, or leaves the loop. */
export function alwaysLeaves(statement: Node): boolean {
  if (/^(Return|Throw|Continue|Break)Statement$/.test(statement.type)) return true;
  if (statement.type === 'IfStatement') {
    return (
      Boolean(statement['alternate']) && alwaysLeaves(statement['consequent']) && alwaysLeaves(statement['alternate'])
    );
  }
  const last: Node | undefined = statement.type === 'BlockStatement' ? statement['body'].at(-1) : undefined;
  return last !== undefined && alwaysLeaves(last);
}

export function alwaysThrows(statement: Node): boolean {
  if (statement.type === 'ThrowStatement') return true;
  const isRejection =
    statement.type === 'ReturnStatement' &&
    statement['argument'] !== null &&
    isCall(statement['argument']) &&
    isMember(statement['argument']['callee']) &&
    propertyName(statement['argument']['callee']) === 'reject' &&
    isIdentifier(statement['argument']['callee']['object'], 'Promise');
  if (isRejection) return true;
  if (statement.type === 'TryStatement') {
    const handler: Node | null = statement['handler'];
    return handler !== null && alwaysThrows(statement['block']) && alwaysThrows(handler['body']);
  }
  if (statement.type === 'IfStatement') {
    const alternate: Node | null = statement['alternate'];
    return alternate !== null && alwaysThrows(statement['consequent']) && alwaysThrows(alternate);
  }
  const last: Node | undefined = statement.type === 'BlockStatement' ? statement['body'].at(-1) : undefined;
  return last !== undefined && alwaysThrows(last);
}

/** The call of a React hook (or anything else by name) whose callback holds the node directly. */
export function callbackOf(node: Node): { name: string; call: Node; fn: Node } | null {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const call = fn.parent;
    if (!call || !isCall(call) || !(call['arguments'] as Node[]).includes(fn)) continue;
    const callee = unwrap(call['callee']);
    const name: string | null =
      callee.type === 'Identifier' ? callee['name'] : isMember(callee) ? propertyName(callee) : null;
    if (name) return { name, call, fn };
  }
  return null;
}

/** The function's result goes nowhere: an event handler of an element, or of `addEventListener`. */
export function isResultIgnored(fn: Node): boolean {
  const parent = fn.parent;
  if (!isFunction(fn) || !parent) return false;
  if (parent.type === 'JSXExpressionContainer') return isElementHandler(parent);
  return isCall(parent) && isMember(parent['callee']) && propertyName(parent['callee']) === 'addEventListener';
}

export function isElementHandler(container: Node): boolean {
  const attribute = container.parent;
  if (attribute?.type !== 'JSXAttribute' || !/^on[A-Z]/.test(attribute['name'].name ?? '')) return false;
  const element = attribute.parent?.['name'];
  return element?.type === 'JSXIdentifier' && /^[a-z]/.test(element['name']);
}
