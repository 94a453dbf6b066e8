// From a name to the variable that it stands for, and to what this file gives it. What that means is resolve.ts's.
import type { Scope } from 'eslint';
import type { Identifier, Node } from 'estree';
import { parentOf, type Module } from './module.js';

const links = new WeakMap<Scope.ScopeManager, Map<object, Scope.Variable | null>>();

/** Every reference of the file with its variable, collected once. */
function linksOf({ scopes }: Module): Map<object, Scope.Variable | null> {
  const known = links.get(scopes);
  if (known) return known;
  const found = new Map<object, Scope.Variable | null>();
  for (const scope of scopes.scopes)
    for (const reference of scope.references) found.set(reference.identifier, reference.resolved);
  links.set(scopes, found);
  return found;
}

function scopeAt(node: Node, module: Module): Scope.Scope | null {
  const inner = node.type !== 'Program';
  for (let current: Node | null = node; current; current = parentOf(current)) {
    const scope = module.scopes.acquire(current, inner);
    if (scope) return scope.type === 'function-expression-name' ? (scope.childScopes[0] ?? scope) : scope;
  }
  return module.scopes.scopes[0] ?? null;
}

const isDefined = (variable: Scope.Variable | null | undefined) => (variable?.defs.length ? variable : null);

/** The variable that an identifier refers to; null when it is a global that this file does not define. */
export function variableOf(identifier: Identifier, module: Module): Scope.Variable | null {
  const linked = linksOf(module).get(identifier);
  if (linked) return isDefined(linked);
  for (let scope = scopeAt(identifier, module); scope; scope = scope.upper) {
    const variable = scope.set.get(identifier.name);
    if (variable) return isDefined(variable);
  }
  return null;
}

/** What a name means where another node stands: of a type, or of something that an edit would bring. */
export function variableNamed(name: string, at: Node, module: Module): Scope.Variable | null {
  return variableOf({ type: 'Identifier', name, parent: at } as unknown as Identifier, module);
}

/** Whether the name means the global of that name, not something this file calls so. */
export function isGlobal(identifier: Identifier, module: Module): boolean {
  return variableOf(identifier, module) === null;
}

/** The one definition of a variable. Overload signatures are none. */
export function definitionOf({ defs }: Scope.Variable): Scope.Definition | null {
  const [definition, other] = defs.length > 1 ? defs.filter(({ node }) => !isSignature(node as Node)) : defs;
  return definition && !other ? definition : null;
}

const isSignature = (node: Node) => (node.type as string) === 'TSDeclareFunction';

/** The one definition of a variable that is never assigned again. */
export function onlyDefinition(variable: Scope.Variable): Scope.Definition | null {
  const definition = definitionOf(variable);
  const written = variable.references.some((reference) => reference.isWrite() && !reference.init);
  return written ? null : definition;
}

/** All that a variable is given as a whole: its initialiser, and what is assigned to it later. `null` does not count. */
export function valuesOf(variable: Scope.Variable): Node[] {
  const [definition] = variable.defs;
  const declarator = definition?.type === 'Variable' ? definition.node : null;
  const first = declarator?.id.type === 'Identifier' && declarator.init ? [declarator.init as Node] : [];
  const later = variable.references.flatMap(({ identifier }) => {
    const parent = parentOf(identifier as Node);
    return parent?.type === 'AssignmentExpression' && parent.left === identifier && isPlain(parent.operator)
      ? [parent.right]
      : [];
  });
  const isOverwritten = later.some((value) => isBeside(value, declarator));
  return [...(isOverwritten ? [] : first), ...later].filter((value) => !isNothing(value));
}

/** What is added to a variable piece by piece: `key += suffix`. */
export const addedTo = (variable: Scope.Variable): Node[] =>
  variable.references.flatMap(({ identifier }) => {
    const parent = parentOf(identifier as Node);
    const adds = parent?.type === 'AssignmentExpression' && parent.left === identifier && parent.operator === '+=';
    return adds ? [parent.right] : [];
  });

/** Assigned in the very block of the declaration: nothing is left of the initialiser. */
function isBeside(value: Node, declarator: Node | null): boolean {
  const statement = parentOf(parentOf(value) ?? value);
  const declaration = declarator && parentOf(declarator);
  return (
    statement?.type === 'ExpressionStatement' && declaration !== null && parentOf(statement) === parentOf(declaration)
  );
}

/** The one value that a variable ever has; null when it has several, or is changed piece by piece. */
export function soleValue(variable: Scope.Variable): Node | null {
  const [value, other] = valuesOf(variable);
  const isBuiltUp = variable.references.some((reference) => {
    const parent = parentOf(reference.identifier as Node);
    const isWhole = parent?.type === 'AssignmentExpression' && isPlain(parent.operator);
    return reference.isWrite() && !reference.init && !isWhole;
  });
  return value && !other && !isBuiltUp ? value : null;
}

const isPlain = (operator: string) => /^(=|\?\?=|\|\|=)$/.test(operator);
const isNothing = (node: Node) =>
  (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');

/** What the file puts into an object one by one: `object.name = value`. */
export function membersGiven(variable: Scope.Variable): { name: string; value: Node }[] {
  return variable.references.flatMap(({ identifier }) => {
    const member = parentOf(identifier as Node);
    const assignment = member && parentOf(member);
    if (member?.type !== 'MemberExpression' || member.object !== identifier) return [];
    if (assignment?.type !== 'AssignmentExpression' || assignment.left !== member) return [];
    const { property, computed } = member;
    const name = property.type === 'Literal' ? String(property.value) : 'name' in property ? property.name : null;
    return name !== null && (!computed || property.type === 'Literal') ? [{ name, value: assignment.right }] : [];
  });
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
