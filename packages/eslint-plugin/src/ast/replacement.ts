// Edits that put the manager in the place of a storage access, and bring its import. Only where the result means the same to
// whoever reads it: an `await` in async functions alone, no comment lost, no name taken.
import type { Rule } from 'eslint';
import type { ImportDeclaration, Node } from 'estree';
import { variableOf } from './binding.js';
import { isFunction } from './functions.js';
import { parentOf, type Module } from './module.js';

/** Is `await` allowed here? */
export function isInAsync(node: Node): boolean {
  let current = parentOf(node);
  while (current && !isFunction(current)) current = parentOf(current);
  return current !== null && isFunction(current) && current.async === true;
}

/** The manager can be named here: nothing else in reach is called so. */
export function canNameManager(node: Node, module: Module): boolean {
  if (module.ast.sourceType !== 'module') return false;
  const identifier = { type: 'Identifier', name: 'workerTokenManager', parent: parentOf(node) } as const;
  const variable = variableOf(identifier, module);
  return variable === null || variable.defs[0]?.type === 'ImportBinding';
}

/** Adds `import { workerTokenManager }` once, with further names: nothing, names in an import that is there, or a line. */
export function importManager(
  source: string,
  module: Module,
  fixer: Rule.RuleFixer,
  further: readonly string[] = [],
): Rule.Fix[] {
  const imports = module.ast.body.filter(
    (statement): statement is ImportDeclaration => statement.type === 'ImportDeclaration',
  );
  const names = imports.flatMap((statement) => statement.specifiers.map(({ local }) => local.name));
  const missing = ['workerTokenManager', ...further].filter((name) => !names.includes(name));
  if (missing.length === 0) return [];
  const isValue = (statement: ImportDeclaration) => (statement as { importKind?: string }).importKind !== 'type';
  const known = imports.find((statement) => statement.source.value === source && isValue(statement));
  const last = known?.specifiers.findLast(({ type }) => type === 'ImportSpecifier');
  if (last) return [fixer.insertTextAfter(last, `, ${missing.join(', ')}`)];
  const line = `import { ${missing.join(', ')} } from '${source}';`;
  const before = imports.at(-1) ?? module.ast.body.findLast(isDirective);
  if (before) return [fixer.insertTextAfter(before, `\n${line}`)];
  const [first] = module.ast.body;
  return first ? [fixer.insertTextBefore(first, `${line}\n`)] : [];
}

/** `'use client'`. */
const isDirective = (statement: object) => 'directive' in statement && typeof statement.directive === 'string';
