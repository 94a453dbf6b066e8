/** Where a name is mentioned, in its own file and in those that import it. One pass over all imports answers for every name. */
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

export interface Mention {
  module: Module;
  node: Node;
}

const indexes = new WeakMap<Project, Map<Binding, Mention[]>>();

/** @param module The file that declares the name. */
export function mentionsOf(project: Project, module: Module, binding: Binding): Mention[] {
  let index = indexes.get(project);
  if (!index) indexes.set(project, (index = importedNames(project)));
  return [...binding.references.map((node) => ({ module, node })), ...(index.get(binding) ?? [])];
}

function importedNames(project: Project): Map<Binding, Mention[]> {
  const index = new Map<Binding, Mention[]>();
  for (const module of project.modules) {
    for (const binding of module.imports.keys()) {
      const target = project.follow(module, binding)?.binding;
      if (!target || target === binding) continue;
      const known = index.get(target) ?? [];
      known.push(...binding.references.map((node) => ({ module, node })));
      index.set(target, known);
    }
  }
  return index;
}
