/** Small questions about one node, asked by many recognisers. */
import { closest, type Node } from './node.js';

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);
const TRANSPARENT = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'ParenthesizedExpression',
]);

export const isFunction = (node: Node): boolean => FUNCTIONS.has(node.type);

export const isCall = (node: Node): boolean => node.type === 'CallExpression' || node.type === 'OptionalCallExpression';

export const isMember = (node: Node): boolean =>
  node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

export const isIdentifier = (node: Node | null | undefined, name?: string): boolean =>
  node?.type === 'Identifier' && (name === undefined || node['name'] === name);

/** Without casts, `!`, `satisfies` and parentheses around it. */
export function unwrap(node: Node): Node {
  let at = node;
  while (TRANSPARENT.has(at.type)) at = at['expression'];
  return at;
}

/** The outermost cast, `!` or parenthesis around the node, or the node itself. */
export function wrapped(node: Node): Node {
  let at = node;
  while (at.parent && TRANSPARENT.has(at.parent.type)) at = at.parent;
  return at;
}

/** The name of a property that is written out: `a.b`, `a['b']`, `a?.b`, `a.#b`. */
export function propertyName(member: Node): string | null {
  const property: Node = member['property'];
  if (property.type === 'PrivateName') return `#${property['id'].name}`;
  if (!member['computed']) return property.type === 'Identifier' ? property['name'] : null;
  return property.type === 'StringLiteral' ? property['value'] : null;
}

/** The key of an object property, class member or enum member that is written out. */
export function keyName(owner: Node): string | null {
  const key: Node | undefined = owner['key'] ?? owner['id'];
  if (!key || owner['computed']) return null;
  if (key.type === 'Identifier') return key['name'];
  if (key.type === 'StringLiteral') return key['value'];
  return key.type === 'PrivateName' ? `#${key['id'].name}` : null;
}

export const enclosingFunction = (node: Node): Node | null => closest(node.parent, isFunction);

/** The statement that holds the node directly. */
export function enclosingStatement(node: Node): Node {
  const statement = closest(node, (at) => isStatementPosition(at));
  return statement ?? node;
}

function isStatementPosition(node: Node): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (parent.type === 'BlockStatement' || parent.type === 'Program') return true;
  if (parent.type === 'SwitchCase') return parent['test'] !== node;
  const isBranch = ['IfStatement', 'ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement'].includes(
    parent.type,
  );
  return isBranch && ['consequent', 'alternate', 'body'].some((field) => parent[field] === node);
}

/** Sibling statements of a statement, itself included. */
export function statementList(statement: Node): Node[] {
  const parent = statement.parent;
  if (!parent) return [statement];
  if (parent.type === 'SwitchCase') return parent['consequent'];
  return Array.isArray(parent['body']) ? parent['body'] : [statement];
}

export const isStatement = (node: Node): boolean => /Statement$|Declaration$/.test(node.type);

/** Name of the function that a call calls: `f` or `a.b`. */
export function calleeName(call: Node): string | null {
  const callee = unwrap(call['callee']);
  if (callee.type === 'Identifier') return callee['name'];
  if (!isMember(callee)) return null;
  const object = unwrap(callee['object']);
  const name = propertyName(callee);
  if (!name) return null;
  if (object.type === 'Identifier') return `${object['name']}.${name}`;
  return object.type === 'ThisExpression' ? `this.${name}` : null;
}

/** The node is one of a list of statements. */
export const isStatementInList = (node: Node): boolean =>
  node.parent !== null && isStatement(node) && Array.isArray(node.parent['body']) && node.parent['body'].includes(node);
