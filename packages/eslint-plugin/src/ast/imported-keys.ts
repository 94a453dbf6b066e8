// Does a file that has no word of secrets itself bring in a key from a neighbour that has one? Asked of most files of a project, so names
// come first, then the disk, and of the tree only the references of the few names that are left.
import type { Identifier, Node, Pattern } from 'estree';
import { mayHoldKeys, neighbour, touchesStorage } from '../neighbours.js';
import { requiredBy } from './common-js.js';
import { parentOf, type Module } from './module.js';
import { unwrap } from './unwrap.js';

interface Imported {
  local: Identifier;
  source: string;
}

/** How constants that may hold a key are called, or the files that they come from. */
const keyLike = /[Kk]ey|KEY|[Ss]lot|[Cc]onst|[Cc]onfig|[Nn]ame|[Ss]torage|^[A-Z][A-Z\d_]+$/;

/** The imports that may be keys by their name, or are extended and may bring one as a field. */
export function likelyKeys(module: Module, maybeExtended: boolean): Imported[] {
  const extended = maybeExtended ? superNames(module) : null;
  return importsOf(module).filter(
    ({ local, source }) =>
      keyLike.test(local.name) || keyLike.test(source.slice(source.lastIndexOf('/') + 1)) || extended?.has(local.name),
  );
}

const superNames = ({ ast }: Module) =>
  new Set(
    ast.body.flatMap((statement) => {
      const declared =
        statement.type.startsWith('Export') && 'declaration' in statement ? statement.declaration : statement;
      const base = declared?.type === 'ClassDeclaration' ? declared.superClass : null;
      return base?.type === 'Identifier' ? [base.name] : [];
    }),
  );

/** Those whose file speaks of a secret. */
export const secretKeys = (likely: Imported[], module: Module): Imported[] =>
  likely.filter(({ source }) => leadsTo(source, module, mayHoldKeys));

/** Is one of the names handed to what comes from a neighbour that keeps things in the browser? */
export function isHandedToStore(keys: Imported[], module: Module): boolean {
  if (keys.length === 0) return false;
  const sources = new Map(importsOf(module).map(({ local, source }) => [local.name, source]));
  return keys.some(({ local: key }) =>
    referencesOf(key, module).some((reference) => {
      const source = sources.get(takerOf(reference) ?? '');
      return source !== undefined && leadsTo(source, module, touchesStorage);
    }),
  );
}

function leadsTo(source: string, module: Module, says: (file: string) => boolean): boolean {
  const file = neighbour(module.file, source);
  return file !== null && says(file);
}

const importsOf = ({ ast }: Module): Imported[] =>
  ast.body.flatMap((statement) => {
    if (isTypeOnly(statement)) return [];
    if (statement.type === 'ImportDeclaration')
      return statement.specifiers.map(({ local }) => ({ local, source: String(statement.source.value) }));
    if (statement.type !== 'VariableDeclaration') return [];
    return statement.declarations.flatMap(({ id, init }) => {
      const source = init ? requiredBy(init) : null;
      return source === null ? [] : namesIn(id).map((local) => ({ local, source }));
    });
  });

const isTypeOnly = (statement: object) => 'importKind' in statement && statement.importKind === 'type';

function namesIn(pattern: Pattern): Identifier[] {
  if (pattern.type === 'Identifier') return [pattern];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((entry) => namesIn(entry.type === 'Property' ? entry.value : entry.argument));
}

/** The references of a name of the file's top. */
export function referencesOf({ name }: Identifier, { scopes }: Module): Node[] {
  for (const scope of scopes.scopes.slice(0, 2)) {
    const variable = scope.set.get(name);
    if (variable) return variable.references.map(({ identifier }) => identifier as Node);
  }
  return [];
}

/** The name that a call begins with, of which an expression is an argument: `store` of `store.of('x').set(KEYS.TOKEN)`. */
function takerOf(reference: Node): string | null {
  let argument = reference;
  let around = parentOf(argument);
  while (around && around.type !== 'CallExpression' && /Expression$|Literal$/.test(around.type)) {
    argument = around;
    around = parentOf(argument);
  }
  if (around?.type !== 'CallExpression' || around.callee === argument) return null;
  let base: Node = around.callee;
  while (base.type === 'MemberExpression' || base.type === 'CallExpression')
    base = unwrap(base.type === 'MemberExpression' ? base.object : base.callee);
  return base.type === 'Identifier' ? base.name : null;
}
