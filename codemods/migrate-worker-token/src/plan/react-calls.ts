/** Calls of React's own hooks, however they are imported. */
import type { Node } from '../ast/node.js';
import { isCall, isMember, propertyName, unwrap } from '../ast/shapes.js';
import type { Module } from './module.js';

/** `useState(…)`, `React.useState(…)`, `import { useState as useLocal }`. */
export function isReactCall(module: Module, node: Node, names: readonly string[]): boolean {
  if (!isCall(node)) return false;
  const callee = unwrap(node['callee']);
  if (callee.type === 'Identifier') {
    const imported = importOf(module, callee);
    return imported?.from === 'react' && names.includes(imported.name);
  }
  if (!isMember(callee) || !names.includes(propertyName(callee) ?? '')) return false;
  return importOf(module, unwrap(callee['object']))?.from === 'react';
}

function importOf(module: Module, node: Node): { from: string; name: string } | undefined {
  const binding = node.type === 'Identifier' ? module.scopes.bindingOf(node) : undefined;
  return binding && module.imports.get(binding);
}
