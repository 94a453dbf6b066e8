// Does a file hand something to what it imports from a neighbour that keeps things in the browser? Looked at through the references of
// the imported names alone: no other node is visited.
import type { Identifier, ImportDeclaration, Node } from 'estree';
import { isNear, neighbour, touchesStorage } from '../neighbours.js';
import { mentionsSecret } from './mentions.js';
import { parentOf, type Module } from './module.js';

/** How constants that may hold a key are called. */
const keyLike = /[Kk]ey|KEY|[Ss]lot|[Cc]onst|[Cc]onfig|[Nn]ame|^[A-Z][A-Z\d_]+$/;

export function importsStore(module: Module, speaksOfSecrets: boolean): boolean {
  const imports = module.ast.body.filter(
    (statement): statement is ImportDeclaration =>
      statement.type === 'ImportDeclaration' && isNear(module.file, String(statement.source.value)),
  );
  const names = new Set(imports.flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name)));
  if (!speaksOfSecrets && ![...names].some((name) => keyLike.test(name))) return false;
  return imports.some(({ specifiers, source }) => {
    const isHandedTo = specifiers.some(({ local }) =>
      referencesOf(local, module).some((reference) => hands(reference, names, module, speaksOfSecrets)),
    );
    const file = isHandedTo ? neighbour(module.file, String(source.value)) : null;
    return file !== null && touchesStorage(file);
  });
}

function referencesOf(local: Identifier, { scopes }: Module): Node[] {
  for (const scope of scopes.scopes.slice(0, 2)) {
    const variable = scope.set.get(local.name);
    if (variable?.defs[0]?.type === 'ImportBinding')
      return variable.references.map(({ identifier }) => identifier as Node);
  }
  return [];
}

/** A call on the name that speaks of a secret or is given another imported name; or the name makes, types or extends an instance. */
function hands(reference: Node, names: ReadonlySet<string>, module: Module, speaksOfSecrets: boolean): boolean {
  const parent = parentOf(reference);
  if (parent && isInstance(parent, reference)) return speaksOfSecrets;
  let current = reference;
  for (let around = parent; around; around = parentOf(around)) {
    if (around.type === 'MemberExpression' && around.object === current) current = around;
    else if (around.type === 'ChainExpression' || (around.type as string) === 'TSNonNullExpression') current = around;
    else if (around.type === 'CallExpression' && around.callee === current) {
      const carries = around.arguments.some(
        (argument) => isName(argument, names) || (speaksOfSecrets && mentionsSecret(argument, module)),
      );
      if (carries) return true;
      current = around;
    } else return false;
  }
  return false;
}

function isInstance(parent: Node, reference: Node): boolean {
  if (parent.type === 'NewExpression') return parent.callee === reference;
  if (parent.type === 'ClassDeclaration' || parent.type === 'ClassExpression') return parent.superClass === reference;
  if (parent.type === 'CallExpression' && parent.callee !== reference) {
    const { callee } = parent;
    const name =
      callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? callee.property : null;
    return name === 'inject' || (typeof name === 'object' && name?.type === 'Identifier' && name.name === 'then');
  }
  const typed = (parent.type as string) === 'TSTypeReference' ? parentOf(parentOf(parent) ?? parent) : null;
  return (
    typed !== null &&
    (typed.type === 'PropertyDefinition' || (parentOf(typed)?.type as string | undefined) === 'TSParameterProperty')
  );
}

/** Another imported name, or a member of one: `KEYS.TOKEN`. */
function isName(argument: Node, names: ReadonlySet<string>): boolean {
  let base = argument;
  while (base.type === 'MemberExpression') base = base.object;
  return base.type === 'Identifier' && names.has(base.name);
}
