// What a class, or a function in the old style, gives its instances under a name. It is told how to resolve what it meets on its way.
import type { Class, ClassBody, Identifier, MemberExpression, MethodDefinition, Node } from 'estree';
import { isNear } from '../neighbours.js';
import { importOf, membersGiven, variableNamed, variableOf } from './binding.js';
import type { Place } from './exports.js';
import { ancestorOf, parentOf, type Module } from './module.js';
import { keyOf } from './property.js';
import { isWorthReading } from './worth-reading.js';

export type Resolve = (node: Node, module: Module, depth?: number) => Place;

/** A field's value, what a getter gives, a method's function, an assignment to it, or an instance of the class it is declared as. */
export function classMember(
  body: ClassBody,
  name: string,
  module: Module,
  resolve: Resolve,
  inherited: (superClass: Node) => Place | null,
): Place | null {
  for (const entry of body.body) {
    if (entry.type === 'StaticBlock' || (entry.type !== 'PropertyDefinition' && entry.type !== 'MethodDefinition'))
      continue;
    const key = entry.key.type === 'PrivateIdentifier' ? `#${entry.key.name}` : keyOf(entry);
    if (key !== name || (entry.type === 'MethodDefinition' && entry.kind === 'set')) continue;
    if (entry.value && (entry as { kind?: string }).kind === 'get') return { node: returned(entry.value), module };
    if (entry.value) return { node: entry.value, module };
    const typed = instanceOf(entry, module, resolve);
    if (typed) return typed;
  }
  const assigned = assignedIn(body, name) ?? staticValue(body, name, module);
  if (assigned) return { node: assigned, module };
  const { superClass } = parentOf(body) as { superClass?: Node | null };
  return (
    injected(body, name, module, resolve) ??
    (superClass && isWorthReading(superClass, module) ? inherited(superClass) : null)
  );
}

const built = (body: ClassBody) =>
  body.body.find(
    (entry): entry is MethodDefinition => entry.type === 'MethodDefinition' && entry.kind === 'constructor',
  );

/** What the constructor assigns to `this.name`. */
const assignedIn = (body: ClassBody, name: string) => givenToThis(built(body)?.value.body.body ?? [], name);

function givenToThis(statements: Node[], name: string): Node | null {
  for (const statement of statements) {
    const assignment = statement.type === 'ExpressionStatement' ? statement.expression : null;
    if (assignment?.type !== 'AssignmentExpression' || assignment.left.type !== 'MemberExpression') continue;
    const { object, property } = assignment.left;
    const key =
      property.type === 'PrivateIdentifier' ? `#${property.name}` : property.type === 'Identifier' ? property.name : '';
    if (object.type === 'ThisExpression' && key === name) return assignment.right;
  }
  return null;
}

/** `Store.instance = new Store()`, wherever in the file. */
function staticValue(body: ClassBody, name: string, module: Module): Node | null {
  const { id } = parentOf(body) as { id?: Identifier | null };
  const variable = id && variableOf(id, module);
  return variable ? (membersGiven(variable).find((member) => member.name === name)?.value ?? null) : null;
}

/** `constructor(private readonly store: Store)`: the class of the parameter stands for the instance. */
function injected(body: ClassBody, name: string, module: Module, resolve: Resolve): Place | null {
  for (const parameter of (built(body)?.value.params ?? []) as Node[]) {
    const inner =
      (parameter.type as string) === 'TSParameterProperty'
        ? (parameter as unknown as { parameter: Node }).parameter
        : null;
    const identifier = inner?.type === 'AssignmentPattern' ? inner.left : inner;
    if (identifier?.type !== 'Identifier' || identifier.name !== name) continue;
    if (inner?.type === 'AssignmentPattern') return { node: inner.right, module };
    return instanceOf(identifier, module, resolve);
  }
  return null;
}

