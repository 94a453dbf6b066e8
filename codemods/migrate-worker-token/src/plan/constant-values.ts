/** The node that holds the value of a name, a property or a field; nothing is evaluated here. */
import { closest, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { enclosingFunction, isCall, isFunction, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import type { Target } from './project.js';

export function joinTemplate(node: Node, next: (child: Node) => string): string {
  const parts: Node[] = node['quasis'];
  const values: Node[] = node['expressions'];
  return parts.map((part, i) => `${part['value'].cooked as string}${values[i] ? next(values[i]) : ''}`).join('');
}

/** The initialiser of a constant that is never assigned again. */
export function valueOf(target: Target): Node | null {
  if (target.expression) return target.expression;
  const binding = target.binding;
  if (!binding || binding.declaration.type !== 'VariableDeclarator' || binding.declaration['id'] !== binding.id)
    return null;
  return binding.kind === 'const' || !isAssigned(binding) ? binding.declaration['init'] : null;
}

export function isAssigned(binding: Binding): boolean {
  return binding.references.some((reference) => {
    const parent = reference.parent;
    return (
      (parent?.type === 'AssignmentExpression' && parent['left'] === reference) || parent?.type === 'UpdateExpression'
    );
  });
}

export function functionValue(binding: Binding | undefined): Node | null {
  if (!binding) return null;
  if (binding.kind === 'function') return binding.declaration;
  return binding.declaration.type === 'VariableDeclarator' ? binding.declaration['init'] : null;
}

/** `Object.freeze({…})` and `{…} as const` hold what is in them. */
export function unwrapFrozen(raw: Node): Node {
  const node = unwrap(raw);
  const isFreeze = isCall(node) && isMember(node['callee']) && propertyName(node['callee']) === 'freeze';
  return isFreeze && node['arguments'][0] ? unwrap(node['arguments'][0]) : node;
}

export function propertyOf(object: Node, name: string): Node | null {
  const node = unwrapFrozen(object);
  if (node.type !== 'ObjectExpression') return null;
  const property = (node['properties'] as Node[]).findLast((entry) => keyName(entry) === name);
  if (!property) return null;
  return property.type === 'ObjectMethod' ? property : property['value'];
}

/** The value of a class field that no method assigns. */
export function fieldOf(body: Node | null, name: string): Node | null {
  if (!body) return null;
  const member = (body['body'] as Node[]).find((entry) => keyName(entry) === name);
  if (!member) return null;
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') return member;
  return member['value'] ?? null;
}

/** The one expression that a function returns. */
export function onlyExpression(fn: Node): Node | null {
  if (fn['async'] || fn['generator']) return null;
  const body: Node = fn['body'];
  if (body.type !== 'BlockStatement') return body;
  const [first, second] = body['body'] as Node[];
  return first?.type === 'ReturnStatement' && !second ? first['argument'] : null;
}

/** The default value of a parameter, where the function is not told another one. */
export function parameterDefault(
  binding: Binding,
): { owner: Node; value: Node; index: number; property: string | null } | null {
  const owner = enclosingFunction(binding.id) ?? closest(binding.id, isFunction);
  const pattern = binding.id.parent;
  if (!owner || pattern?.type !== 'AssignmentPattern') return null;
  const params: Node[] = owner['params'];
  const property = pattern.parent?.type === 'ObjectProperty' ? keyName(pattern.parent) : null;
  const index = params.findIndex((param) => closest(binding.id, (at) => at === param));
  return { owner, value: pattern['right'], index, property };
}
