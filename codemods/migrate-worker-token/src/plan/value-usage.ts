/** What becomes of a value: which fields are read, whether it is only tested, and where else it goes. */
import type { Node } from '../ast/node.js';
import { patternNames } from '../ast/scopes.js';
import { isCall, isIdentifier, isMember, keyName, propertyName, wrapped } from '../ast/shapes.js';
import type { Module } from './module.js';
import { isGuarded, isTested } from './surroundings.js';

export interface Usage {
  fields: Set<string>;
  /** Where the whole value goes on. */
  escapes: Node[];
  /** Reads of a field where the value may be null. */
  unguarded: boolean;
}

export interface UsageOptions {
  /** Mentions that are going away do not count. */
  isRemoved(node: Node): boolean;
  /** Further names whose guards hold for the value, too. */
  alsoGuardedBy?: string[];
}

export function usageOf(module: Module, expression: Node, options: UsageOptions): Usage {
  const usage: Usage = { fields: new Set(), escapes: [], unguarded: false };
  const guards = options.alsoGuardedBy ?? [];

  const follow = (raw: Node, names: string[], depth: number): void => {
    const node = wrapped(raw);
    const parent = node.parent;
    if (!parent || depth > 8 || options.isRemoved(node)) return;
    if (isMember(parent) && parent['object'] === node) return readField(parent, node, names);
    if (isTested(node)) return;
    switch (parent.type) {
      case 'VariableDeclarator':
        return ofTarget(parent['id'], node, depth);
      case 'LogicalExpression':
        if (parent['right'] === node || parent['operator'] !== '&&') follow(parent, names, depth + 1);
        return;
      case 'ConditionalExpression':
        return follow(parent, names, depth + 1);
      case 'AssignmentExpression':
        if (parent['right'] !== node || parent['operator'] !== '=' || parent['left'].type !== 'Identifier') break;
        return ofTarget(parent['left'], node, depth);
      case 'ExpressionStatement':
        return;
    }
    usage.escapes.push(node);
  };

  const readField = (member: Node, object: Node, names: string[]): void => {
    const name = propertyName(member);
    if (name === null) usage.escapes.push(object);
    else usage.fields.add(name);
    const isSafe = member['optional'] === true || names.some((guard) => isGuarded(member, guard));
    if (!isSafe && member.type !== 'OptionalMemberExpression') usage.unguarded = true;
    if (!isSafe && member.type === 'OptionalMemberExpression' && !member['optional']) usage.unguarded = true;
  };

  const ofTarget = (target: Node, node: Node, depth: number): void => {
    if (target.type === 'Identifier') {
      const binding = module.scopes.bindingOf(target);
      for (const reference of binding?.references ?? []) {
        if (isAssignmentTarget(reference)) continue;
        follow(reference, [target['name'], ...guards], depth + 1);
      }
    } else if (target.type === 'ObjectPattern') {
      if (!(target['properties'] as Node[]).every(isPatternRemoved)) usage.unguarded = true;
      readPattern(target, node);
    } else usage.escapes.push(node);
  };

  const readPattern = (pattern: Node, node: Node): void => {
    for (const property of pattern['properties'] as Node[]) {
      const name = property.type === 'ObjectProperty' ? keyName(property) : null;
      if (name === null) usage.escapes.push(node);
      else if (!isPatternRemoved(property)) usage.fields.add(name);
    }
  };

  const isPatternRemoved = (property: Node): boolean => {
    if (property.type !== 'ObjectProperty') return false;
    const references = patternNames(property['value']).flatMap((id) => module.scopes.bindingOf(id)?.references ?? []);
    return references.length > 0 && references.every((reference) => options.isRemoved(reference));
  };

  follow(expression, guards, 0);
  return usage;
}

const isAssignmentTarget = (node: Node): boolean =>
  node.parent?.type === 'AssignmentExpression' && node.parent['left'] === node;

/** `JSON.parse(node)` */
export function isJsonCall(call: Node | null | undefined, method: 'parse' | 'stringify'): boolean {
  if (!call || !isCall(call) || !isMember(call['callee'])) return false;
  return isIdentifier(call['callee']['object'], 'JSON') && propertyName(call['callee']) === method;
}
