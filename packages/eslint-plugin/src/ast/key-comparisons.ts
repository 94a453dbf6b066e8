// The strings that a function compares storage keys with: `e.key === K`, `switch (e.key)`, `key.startsWith('x')`, `KEYS.includes(key)`.
import type { Node } from 'estree';
import { childrenOf, type Module } from './module.js';
import { propertyName, resolve } from './resolve.js';
import { possibleStrings } from './strings.js';
import { unwrap } from './unwrap.js';

export interface KeyComparison {
  node: Node;
  text: string;
  /** `part`: the key only starts with the text, or contains it. */
  how: 'whole' | 'part';
}

export function keyComparisons(root: Node, module: Module): KeyComparison[] {
  const found: KeyComparison[] = [];
  const add = (node: Node, how: KeyComparison['how']) =>
    possibleStrings(node, module).forEach((text) => found.push({ node, text, how }));
  const visit = (node: Node): void => {
    if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) {
      const { left, right } = node;
      if (left.type !== 'PrivateIdentifier' && isKey(left)) add(right, 'whole');
      else if (left.type !== 'PrivateIdentifier' && isKey(right)) add(left, 'whole');
    }
    if (node.type === 'SwitchStatement' && isKey(node.discriminant))
      for (const { test } of node.cases) if (test) add(test, 'whole');
    if (node.type === 'CallExpression') ofCall(node.callee, node.arguments, module, add);
    childrenOf(node).forEach(visit);
  };
  visit(root);
  return found;
}

/** `event.key`, `key`. */
function isKey(node: Node): boolean {
  const expression = unwrap(node);
  if (expression.type === 'LogicalExpression') return isKey(expression.left); // `event.key ?? ''`
  if (expression.type === 'Identifier') return /^(key|storageKey|eventKey|changedKey)$/.test(expression.name);
  return (
    expression.type === 'MemberExpression' &&
    expression.property.type === 'Identifier' &&
    expression.property.name === 'key'
  );
}

function ofCall(
  callee: Node,
  args: Node[],
  module: Module,
  add: (node: Node, how: KeyComparison['how']) => void,
): void {
  const expression = unwrap(callee);
  const [first] = args;
  if (expression.type !== 'MemberExpression' || !first) return;
  const method = propertyName(expression, module) ?? '';
  if (isKey(expression.object) && /^(startsWith|includes|endsWith|match|indexOf)$/.test(method)) add(first, 'part');
  if (!isKey(first) || !/^(includes|has|indexOf|test)$/.test(method)) return;
  const { node: list } = resolve(expression.object, module);
  if ('regex' in list && list.regex) add({ ...list, type: 'Literal', value: plainText(list.regex.pattern) }, 'part');
  const array = list.type === 'NewExpression' ? list.arguments[0] : list;
  if (array?.type === 'ArrayExpression') for (const item of array.elements) if (item) add(item, 'whole');
}

/** The text of a pattern that is nothing but text: `^worker_token` → `worker_token`. */
const plainText = (pattern: string) => pattern.replace(/^\^|\$$/g, '').replace(/\\(.)/g, '$1');
