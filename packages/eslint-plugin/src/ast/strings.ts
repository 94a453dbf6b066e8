// The strings that an expression may be. A part that is only known at run time is a hole (`\0`), so that `worker_token_${flow}`
// still shows how it starts.
import type { CallExpression, Node } from 'estree';
import { valuesOf, variableOf } from './binding.js';
import { calledFunction, parameterDefault, returnsOf } from './functions.js';
import { iterated } from './iterated.js';
import type { Module } from './module.js';
import { memberOf, resolve, type Place } from './resolve.js';

export const hole = '\0';
const most = 16;
const deepest = 8;

export function possibleStrings(node: Node, module: Module, depth = 0): string[] {
  if (depth > deepest) return [hole];
  const { node: expression, module: home } = resolve(node, module);
  const below = (child: Node) => possibleStrings(child, home, depth + 1);
  switch (expression.type) {
    case 'Literal':
      return [typeof expression.value === 'string' ? expression.value : hole];
    case 'TemplateLiteral':
      return combined(
        expression.quasis.flatMap((quasi, index) => {
          const inside = expression.expressions[index];
          return inside ? [[quasi.value.cooked ?? ''], below(inside)] : [[quasi.value.cooked ?? '']];
        }),
      );
    case 'BinaryExpression':
      if (expression.operator !== '+' || expression.left.type === 'PrivateIdentifier') return [hole];
      return combined([below(expression.left), below(expression.right)]);
    case 'ConditionalExpression':
      return [...below(expression.consequent), ...below(expression.alternate)];
    case 'LogicalExpression':
      return [...below(expression.left), ...below(expression.right)];
    case 'Identifier': {
      const otherwise = parameterDefault(expression, home);
      if (otherwise) return below(otherwise);
      const variable = variableOf(expression, home);
      const given: (Node | string)[] = [...(variable ? valuesOf(variable) : []), ...iterated(expression, home)];
      const found = given.flatMap((item) => (typeof item === 'string' ? [item] : below(item)));
      return found.length > 0 ? found.slice(0, most) : [hole];
    }
    case 'CallExpression':
      return ofCall(expression, home, depth);
    default:
      return [hole];
  }
}

function combined(parts: string[][]): string[] {
  let all = [''];
  for (const part of parts) all = all.flatMap((start) => part.map((end) => start + end)).slice(0, most);
  return all;
}

const asItIs = new Set(['toString', 'trim', 'toLowerCase', 'normalize', 'valueOf']);

function ofCall(call: CallExpression, module: Module, depth: number): string[] {
  const { callee } = call;
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') {
    const { name } = callee.property;
    if (asItIs.has(name)) return possibleStrings(callee.object, module, depth + 1);
    const parts = resolve(callee.object, module);
    if (name === 'join' && parts.node.type === 'ArrayExpression') {
      const glue = call.arguments[0] ? possibleStrings(call.arguments[0], module, depth + 1) : [','];
      const items = parts.node.elements.map((item) => (item ? possibleStrings(item, parts.module, depth + 1) : ['']));
      return combined(items.flatMap((item, index) => (index ? [glue, item] : [item])));
    }
    if (name === 'get' && parts.node.type === 'NewExpression') {
      const key = call.arguments[0] ? possibleStrings(call.arguments[0], module, depth + 1)[0] : undefined;
      const value = key === undefined ? null : entryOf(parts, key);
      return value ? possibleStrings(value.node, value.module, depth + 1) : [hole];
    }
    if (name === 'concat')
      return combined([callee.object, ...call.arguments].map((part) => possibleStrings(part, module, depth + 1)));
  }
  const called = calledFunction(callee, module);
  if (!called) return [hole];
  const found = returnsOf(called.node).flatMap((value) => possibleStrings(value, called.module, depth + 2));
  return found.length > 0 ? found.slice(0, most) : [hole];
}

/** `new Map([[key, value]]).get(key)`. */
function entryOf({ node, module }: Place, key: string): Place | null {
  const list = node.type === 'NewExpression' && node.arguments[0] ? resolve(node.arguments[0], module) : null;
  if (list?.node.type !== 'ArrayExpression') return null;
  for (const pair of list.node.elements) {
    const name = pair?.type === 'ArrayExpression' ? pair.elements[0] : null;
    if (pair && name?.type === 'Literal' && name.value === key)
      return memberOf({ node: pair, module: list.module }, '1');
  }
  return null;
}