/** The class that a binding or field is declared to be an instance of. */
export function instanceOf(declared: Node, module: Module, resolve: Resolve): Place | null {
  const name = typeNameOf(declared);
  const variable = name === null ? null : variableNamed(name, declared, module);
  const identifier = variable?.defs[0]?.name;
  if (identifier?.type !== 'Identifier') return null;
  const from = importOf(identifier, module);
  if (from && !isNear(module.file, from.source)) return { node: identifier, module }; // of a package: its name says what it is
  if (!isWorthReading(identifier, module)) return null;
  const place = resolve(identifier, module);
  return /^Class/.test(place.node.type) ? place : null;
}

/** The name of the type that a binding or field was declared with. */
export function typeNameOf(node: Node): string | null {
  interface Typed {
    typeAnnotation?: { typeAnnotation?: { typeName?: { name?: string; right?: { name?: string } } } };
    returnType?: Typed['typeAnnotation'];
  }
  const { typeAnnotation, returnType } = node as unknown as Typed;
  const name = (typeAnnotation ?? returnType)?.typeAnnotation?.typeName;
  return name?.name ?? name?.right?.name ?? null;
}

/** `Box.put = function () {}`. */
export function staticMember(owner: Node, name: string, module: Module): Place | null {
  const { id } = owner as { id?: Identifier | null };
  const variable = id && variableOf(id, module);
  const found = variable && membersGiven(variable).find((member) => member.name === name);
  return found ? { node: found.value, module } : null;
}

/** `Box.prototype.put = function () {}`. */
export function prototypeMember({ node, module }: Place, name: string): Place | null {
  const { id } = node as { id?: Identifier | null };
  for (const { identifier } of (id && variableOf(id, module)?.references) ?? []) {
    const prototype = parentOf(identifier as Node);
    const member = prototype && parentOf(prototype);
    const assignment = member && parentOf(member);
    if (member?.type !== 'MemberExpression' || assignment?.type !== 'AssignmentExpression') continue;
    if (assignment.left === member && keyOf({ key: member.property, computed: member.computed }) === name)
      return { node: assignment.right, module };
  }
  return null;
}

/** What the constructor in the old style gives to `this.name`, asked from a method: `Box.prototype.put = function () { … }`. */
export function givenByMaker(at: Node, name: string, module: Module): Node | null {
  const method = ancestorOf(at, /^FunctionExpression$/);
  const assignment = method && parentOf(method);
  const target = assignment?.type === 'AssignmentExpression' ? assignment.left : null;
  const prototype = target?.type === 'MemberExpression' ? target.object : null;
  const owner = prototype?.type === 'MemberExpression' ? prototype.object : null;
  if (
    owner?.type !== 'Identifier' ||
    keyOf({ key: (prototype as MemberExpression).property, computed: false }) !== 'prototype'
  )
    return null;
  const made = variableOf(owner, module)?.defs[0]?.node as Node | undefined;
  const maker = made?.type === 'VariableDeclarator' ? made.init : made;
  return maker && isFunctionNode(maker) && maker.body.type === 'BlockStatement'
    ? givenToThis(maker.body.body, name)
    : null;
}

const isFunctionNode = (node: Node) => node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression';

/** What a getter gives; the function itself where that is not one expression. */
export function returned(getter: Node): Node {
  const { body } = getter as unknown as { body: Node };
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : null;
  return last?.type === 'ReturnStatement' && last.argument ? last.argument : getter;
}

/** The names of what an instance keeps: its fields, and what its constructor assigns. */
export function fieldsOf({ body }: Class): string[] {
  const declared = body.body.flatMap((entry) =>
    entry.type === 'PropertyDefinition' && !entry.static ? [keyOf(entry) ?? ''] : [],
  );
  const assigned = (built(body)?.value.body.body ?? []).flatMap((statement) => {
    const assignment = statement.type === 'ExpressionStatement' ? statement.expression : null;
    const target = assignment?.type === 'AssignmentExpression' ? assignment.left : null;
    const isOwn = target?.type === 'MemberExpression' && target.object.type === 'ThisExpression';
    return isOwn ? [keyOf({ key: target.property, computed: target.computed }) ?? ''] : [];
  });
  return [...declared, ...assigned];
}
