// A class that is told its key: `new LocalStore('worker_credentials')`, `super('worker_credentials')`, or a field of a subclass, where the
// class's methods then use `this.key`.
import type { CallExpression, Class, MethodDefinition, NewExpression, Node, PropertyDefinition } from 'estree';
import { argumentAt, type Access } from './access.js';
import { returned } from './class-member.js';
import { parameterName } from './functions.js';
import { ancestorOf, parentOf, type Module } from './module.js';
import { keyOf } from './property.js';
import { resolve, type Place } from './resolve.js';
import { isWorthReading } from './worth-reading.js';

/** `new Store(key)`. */
export const keyedClass = (made: NewExpression, module: Module): Access[] =>
  made.arguments.some(mayBeKey) ? toldBy(made, classBehind(made.callee, module)) : [];

/** `super(key)`. */
export function keyedSuper(call: CallExpression, module: Module): Access[] {
  if (call.callee.type !== 'Super' || !call.arguments.some(mayBeKey)) return [];
  const owner = ancestorOf(call, /^Class(Declaration|Expression)$/) as Class | null;
  return owner?.superClass ? toldBy(call, classBehind(owner.superClass, module)) : [];
}

/** `class Credentials extends Kept { key = 'worker_credentials' }`. */
export function keyedField(field: PropertyDefinition | MethodDefinition, module: Module): Access[] {
  const owner = parentOf(parentOf(field) ?? field) as Class | null;
  const name = keyOf(field);
  const key = field.type === 'MethodDefinition' ? returned(field.value) : field.value;
  if (!owner?.superClass || !key || name === null || !mayBeKey(key)) return [];
  const base = classBehind(owner.superClass, module);
  return base && usesField(base, name) ? [written(key, field)] : [];
}

/** A key is written out, or a constant. */
const mayBeKey = (node: Node) =>
  (node.type === 'Literal' && typeof node.value === 'string') ||
  (node.type === 'Identifier' && /^[A-Z][A-Z\d_]+$/.test(node.name)) ||
  /^(MemberExpression|TemplateLiteral|BinaryExpression)$/.test(node.type);

const written = (key: Node, node: Node): Access => ({
  operation: 'write',
  store: 'Web Storage',
  key,
  value: null,
  node,
});

function toldBy(call: { arguments: Node[] } & Node, base: Place | null): Access[] {
  if (!base) return [];
  const { body } = base.node as Class;
  const built = body.body.find((entry) => entry.type === 'MethodDefinition' && entry.kind === 'constructor');
  if (built?.type !== 'MethodDefinition') return [];
  return built.value.params.flatMap((parameter, index) => {
    const name = parameterName(parameter)?.name;
    const key = argumentAt(call, index);
    if (!name || !key) return [];
    const field = new RegExp(`this\\.(#?\\w+)\\s*=\\s*${name}\\b`).exec(textOf(base))?.[1] ?? name;
    return usesField(base, field) ? [written(key, call)] : [];
  });
}

const textOf = ({ node, module }: Place) => module.text.slice(...(node.range ?? [0, 0]));

const usesField = (base: Place, field: string) =>
  new RegExp(`(local|session)Storage\\.(get|set)Item\\(\\s*this\\.${field.replaceAll('$', '\\$')}\\b`).test(
    textOf(base),
  );

/** The class, if its file speaks of storage at all; others are not even read. */
function classBehind(callee: Node, module: Module): Place | null {
  if (callee.type !== 'Identifier' || !isWorthReading(callee, module)) return null;
  const place = resolve(callee, module);
  return /^Class/.test(place.node.type) ? place : null;
}
