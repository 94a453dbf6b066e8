// The expression that another stands for: through constants, imports, tables, enums, class fields and destructuring. Nothing is guessed.
import type { CallExpression, Identifier, MemberExpression, Node } from 'estree';
import { requiredMember, requiredWhole } from './common-js.js';
import { definitionOf, membersGiven, onlyDefinition, soleValue, variableOf } from './binding.js';
import { givenByMaker, instanceOf } from './class-member.js';
import { exportOf, type Place } from './exports.js';
import { globalMember } from './global-members.js';
import { everyMember, memberIn } from './member.js';
import { ancestorOf, parentOf, type Module } from './module.js';
import { keyOf } from './property.js';
import { unwrap } from './unwrap.js';

export type { Place } from './exports.js';
export { keyOf } from './property.js';

const deepest = 10;

const answers = new WeakMap<Node, Place>();

export function resolve(node: Node, module: Module, depth = 0): Place {
  const known = depth === 0 ? answers.get(node) : undefined;
  if (known) return known;
  const expression = unwrap(node);
  const here = { node: expression, module };
  if (depth > deepest) return here;
  const next = step(expression, module, depth);
  const place = next && next.node !== expression ? resolve(next.node, next.module, depth + 1) : here;
  if (depth === 0) answers.set(node, place);
  return place;
}

function step(expression: Node, module: Module, depth: number): Place | null {
  switch (expression.type) {
    case 'Identifier':
      return ofName(expression, module, depth);
    case 'MemberExpression':
      return ofMember(expression, module, depth);
    case 'CallExpression':
      return passedThrough(expression, module);
    case 'AwaitExpression':
      return { node: expression.argument, module };
    case 'AssignmentExpression':
      return { node: expression.right, module };
    default:
      return null;
  }
}

function ofName(identifier: Identifier, module: Module, depth: number): Place | null {
  const variable = variableOf(identifier, module);
  if (!variable) return valueAt(globalMember(identifier, module), module);
  const definition = definitionOf(variable);
  if (!definition) return null;
  if (definition.type === 'ImportBinding') {
    if (definition.node.type === 'ImportNamespaceSpecifier') return null;
    const from = module.imported(String(definition.parent.source.value));
    const { node } = definition;
    const imported = node.type === 'ImportSpecifier' ? node.imported : null;
    return (
      from &&
      exportOf(from, !imported ? 'default' : imported.type === 'Identifier' ? imported.name : String(imported.value))
    );
  }
  if (definition.type === 'Parameter') return instanceOf(definition.name, module, resolve);
  if (definition.type !== 'Variable') {
    const node = definition.node as Node;
    const isWhole = /^(FunctionDeclaration|ClassDeclaration|TSEnumDeclaration|TSModuleDeclaration)$/.test(node.type);
    return isWhole && onlyDefinition(variable) ? { node, module } : null;
  }
  const { id, init } = definition.node;
  if (id.type !== 'Identifier') return init ? destructured(definition.name, init, module, depth) : null;
  const value = soleValue(variable);
  return value && { node: value, module };
}

/** `const { a: name } = object`, `const [, name] = list`. */
function destructured(name: Node, init: Node, module: Module, depth: number): Place | null {
  const around = parentOf(name);
  const item = around?.type === 'AssignmentPattern' ? around : name;
  const holder = parentOf(item);
  const pattern = holder?.type === 'Property' ? parentOf(holder) : holder;
  if (!holder || !pattern || parentOf(pattern)?.type !== 'VariableDeclarator') return null;
  const key =
    holder.type === 'Property'
      ? keyOf(holder)
      : holder.type === 'ArrayPattern'
        ? String(holder.elements.findIndex((element) => element === item))
        : null;
  if (key === null) return null;
  return memberOf(resolve(init, module, depth + 1), key, depth) ?? requiredMember(init, key, module);
}

function ofMember(member: MemberExpression, module: Module, depth: number): Place | null {
  const name = propertyName(member, module, depth + 1);
  if (name === null) return null;
  if (member.object.type === 'ThisExpression') {
    const body = ancestorOf(member, /^ClassBody$/);
    const owner = body && parentOf(body);
    return owner ? memberOf({ node: owner, module }, name, depth) : ofThis(member, name, module);
  }
  if (member.object.type === 'Identifier') {
    const definition = variableOf(member.object, module)?.defs[0];
    if (definition?.type === 'ImportBinding' && definition.node.type === 'ImportNamespaceSpecifier') {
      const from = module.imported(String(definition.parent.source.value));
      return from && exportOf(from, name);
    }
  }
  return (
    memberOf(resolve(member.object, module, depth + 1), name, depth) ??
    given(member.object, name, module) ??
    ofRequired(member.object, name, module) ??
    valueAt(globalMember(member, module), module)
  );
}

