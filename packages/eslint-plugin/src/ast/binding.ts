// From a name to what it stands for in this file: its scope variable and the expression it was made with.
import type { Scope, SourceCode } from 'eslint';
import type { Identifier, Node } from 'estree';

/** The variable that an identifier refers to; null when it is a global that this file does not define. */
export function variableOf(identifier: Identifier, sourceCode: SourceCode): Scope.Variable | null {
  let scope: Scope.Scope | null = sourceCode.getScope(identifier);
  while (scope) {
    const variable = scope.set.get(identifier.name);
    if (variable) return variable.defs.length > 0 ? variable : null;
    scope = scope.upper;
  }
  return null;
}

/** Whether the name means the browser's global of that name, not something this file calls so. */
export function isGlobal(identifier: Identifier, sourceCode: SourceCode): boolean {
  return variableOf(identifier, sourceCode) === null;
}

/** The one definition of a variable that is never assigned again. */
export function onlyDefinition(variable: Scope.Variable): Scope.Definition | null {
  const definition = variable.defs.length === 1 ? variable.defs[0] : undefined;
  const written = variable.references.some((reference) => reference.isWrite() && !reference.init);
  return definition && !written ? definition : null;
}

/** What `const name = <this>` was made with. A destructured name has no such expression. */
export function initializerOf(identifier: Identifier, sourceCode: SourceCode): Node | null {
  const variable = variableOf(identifier, sourceCode);
  const definition = variable && onlyDefinition(variable);
  if (definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier') return null;
  return definition.node.init ?? null;
}
