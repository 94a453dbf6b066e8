// What an expression stands for: follows constants, imports, object tables, enums, class fields and destructuring to the expression
// that was written. Where it cannot go on it returns where it stopped; nothing is guessed.
import type { CallExpression, ClassBody, Identifier, MemberExpression, Node, ObjectExpression } from 'estree';
import { onlyDefinition, variableOf } from './binding.js';
import { exportOf, type Place } from './exports.js';
import { ancestorOf, parentOf, type Module } from './module.js';
import { unwrap } from './unwrap.js';

export type { Place } from './exports.js';

const deepest = 10;

export function resolve(node: Node, module: Module, depth = 0): Place {
  const expression = unwrap(node);
  const here = { node: expression, module };
  if (depth > deepest) return here;
  const next = step(expression, module, depth);
  return next && next.node !== expression ? resolve(next.node, next.module, depth + 1) : here;
}

function step(expression: Node, module: Module, depth: number): Place | null {
  if (expression.type === 'Identifier') return ofName(expression, module, depth);
  if (expression.type === 'MemberExpression') return ofMember(expression, module, depth);
  if (expression.type === 'CallExpression') return frozen(expression, module);
  return expression.type === 'AwaitExpression' ? { node: expression.argument, module } : null;
}

function ofName(identifier: Identifier, module: Module, depth: number): Place | null {
  const variable = variableOf(identifier, module);
  const definition = variable && onlyDefinition(variable);
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
  if (definition.type !== 'Variable') {
    const node = definition.node as Node;
    if (definition.type === 'Parameter') return null;
    return /^(FunctionDeclaration|ClassDeclaration|TSEnumDeclaration)$/.test(node.type) ? { node, module } : null;
  }
  const { id, init } = definition.node;
  if (!init) return null;
  return id.type === 'Identifier' ? { node: init, module } : destructured(definition.name, init, module, depth);
}

/** `const { a: name } = object`. */
function destructured(name: Node, init: Node, module: Module, depth: number): Place | null {
  const around = parentOf(name);
  const property = around?.type === 'AssignmentPattern' ? parentOf(around) : around;
  if (property?.type !== 'Property' || parentOf(parentOf(property) ?? property)?.type !== 'VariableDeclarator')
    return null;
  const object = resolve(init, module, depth + 1);
  const key = keyOf(property);
  return key === null ? null : memberOf(object, key, depth);
}

function ofMember(member: MemberExpression, module: Module, depth: number): Place | null {
  const name = propertyName(member, module, depth + 1);
  if (name === null) return null;
  if (member.object.type === 'ThisExpression') {
    const body = ancestorOf(member, /^ClassBody$/);
    return body ? classMember(body as ClassBody, name, module) : objectAround(member, name, module);
  }
  if (member.object.type === 'Identifier') {
    const definition = variableOf(member.object, module)?.defs[0];
    if (definition?.type === 'ImportBinding' && definition.node.type === 'ImportNamespaceSpecifier') {
      const from = module.imported(String(definition.parent.source.value));
      return from && exportOf(from, name);
    }
  }
  return memberOf(resolve(member.object, module, depth + 1), name, depth);
}

function objectAround(node: Node, name: string, module: Module): Place | null {
  const object = ancestorOf(node, /^ObjectExpression$/);
  return object ? memberOf({ node: object, module }, name, 0) : null;
}

/** The member of a resolved object, enum, class or instance. */
export function memberOf({ node, module }: Place, name: string, depth: number): Place | null {
  switch (node.type as string) {
    case 'ObjectExpression': {
      const found = (node as ObjectExpression).properties.find(
        (entry) => entry.type === 'Property' && keyOf(entry) === name,
      );
      return found?.type === 'Property' ? { node: found.value, module } : null;
    }
    case 'TSEnumDeclaration':
      return enumMember(node, name, module);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return classMember((node as unknown as { body: ClassBody }).body, name, module);
    case 'NewExpression': {
      const made = resolve((node as unknown as { callee: Node }).callee, module, depth + 1);
      return /^Class/.test(made.node.type) ? memberOf(made, name, depth + 1) : null;
    }
    case 'CallExpression':
      return ofMade(node as CallExpression, name, module, depth);
    default:
      return null;
  }
}

