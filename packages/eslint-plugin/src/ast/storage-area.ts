// Is this expression the browser's localStorage or sessionStorage? Through aliases, ternaries, destructuring, functions that return
// it, parameters and fields of type `Storage`. A local thing that is merely called so is not.
import type { CallExpression, ClassBody, Identifier, MemberExpression, NewExpression, Node } from 'estree';
import { isGlobal, valuesOf, variableOf } from './binding.js';
import { calledFunction, handedOver, isFunction, parameterDefault, returnsOf } from './functions.js';
import { iterated } from './iterated.js';
import { ancestorOf, parentOf, type Module } from './module.js';
import { keyOf, memberOf, membersOf, propertyName, resolve } from './resolve.js';
import { declaredType, isStorageMember, isStorageType } from './storage-type.js';
import { possibleStrings } from './strings.js';
import { unwrap } from './unwrap.js';
import { isWorthReading } from './worth-reading.js';

const areas = new Set(['localStorage', 'sessionStorage']);
const hosts = new Set(['window', 'globalThis', 'self', 'top', 'parent', 'frames', 'global', 'opener']);
const windows = new Set(['window', 'top', 'parent', 'self', 'opener', 'defaultView', 'contentWindow', 'globalThis']);
const deepest = 6;

export function isStorageArea(node: Node, module: Module, depth = 0): boolean {
  if (depth > deepest) return false;
  const { node: expression, module: home } = resolve(node, module);
  const below = (child: Node) => isStorageArea(child, home, depth + 1);
  switch (expression.type) {
    case 'Identifier':
      if (areas.has(expression.name) && isGlobal(expression, home)) return true;
      return isHeldBy(expression, home, below);
    case 'MemberExpression':
      return isMemberArea(expression, home, depth);
    case 'FunctionExpression': // a getter that is more than one expression
      return isStorageType(declaredType(expression)) || returnsOf(expression).some(below);
    case 'ConditionalExpression':
      return below(expression.consequent) || below(expression.alternate);
    case 'LogicalExpression':
      return below(expression.left) || below(expression.right);
    case 'AssignmentExpression':
      return below(expression.right);
    case 'CallExpression': {
      if (isOneOfMap(expression, home, depth)) return true;
      const isNear = expression.arguments.length < 3 && isWorthReading(expression.callee, home);
      const called = isNear ? calledFunction(expression.callee, home) : null;
      return called ? returnsOf(called.node).some((value) => isStorageArea(value, called.module, depth + 1)) : false;
    }
    case 'NewExpression':
      return isInjectedArea(expression, home, below);
    default:
      return false;
  }
}

function isMemberArea(member: MemberExpression, module: Module, depth: number): boolean {
  const name = propertyName(member, module);
  if (name === null) return isOneOf(member.object, module, depth) || isEitherArea(member, module);
  if (areas.has(name)) return isWindow(member.object, module);
  if (member.object.type === 'ThisExpression') return isFieldOfType(member, module);
  return isStorageMember(unwrap(member.object), name, module);
}

/** `window[remember ? 'localStorage' : 'sessionStorage']`. */
const isEitherArea = ({ object, property }: MemberExpression, module: Module) =>
  isWindow(object, module) && possibleStrings(property as Node, module).every((name) => areas.has(name));

/** `new InjectionToken<Storage>('…', { factory: () => localStorage })`. */
function isInjectedArea(made: NewExpression, module: Module, below: (node: Node) => boolean): boolean {
  if (made.callee.type !== 'Identifier' || made.callee.name !== 'InjectionToken') return false;
  const { typeArguments } = made as { typeArguments?: { params: Parameters<typeof isStorageType>[0][] } };
  const options = made.arguments[1];
  const factory = options ? memberOf(resolve(options, module), 'factory')?.node : null;
  const isMade = factory && isFunction(factory) ? returnsOf(factory).some(below) : false;
  return isMade || isStorageType(typeArguments?.params[0]);
}

/** `areas[kind]`: one of several, and all of them are storages. */
function isOneOf(object: Node, module: Module, depth: number): boolean {
  const all = membersOf(resolve(object, module));
  return all.length > 0 && all.every((place) => isStorageArea(place.node, place.module, depth + 1));
}

/** `areas.get(kind)`. */
function isOneOfMap({ callee }: CallExpression, module: Module, depth: number): boolean {
  return callee.type === 'MemberExpression' && propertyName(callee, module) === 'get'
    ? isOneOf(callee.object, module, depth)
    : false;
}

/** The global object, `document.defaultView`, a frame's `contentWindow`, or a constant that holds one. */
export function isWindow(node: Node, module: Module): boolean {
  const { node: host, module: home } = resolve(node, module);
  if (host.type === 'Identifier') return hosts.has(host.name) && isGlobal(host, home);
  return host.type === 'MemberExpression' && windows.has(propertyName(host, home) ?? '');
}

function isHeldBy(identifier: Identifier, module: Module, below: (node: Node) => boolean): boolean {
  const variable = variableOf(identifier, module);
  const definition = variable?.defs[0];
  if (!definition) return false;
  const otherwise = parameterDefault(identifier, module);
  if (otherwise) return below(otherwise);
  if (isStorageType(declaredType(definition.name))) return true;
  const inTurn = iterated(identifier, module).filter((item) => typeof item !== 'string');
  if (inTurn.length > 0) return inTurn.some(below);
  if (definition.type === 'Parameter') return handedOver(identifier, module).some(below);
  if (definition.type !== 'Variable') return false;
  if (definition.node.id.type === 'Identifier') return valuesOf(variable).some(below);
  if (!definition.node.init) return false;
  const property = parentOf(definition.name);
  return property?.type === 'Property' && areas.has(keyOf(property) ?? '') && isWindow(definition.node.init, module);
}

function isFieldOfType(member: MemberExpression, module: Module): boolean {
  const name = propertyName(member, module);
  const body = ancestorOf(member, /^ClassBody$/) as ClassBody | null;
  return (body?.body ?? []).some((entry) => {
    if (entry.type === 'PropertyDefinition') return keyOf(entry) === name && isStorageType(declaredType(entry));
    if (entry.type !== 'MethodDefinition' || entry.kind !== 'constructor') return false;
    return entry.value.params.some((parameter) => {
      if ((parameter.type as string) !== 'TSParameterProperty') return false;
      const inner = (parameter as unknown as { parameter: Node }).parameter;
      const identifier = inner.type === 'AssignmentPattern' ? inner.left : inner;
      if (identifier.type !== 'Identifier' || identifier.name !== name) return false;
      if (isStorageType(declaredType(identifier))) return true;
      return inner.type === 'AssignmentPattern' && isStorageArea(inner.right, module, deepest - 1);
    });
  });
}

/** `Storage.prototype`. */
export function isStoragePrototype(node: Node, module: Module): boolean {
  const { node: expression, module: home } = resolve(unwrap(node), module);
  return (
    expression.type === 'MemberExpression' &&
    propertyName(expression, home) === 'prototype' &&
    expression.object.type === 'Identifier' &&
    expression.object.name === 'Storage' &&
    isGlobal(expression.object, home)
  );
}
