// What is called, by its last name.
import type { Node } from 'estree';
import type { Module } from './module.js';
import { propertyName } from './resolve.js';
import { unwrap } from './unwrap.js';

/** `a.b.getToken` → `getToken`; null for what has no name. */
export function calleeName(callee: Node, module: Module): string | null {
  const expression = unwrap(callee);
  if (expression.type === 'Identifier') return expression.name;
  return expression.type === 'MemberExpression' ? propertyName(expression, module) : null;
}