/** `keys.TOKEN` of `const keys = require('./keys')`. */
function ofRequired(object: Node, name: string, module: Module): Place | null {
  const variable = object.type === 'Identifier' ? variableOf(object, module) : null;
  const init = variable && soleValue(variable);
  return init && requiredMember(init, name, module);
}

const valueAt = (node: Node | null, module: Module): Place | null => node && { node, module };

/** `object.name = value`, somewhere in the file and only once. */
function given(object: Node, name: string, module: Module): Place | null {
  const variable = object.type === 'Identifier' ? variableOf(object, module) : null;
  const [first, other] = variable ? membersGiven(variable).filter((member) => member.name === name) : [];
  return first && !other ? { node: first.value, module } : null;
}

/** Of `this` outside of a class: the object around, or the constructor in the old style. */
function ofThis(node: Node, name: string, module: Module): Place | null {
  const object = ancestorOf(node, /^ObjectExpression$/);
  return (object && memberOf({ node: object, module }, name)) ?? valueAt(givenByMaker(node, name, module), module);
}

/** All members of a resolved object, array or Map. */
export const membersOf = (place: Place): Place[] => everyMember(place, resolve);

/** One member of it, or of a resolved enum, class or instance. */
export const memberOf = (place: Place, name: string, depth = 0): Place | null => memberIn(place, name, depth, resolve);

/** Hands over what they are given, or what is kept under it. */
const passing =
  /^(inject|useContext|createContext|markRaw|toRaw|readonly|shallowReadonly|shallowReactive|reactive|unref)$/;

/** `Object.freeze(x)` and `x.bind(this)` are x, `inject(X)` an X, `useMemo(() => x)` and `(() => x)()` x. */
function passedThrough(call: CallExpression, module: Module): Place | null {
  const callee = unwrap(call.callee);
  const [argument] = call.arguments;
  if (/Function/.test(callee.type)) return madeAtOnce(callee, module);
  if (!argument || argument.type === 'SpreadElement') return null;
  if (callee.type === 'MemberExpression') {
    const { object, property } = callee;
    const name = property.type === 'Identifier' ? property.name : '';
    if (name === 'bind' && call.arguments.length === 1) return { node: object as Node, module };
    const freezes = object.type === 'Identifier' && object.name === 'Object';
    return freezes && /^(freeze|seal)$/.test(name) ? { node: argument, module } : null;
  }
  if (callee.type !== 'Identifier') return null;
  if (callee.name === 'require') return requiredWhole(call, module);
  if (passing.test(callee.name)) return { node: argument, module };
  const isMemo = /^(useMemo|computed)$/.test(callee.name) && argument.type === 'ArrowFunctionExpression';
  return isMemo && argument.body.type !== 'BlockStatement' ? { node: argument.body, module } : null;
}

/** What a function that is called where it is written gives: its one expression, or its last `return`. */
function madeAtOnce(callee: Node, module: Module): Place | null {
  const { body } = callee as unknown as { body: Node };
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : null;
  if (!last) return { node: body, module };
  return last.type === 'ReturnStatement' && last.argument ? { node: last.argument, module } : null;
}

/** `a.b` and `a['b']` → `b`, `this.#b` → `#b`; null when it cannot be told. */
export function propertyName(member: MemberExpression, module: Module, depth = 0): string | null {
  const { property } = member;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!member.computed) return property.type === 'Identifier' ? property.name : null;
  if (property.type === 'Literal' && typeof property.value === 'number') return String(property.value);
  return staticText(property, module, depth + 1);
}

/** The one string that an expression certainly is. */
export function staticText(node: Node, module: Module, depth = 0): string | null {
  if (depth > deepest) return null;
  const { node: expression, module: home } = resolve(node, module, depth);
  if (expression.type === 'Literal') return typeof expression.value === 'string' ? expression.value : null;
  if (expression.type === 'TemplateLiteral') {
    const holes = expression.expressions.map((hole) => staticText(hole, home, depth + 1));
    if (holes.includes(null)) return null;
    return expression.quasis.map((quasi, index) => (quasi.value.cooked ?? '') + (holes[index] ?? '')).join('');
  }
  if (expression.type !== 'BinaryExpression' || expression.operator !== '+') return null;
  if (expression.left.type === 'PrivateIdentifier') return null;
  const left = staticText(expression.left, home, depth + 1);
  const right = left === null ? null : staticText(expression.right, home, depth + 1);
  return left === null || right === null ? null : left + right;
}
