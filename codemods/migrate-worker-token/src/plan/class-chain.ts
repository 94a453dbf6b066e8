/** A class and the classes it extends, in other files, too. */
import { closest, type Node } from '../ast/node.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

const MAX_LENGTH = 5;

export const classAround = (node: Node): Node | null =>
  closest(node, (at) => /^Class(Declaration|Expression)$/.test(at.type));

/** The class itself comes first. */
export function classChain(project: Project, module: Module, first: Node | null): { module: Module; owner: Node }[] {
  const chain: { module: Module; owner: Node }[] = [];
  let at = module;
  for (let owner = first; owner && chain.length < MAX_LENGTH;) {
    chain.push({ module: at, owner });
    const parent: Node | null = owner['superClass'] ?? null;
    const binding = parent?.type === 'Identifier' ? at.scopes.bindingOf(parent) : undefined;
    const target = binding && project.follow(at, binding);
    const declaration: Node | undefined = target?.binding?.declaration ?? target?.expression;
    owner = declaration && /^Class/.test(declaration.type) ? declaration : null;
    at = target?.module ?? at;
  }
  return chain;
}
