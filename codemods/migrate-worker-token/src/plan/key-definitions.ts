/** Where a key or address is given a name: a constant, an enum member, a property, a field, a default. */
import { closest, type Node } from '../ast/node.js';
import { isIdentifier, isMember, propertyName } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { mentionsOf } from './mentions.js';
import type { Module } from './module.js';

const THROUGH = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'ParenthesizedExpression',
  'ArrayExpression',
  'BinaryExpression',
  'TemplateLiteral',
  'ConditionalExpression',
]);

/** The declarator, member or parameter that the literal is the value of; null if it is used where it stands. */
export function definitionOf(literal: Node): Node | null {
  let at = literal;
  while (at.parent && THROUGH.has(at.parent.type) && !isComparison(at.parent)) at = at.parent;
  const parent = at.parent;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent['init'] === at ? parent : null;
    case 'TSEnumMember':
      return parent['initializer'] === at ? parent : null;
    case 'ObjectProperty':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return parent['value'] === at ? parent : null;
    case 'AssignmentPattern':
      return parent['right'] === at ? parent : null;
    case 'ArrowFunctionExpression':
      return parent['body'] === at ? parent : null;
    case 'AssignmentExpression':
      return isCommonJsExport(at) ? parent : null;
    default:
      return null;
  }
}

const isComparison = (node: Node) => node.type === 'BinaryExpression' && node['operator'] !== '+';

/** A constant or private field of one file: the clean-up takes it away when its last use goes. */
export function isOnlyLocal(module: Module, definition: Node): boolean {
  if (definition.type === 'ClassProperty') return definition['accessibility'] === 'private';
  if (definition.type === 'ClassPrivateProperty') return true;
  if (definition.type !== 'VariableDeclarator' || definition['id'].type !== 'Identifier') return false;
  const isExported = [...module.exports.values()].some(
    (target) => 'binding' in target && target.binding.declaration === definition,
  );
  return !isExported;
}

/** The object that the key is a property of goes somewhere as a whole. */
export function isHandedOn(context: PlanContext, module: Module, definition: Node): boolean {
  if (definition.type !== 'ObjectProperty' || isCommonJsExport(definition['value'])) return false;
  const declarator = closest(definition, (at) => at.type === 'VariableDeclarator' || /Statement$/.test(at.type));
  if (declarator?.type !== 'VariableDeclarator' || declarator['id'].type !== 'Identifier') return true;
  const binding = module.scopes.bindingOf(declarator['id']);
  if (
    !binding ||
    closest(definition, (at) => /Function|Call/.test(at.type) && at.start >= declarator.start && !isFreeze(at))
  )
    return true;
  return mentionsOf(context.project, module, binding).some(
    ({ node: mention }) =>
      !isMember(mention.parent as Node) &&
      !/^(Export|Import|TS)/.test(mention.parent?.type ?? '') &&
      !isCommonJsExport(mention),
  );
}

/** `module.exports = { KEY }`, `exports.KEY = KEY`: who imports the name decides what it is used for. */
export function isCommonJsExport(mention: Node): boolean {
  const property =
    mention.parent?.type === 'ObjectProperty' && mention.parent['value'] === mention ? mention.parent : null;
  const value = property?.parent?.type === 'ObjectExpression' ? property.parent : mention;
  const assignment = value.parent;
  if (assignment?.type !== 'AssignmentExpression' || assignment['right'] !== value) return false;
  const target: Node = assignment['left'];
  return isExportsObject(target) || (isMember(target) && isExportsObject(target['object']));
}

const isExportsObject = (node: Node): boolean =>
  isIdentifier(node, 'exports') ||
  (isMember(node) && isIdentifier(node['object'], 'module') && propertyName(node) === 'exports');

/** `PROTECTED_KEYS.includes(key)`: an element of a list that code asks, where no recogniser has dealt with that. */
export function isAskedList(context: PlanContext, module: Module, literal: Node, definition: Node): boolean {
  if (literal.parent?.type !== 'ArrayExpression' || definition.type !== 'VariableDeclarator') return false;
  const binding = definition['id'].type === 'Identifier' ? module.scopes.bindingOf(definition['id']) : undefined;
  return (binding?.references ?? []).some((mention) => {
    const member = mention.parent;
    const isAsked = member && isMember(member) && /^(includes|indexOf)$/.test(propertyName(member) ?? '');
    return isAsked && !context.edits.isCovered(module, mention) && !context.edits.isRemoved(module, mention);
  });
}

const isFreeze = (node: Node) =>
  node.type === 'CallExpression' && isMember(node['callee']) && node['callee']['property'].name === 'freeze';
