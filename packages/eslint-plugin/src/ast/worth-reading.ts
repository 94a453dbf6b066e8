// Is it worth reading the file that a name is imported from? Only where that file, or one that it hands on, speaks of storage at all.
// Names that are not imported are at hand anyway.
import type { Node } from 'estree';
import { neighbour, touchesStorage } from '../neighbours.js';
import { importOf } from './binding.js';
import type { Module } from './module.js';
import { unwrap } from './unwrap.js';

/** Of a name, or of what a chain of members and calls begins with. */
export function isWorthReading(node: Node, module: Module): boolean {
  let base = unwrap(node);
  while (base.type === 'MemberExpression' || base.type === 'CallExpression')
    base = unwrap(base.type === 'MemberExpression' ? base.object : base.callee);
  const from = base.type === 'Identifier' ? importOf(base, module) : null;
  const file = from && neighbour(module.file, from.source);
  return !from || (file !== null && touchesStorage(file));
}
