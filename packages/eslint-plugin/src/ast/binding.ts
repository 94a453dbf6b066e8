// From a name to the variable that it stands for. What the variable holds is resolve.ts's.
import type { Scope } from 'eslint';
import type { Identifier, Node } from 'estree';
import { parentOf, type Module } from './module.js';

function scopeAt(node: Node, module: Module): Scope.Scope | null {
  const inner = node.type !== 'Program';
  for (let current: Node | null = node; current; current = parentOf(current)) {
    const scope = module.scopes.acquire(current, inner);
    if (scope) return scope.type === 'function-expression-name' ? (scope.childScopes[0] ?? scope) : scope;
  }
  return module.scopes.scopes[0] ?? null;
}

/** The variable that an identifier refers to; null when it is a global that this file does not define. */
export function variableOf(identifier: Identifier, module: Module): Scope.Variable | null {
  for (let scope = scopeAt(identifier, module); scope; scope = scope.upper) {
    const variable = scope.set.get(identifier.name);
    if (variable) return variable.defs.length > 0 ? variable : null;
  }
  return null;
}

/** Whether the name means the global of that name, not something this file calls so. */
export function isGlobal(identifier: Identifier, module: Module): boolean {
  return variableOf(identifier, module) === null;
}

/** The one definition of a variable that is never assigned again. */
export function onlyDefinition(variable: Scope.Variable): Scope.Definition | null {
  const definition = variable.defs.length === 1 ? variable.defs[0] : undefined;
  const written = variable.references.some((reference) => reference.isWrite() && !reference.init);
  return definition && !written ? definition : null;
}

/** The package and the exported name that a local name was imported as; `default` and `*` for those. */
export function importOf(identifier: Identifier, module: Module): { source: string; name: string } | null {
  const definition = variableOf(identifier, module)?.defs[0];
  if (definition?.type === 'ImportBinding') {
    const source = String(definition.parent.source.value);
    if (definition.node.type === 'ImportNamespaceSpecifier') return { source, name: '*' };
    if (definition.node.type === 'ImportDefaultSpecifier') return { source, name: 'default' };
    const { imported } = definition.node;
    return { source, name: imported.type === 'Identifier' ? imported.name : String(imported.value) };
  }
  return definition?.type === 'Variable' ? required(definition.node.init ?? null, definition) : null;
}

/** `const x = require('y')` and `const { a } = require('y')`. */
function required(init: Node | null, definition: Scope.Definition): { source: string; name: string } | null {
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'require')
    return null;
  const [argument] = init.arguments;
  if (argument?.type !== 'Literal' || typeof argument.value !== 'string') return null;
  const property = parentOf(definition.name);
  if (property?.type !== 'Property') return { source: argument.value, name: 'default' };
  return { source: argument.value, name: property.key.type === 'Identifier' ? property.key.name : '' };
}