/** The member of the object that a function makes: `const store = createStore()`. */
function ofMade(call: CallExpression, name: string, module: Module, depth: number): Place | null {
  const made = resolve(call.callee, module, depth + 1);
  const { body } = made.node as { body?: Node };
  if (!/Function/.test(made.node.type) || !body || depth > deepest) return null;
  const last =
    body.type === 'BlockStatement' ? body.body.findLast((statement) => statement.type === 'ReturnStatement') : null;
  const value = body.type === 'BlockStatement' ? (last?.type === 'ReturnStatement' ? last.argument : null) : body;
  return value ? memberOf(resolve(value, made.module, depth + 1), name, depth + 1) : null;
}

function enumMember(node: Node, name: string, module: Module): Place | null {
  interface Member {
    id: Node;
    initializer?: Node;
  }
  const held = node as unknown as { body?: { members: Member[] }; members?: Member[] };
  const members = held.body?.members ?? held.members ?? [];
  const nameOf = (id: Node) => (id.type === 'Identifier' ? id.name : id.type === 'Literal' ? id.value : null);
  const initializer = members.find(({ id }) => nameOf(id) === name)?.initializer;
  return initializer ? { node: initializer, module } : null;
}

/** A field's value, a method's function, or what the constructor assigns to `this.name` when it does so only once. */
function classMember(body: ClassBody, name: string, module: Module): Place | null {
  for (const entry of body.body) {
    if (entry.type === 'StaticBlock' || (entry.type !== 'PropertyDefinition' && entry.type !== 'MethodDefinition'))
      continue;
    const key = entry.key.type === 'PrivateIdentifier' ? `#${entry.key.name}` : keyOf(entry);
    if (key === name && entry.value) return { node: entry.value, module };
  }
  for (const entry of body.body) {
    if (entry.type !== 'MethodDefinition' || entry.kind !== 'constructor') continue;
    for (const statement of entry.value.body.body) {
      const assignment = statement.type === 'ExpressionStatement' ? statement.expression : null;
      if (assignment?.type !== 'AssignmentExpression' || assignment.left.type !== 'MemberExpression') continue;
      const { object, property } = assignment.left;
      const key =
        property.type === 'PrivateIdentifier'
          ? `#${property.name}`
          : property.type === 'Identifier'
            ? property.name
            : '';
      if (object.type === 'ThisExpression' && key === name) return { node: assignment.right, module };
    }
  }
  const { superClass } = parentOf(body) as { superClass?: Node | null };
  return superClass ? memberOf(resolve(superClass, module), name, 1) : null;
}

/** `Object.freeze(x)` is x. */
function frozen(call: Node, module: Module): Place | null {
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return null;
  const { object, property } = call.callee;
  const [argument] = call.arguments;
  const freezes = object.type === 'Identifier' && object.name === 'Object' && property.type === 'Identifier';
  return freezes && property.name === 'freeze' && argument && argument.type !== 'SpreadElement'
    ? { node: argument, module }
    : null;
}

/** The written name of a property or class member; null when computed. */
export function keyOf(entry: { key: Node; computed?: boolean }): string | null {
  if (entry.key.type === 'Literal') return String(entry.key.value);
  return entry.key.type === 'Identifier' && !entry.computed ? entry.key.name : null;
}

/** `a.b` and `a['b']` → `b`, `this.#b` → `#b`; null when it cannot be told. */
export function propertyName(member: MemberExpression, module: Module, depth = 0): string | null {
  const { property } = member;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!member.computed) return property.type === 'Identifier' ? property.name : null;
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
