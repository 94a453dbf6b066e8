// The strings that an expression may be. A part that is only known at run time is a hole (`\0`), so that `worker_token_${flow}`
// still shows how it starts.
import type { CallExpression, MemberExpression, NewExpression, Node } from 'estree';
import { addedTo, valuesOf, variableOf } from './binding.js';
import { calledFunction, parameterDefault, parameterName, returnsOf } from './functions.js';
import { iterated } from './iterated.js';
import { childrenOf, type Module } from './module.js';
import { memberOf, membersOf, propertyName, resolve, type Place } from './resolve.js';
import { unwrap } from './unwrap.js';

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
      if (found.length === 0) return [hole];
      const added = variable ? addedTo(variable).map(below) : [];
      return combined([found.slice(0, most), ...added]);
    }
    case 'MemberExpression':
      return ofUnknownMember(expression, home, depth);
    case 'CallExpression':
      return ofCall(expression, home, depth);
    case 'TaggedTemplateExpression':
      return below(expression.quasi);
    case 'NewExpression':
      return ofAddress(expression, home, depth);
    default:
      return [hole];
  }
}

/** `KEYS[name]`, of a name that is only known at run time; `url.href`. */
function ofUnknownMember(member: MemberExpression, module: Module, depth: number): string[] {
  const name = propertyName(member, module);
  const object = resolve(member.object, module);
  if (name === 'href') return possibleStrings(object.node, object.module, depth + 1);
  if (name !== null) return [hole];
  const found = membersOf(object).flatMap((place) => possibleStrings(place.node, place.module, depth + 1));
  return found.length > 0 ? found.slice(0, most) : [hole];
}

/** `new URL(path, base)`. */
function ofAddress(made: NewExpression, module: Module, depth: number): string[] {
  const [path, base] = made.arguments;
  if (made.callee.type !== 'Identifier' || made.callee.name !== 'URL' || !path) return [hole];
  const ends = possibleStrings(path, module, depth + 1);
  if (!base) return ends;
  const starts = possibleStrings(base, module, depth + 1).map((start) => start.replace(/\/$/, ''));
  return combined([starts, ends.map((end) => (end.startsWith('/') ? end : `/${end}`))]);
}

function combined(parts: string[][]): string[] {
  let all = [''];
  for (const part of parts) all = all.flatMap((start) => part.map((end) => start + end)).slice(0, most);
  return all;
}

const asItIs = /^(toString|trim|normalize|valueOf|toLowerCase|toLocaleLowerCase)$/;
const listsAsIs = /^(filter|slice|flat|toSorted|sort|concat)$/;

function ofCall(call: CallExpression, module: Module, depth: number): string[] {
  const callee = unwrap(call.callee);
  const below = (node: Node, home = module) => possibleStrings(node, home, depth + 1);
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') {
    const object = callee.object as Node;
    const found = ofMethod(callee.property.name, object, call.arguments, module, below);
    if (found) return found;
  }
  const [first] = call.arguments;
  if (callee.type === 'Identifier' && callee.name === 'String' && first) return below(first);
  const called = calledFunction(callee, module);
  if (!called) return [hole];
  const found = returnsOf(called.node).flatMap((value) =>
    possibleStrings(value, called.module, depth + 2).flatMap((text) => filledBy(call, text, value, called, below)),
  );
  return found.length > 0 ? found.slice(0, most) : [hole];
}

/** `ns('token')` of `const ns = (name) => 'app.' + name`: its one hole is its one parameter. */
function filledBy(call: CallExpression, text: string, value: Node, called: Called, below: Below): string[] {
  const [argument, more] = call.arguments;
  const [parameter, other] = called.node.params;
  const name = parameter && !other && !more ? parameterName(parameter)?.name : undefined;
  const isFilled = argument && name !== undefined && text.split(hole).length === 2 && namesIn(value).includes(name);
  return isFilled ? below(argument).map((part) => text.replace(hole, () => part)) : [text];
}

const namesIn = (node: Node): string[] =>
  node.type === 'Identifier' ? [node.name] : childrenOf(node).flatMap(namesIn);

type Called = NonNullable<ReturnType<typeof calledFunction>>;
type Below = (node: Node, home?: Module) => string[];

/** A method of a string, of a list of strings or of a Map; null where it is none of them. */
function ofMethod(name: string, object: Node, args: Node[], module: Module, below: Below): string[] | null {
  const [first, second] = args;
  if (asItIs.test(name)) return below(object);
  if (name === 'toUpperCase') return below(object).map((text) => text.toUpperCase());
  if (/^replace(All)?$/.test(name) && first && second) return replaced(below(object), first, second, module);
  if (name === 'concat') return combined([object, ...args].map((part) => below(part)));
  const held = resolve(object, module);
  if (name === 'join') return joined(held, first ? below(first) : [','], below);
  if (name !== 'get' || held.node.type !== 'NewExpression' || !first) return null;
  const key = below(first)[0];
  const value = key === undefined ? null : entryOf(held, key);
  return value ? below(value.node, value.module) : [hole];
}

function replaced(texts: string[], from: Node, to: Node, module: Module): string[] {
  const [what, by] = [resolve(from, module).node, resolve(to, module).node];
  const isWritten = what.type === 'Literal' && by.type === 'Literal' && typeof by.value === 'string';
  if (!isWritten || typeof what.value !== 'string') return texts;
  return texts.map((text) => text.replaceAll(String(what.value), String(by.value)));
}

/** `[a, b].filter(Boolean).join('.')`. */
function joined(list: Place, glue: string[], below: Below): string[] | null {
  const { node, module } = list;
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const { object, property } = node.callee;
    const isSame = property.type === 'Identifier' && listsAsIs.test(property.name);
    return isSame ? joined(resolve(object, module), glue, below) : null;
  }
  if (node.type !== 'ArrayExpression') return null;
  const items = node.elements.map((item) => (item ? below(item, module) : ['']));
  return combined(items.flatMap((item, index) => (index ? [glue, item] : [item])));
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
