// The string that an expression certainly is: literals, templates, concatenation, constants, object tables, enums, class fields,
// and constants imported from a neighbour file. Anything else is null; nothing is guessed.
import type { SourceCode } from 'eslint';
import type { Identifier, MemberExpression, Node, ObjectExpression, Property } from 'estree';
import { initializerOf, onlyDefinition, variableOf } from './binding.js';
import { unwrap } from './unwrap.js';

/** Finds what a name exported by a neighbour module is; null when it cannot tell. */
export type ImportedConstants = (specifier: string, name: string) => ExportedConstant | null;

/** A string, or an object or enum of strings. */
export type ExportedConstant = string | ReadonlyMap<string, string>;

export interface StringContext {
  sourceCode: SourceCode;
  imported: ImportedConstants;
}

const deepest = 8;

export function staticString(node: Node, context: StringContext, depth = 0): string | null {
  if (depth > deepest) return null;
  const expression = unwrap(node);
  switch (expression.type) {
    case 'Literal':
      return typeof expression.value === 'string' ? expression.value : null;
    case 'TemplateLiteral':
      return joined(
        expression.quasis.flatMap((quasi, index) => {
          const hole = expression.expressions[index];
          return hole
            ? [quasi.value.cooked ?? null, staticString(hole, context, depth + 1)]
            : [quasi.value.cooked ?? null];
        }),
      );
    case 'BinaryExpression':
      if (expression.operator !== '+' || expression.left.type === 'PrivateIdentifier') return null;
      return joined([
        staticString(expression.left, context, depth + 1),
        staticString(expression.right, context, depth + 1),
      ]);
    case 'Identifier':
      return ofName(expression, context, depth);
    case 'MemberExpression':
      return ofMember(expression, context, depth);
    default:
      return null;
  }
}

const joined = (parts: (string | null)[]) => (parts.every((part) => part !== null) ? parts.join('') : null);

/** `a.b` and `a['b']` → `b`; null when computed with something else. */
export function propertyName(member: MemberExpression, context: StringContext, depth = 0): string | null {
  if (!member.computed) return member.property.type === 'Identifier' ? member.property.name : null;
  return member.property.type === 'PrivateIdentifier' ? null : staticString(member.property, context, depth + 1);
}

function ofName(identifier: Identifier, context: StringContext, depth: number): string | null {
  const fromModule = importedAs(identifier, context);
  if (typeof fromModule === 'string') return fromModule;
  const initializer = initializerOf(identifier, context.sourceCode);
  if (initializer) return staticString(initializer, context, depth + 1);
  return defaultParameter(identifier, context, depth);
}

/** `function save(key = 'worker_token')`: a caller may pass another one, so this is what it is unless told otherwise. */
function defaultParameter(identifier: Identifier, context: StringContext, depth: number): string | null {
  const definition = variableOf(identifier, context.sourceCode)?.defs[0];
  if (definition?.type !== 'Parameter') return null;
  const parent = (definition.name as unknown as { parent?: Node }).parent;
  return parent?.type === 'AssignmentPattern' && parent.left === definition.name
    ? staticString(parent.right, context, depth + 1)
    : null;
}

function importedAs(identifier: Identifier, context: StringContext): ExportedConstant | null {
  const definition = variableOf(identifier, context.sourceCode)?.defs[0];
  if (definition?.type !== 'ImportBinding') return null;
  const { node } = definition;
  if (node.type !== 'ImportSpecifier') return null;
  const name = node.imported.type === 'Identifier' ? node.imported.name : String(node.imported.value);
  return context.imported(String(definition.parent.source.value), name);
}

function ofMember(member: MemberExpression, context: StringContext, depth: number): string | null {
  const name = propertyName(member, context, depth);
  if (name === null) return null;
  if (member.object.type === 'ThisExpression') return classField(member, name, context, depth);
  const object = unwrap(member.object);
  if (object.type !== 'Identifier') return null;
  const fromModule = importedAs(object, context);
  if (fromModule && typeof fromModule !== 'string') return fromModule.get(name) ?? null;
  const initializer = initializerOf(object, context.sourceCode);
  if (initializer) return objectEntry(frozen(unwrap(initializer)), name, context, depth);
  return enumEntry(object, name, context, depth);
}

/** `Object.freeze({ … })` → the object. */
function frozen(node: Node): Node {
  const argument =
    node.type === 'CallExpression' && node.callee.type === 'MemberExpression' ? node.arguments[0] : undefined;
  return argument && argument.type !== 'SpreadElement' ? unwrap(argument) : node;
}

const keyOf = (property: Property) =>
  property.key.type === 'Identifier' && !property.computed
    ? property.key.name
    : property.key.type === 'Literal'
      ? String(property.key.value)
      : null;

function objectEntry(node: Node, name: string, context: StringContext, depth: number): string | null {
  if (node.type !== 'ObjectExpression') return null;
  const property = (node satisfies ObjectExpression).properties.find(
    (entry) => entry.type === 'Property' && keyOf(entry) === name,
  );
  return property?.type === 'Property' ? staticString(property.value, context, depth + 1) : null;
}

interface EnumMember {
  id: Node;
  initializer?: Node;
}

function enumEntry(object: Identifier, name: string, context: StringContext, depth: number): string | null {
  const variable = variableOf(object, context.sourceCode);
  const definition = variable && onlyDefinition(variable);
  const node = definition?.node as unknown as
    { type: string; body?: { members: EnumMember[] }; members?: EnumMember[] } | undefined;
  if (node?.type !== 'TSEnumDeclaration') return null;
  const members = node.body?.members ?? node.members ?? [];
  const member = members.find(
    ({ id }) => (id.type === 'Identifier' ? id.name : id.type === 'Literal' ? id.value : '') === name,
  );
  return member?.initializer ? staticString(member.initializer, context, depth + 1) : null;
}

function classField(member: MemberExpression, name: string, context: StringContext, depth: number): string | null {
  const body = context.sourceCode.getAncestors(member).findLast((ancestor) => ancestor.type === 'ClassBody');
  if (body?.type !== 'ClassBody') return null;
  const field = body.body.find(
    (entry) =>
      entry.type === 'PropertyDefinition' &&
      !entry.computed &&
      entry.key.type === 'Identifier' &&
      entry.key.name === name,
  );
  return field?.type === 'PropertyDefinition' && field.value ? staticString(field.value, context, depth + 1) : null;
}
