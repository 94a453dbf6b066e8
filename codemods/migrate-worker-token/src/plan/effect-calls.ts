/** The calls and declarations of which effects are made. */
import type { Node } from '../ast/node.js';
import { isMember, propertyName, unwrap } from '../ast/shapes.js';
import type { Module } from './module.js';
import { functionBehind } from './subscriptions.js';

/** `setInterval`, `window.setInterval`: the name of a global function, or null. */
export function methodOf(call: Node): string | null {
  const callee = unwrap(call['callee']);
  if (callee.type === 'Identifier') return callee['name'];
  const isGlobal =
    isMember(callee) && /^(window|globalThis|self|document)$/.test(unwrap(callee['object'])['name'] ?? '');
  return isGlobal ? propertyName(callee) : null;
}

/** `function f() {}`, `const f = () => …`, `const f = useCallback(…)` */
export function declaredFunction(module: Module, statement: Node): { id: Node | null; fn: Node | null } {
  if (statement.type === 'FunctionDeclaration') return { id: statement['id'], fn: statement };
  const [declarator, more] = statement.type === 'VariableDeclaration' ? (statement['declarations'] as Node[]) : [];
  if (!declarator?.['init'] || more || declarator['id'].type !== 'Identifier') return { id: null, fn: null };
  return { id: declarator['id'], fn: functionBehind(module, declarator['id']) };
}
