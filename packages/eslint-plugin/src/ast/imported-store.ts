// Does a file hand something to what it imports from a neighbour that keeps things in the browser? Looked at through the references of
// the imported names alone: no other node is visited.
import type { Node } from 'estree';
import { neighbour, touchesStorage } from '../neighbours.js';
import { referencesOf } from './imported-keys.js';
import { mentionsSecret } from './mentions.js';
import { parentOf, type Module } from './module.js';

/** In a file that speaks of secrets. */
export function importsStore(module: Module): boolean {
  const imports = module.ast.body.filter((statement) => statement.type === 'ImportDeclaration');
  const names = new Set(imports.flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name)));
  return imports.some(({ specifiers, source }) => {
    const isHandedTo = specifiers.some(({ local }) =>
      referencesOf(local, module).some((reference) => hands(reference, names, module)),
    );
    const file = isHandedTo ? neighbour(module.file, String(source.value)) : null;
    return file !== null && touchesStorage(file);
  });
}

/** A call on the name that speaks of a secret or is given another imported name; or the name makes, types or extends an instance. */
function hands(reference: Node, names: ReadonlySet<string>, module: Module): boolean {
  const parent = parentOf(reference);
  if (parent && isInstance(parent, reference)) return true;
  let current = reference;
  for (let around = parent; around; around = parentOf(around)) {
    if (around.type === 'MemberExpression' && around.object === current) current = around;
    else if (around.type === 'ChainExpression' || (around.type as string) === 'TSNonNullExpression') current = around;
    else if (around.type === 'CallExpression' && around.callee === current) {
      const carries = around.arguments.some((argument) => isName(argument, names) || mentionsSecret(argument, module));
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
