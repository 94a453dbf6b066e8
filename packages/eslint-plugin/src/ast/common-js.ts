// What `require()` of a file at hand gives under a name: of `module.exports = { … }`, `exports.name = …`, or of an ES module.
import type { CallExpression, Node } from 'estree';
import { exportOf, type Place } from './exports.js';
import { givenTo } from './global-members.js';
import type { Module } from './module.js';

/** The specifier of `require('…')`; null for any other call. */
export function requiredBy(node: Node): string | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return null;
  const [argument] = (node satisfies CallExpression).arguments;
  return argument?.type === 'Literal' && typeof argument.value === 'string' ? argument.value : null;
}

/** The whole of what a file hands out; null where it hands it out piece by piece. */
export function requiredWhole(node: Node, module: Module): Place | null {
  const specifier = requiredBy(node);
  const from = specifier === null ? null : module.imported(specifier);
  const whole = from && givenTo('module.exports', from);
  return from && whole ? { node: whole, module: from } : null;
}

/** One piece of it. */
export function requiredMember(node: Node, name: string, module: Module): Place | null {
  const specifier = requiredBy(node);
  const from = specifier === null ? null : module.imported(specifier);
  if (!from) return null;
  const piece = givenTo(`exports.${name}`, from) ?? givenTo(`module.exports.${name}`, from);
  return piece ? { node: piece, module: from } : exportOf(from, name);
}
