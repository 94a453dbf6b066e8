// The strings that an expression may be. A part that is only known at run time is a hole (`\0`), so that `worker_token_${flow}`
// still shows how it starts.
import type { CallExpression, Node } from 'estree';
import { variableOf } from './binding.js';
import { calledFunction, parameterDefault, returnsOf } from './functions.js';
import { parentOf, type Module } from './module.js';
import { resolve } from './resolve.js';

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
      const listed = elements(expression, home).flatMap(below);
      return listed.length > 0 ? listed.slice(0, most) : [hole];
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
    if (name === 'concat')
      return combined([callee.object, ...call.arguments].map((part) => possibleStrings(part, module, depth + 1)));
  }
  const called = calledFunction(callee, module);
  if (!called) return [hole];
  const found = returnsOf(called.node).flatMap((value) => possibleStrings(value, called.module, depth + 2));
  return found.length > 0 ? found.slice(0, most) : [hole];
}

/** `for (const key of [a, b])` and `[a, b].forEach((key) => …)`: key is a, or b. */
function elements(identifier: Node, module: Module): Node[] {
  if (identifier.type !== 'Identifier') return [];
  const definition = variableOf(identifier, module)?.defs[0];
  if (!definition) return [];
  const source =
    definition.type === 'Variable' ? loopSource(definition.node) : callbackSource(definition.node, definition.name);
  const list = source && resolve(source, module).node;
  return list?.type === 'ArrayExpression'
    ? list.elements.filter((item): item is NonNullable<typeof item> => item !== null)
    : [];
}

function loopSource(declarator: Node): Node | null {
  const loop = parentOf(parentOf(declarator) ?? declarator);
  return loop?.type === 'ForOfStatement' ? loop.right : null;
}

function callbackSource(callback: Node, parameter: Node): Node | null {
  const call = parentOf(callback);
  const first = (callback as unknown as { params?: Node[] }).params?.[0];
  if (call?.type !== 'CallExpression' || first !== parameter || call.callee.type !== 'MemberExpression') return null;
  const { property } = call.callee;
  return property.type === 'Identifier' && /^(forEach|map|find|some|flatMap|filter|every)$/.test(property.name)
    ? call.callee.object
    : null;
}
