// What a module exports under a name: the expression or declaration, also through re-exports and barrels.
import type { Node, VariableDeclaration } from 'estree';
import type { Module } from './module.js';

/** A node and the module in which its names have their meaning. */
export interface Place {
  node: Node;
  module: Module;
}

const nameOf = (node: Node): string =>
  node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';

export function exportOf(module: Module, name: string, depth = 0): Place | null {
  if (depth > 4) return null;
  for (const statement of module.ast.body) {
    if (statement.type === 'ExportDefaultDeclaration' && name === 'default')
      return { node: statement.declaration as Node, module };
    if (statement.type === 'ExportNamedDeclaration') {
      const declared = statement.declaration && declaredAs(statement.declaration, name);
      if (declared) return { node: declared, module };
      const specifier = statement.specifiers.find((entry) => nameOf(entry.exported) === name);
      if (!specifier) continue;
      if (!statement.source) return { node: specifier.local as Node, module };
      const from = module.imported(String(statement.source.value));
      return from && exportOf(from, nameOf(specifier.local), depth + 1);
    }
    if (statement.type === 'ExportAllDeclaration') {
      if (statement.exported ? nameOf(statement.exported) !== name : name === 'default') continue;
      const from = module.imported(String(statement.source.value));
      if (statement.exported) return from && { node: from.ast, module: from }; // `export * as keys from './keys'`
      const found = from && exportOf(from, name, depth + 1);
      if (found) return found;
    }
  }
  return null;
}

/** The initialiser, function, class or enum that a declaration gives a name. */
export function declaredAs(declaration: Node, name: string): Node | null {
  if (declaration.type === 'VariableDeclaration') {
    const { declarations } = declaration satisfies VariableDeclaration;
    const found = declarations.find(({ id }) => id.type === 'Identifier' && id.name === name);
    return found ? (found.init ?? null) : null;
  }
  const { id } = declaration as { id?: Node | null };
  return id && nameOf(id) === name ? declaration : null;
}
