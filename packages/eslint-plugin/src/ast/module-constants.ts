// The string constants that a neighbour module exports: `export const KEY = 'x'`, object tables, enums. Parsed once per
// change, with the parser that lints the file which imports it.
import type { Rule } from 'eslint';
import type { Node, Program } from 'estree';
import { changedAt, neighbour, textOf } from '../neighbours.js';
import type { ExportedConstant, ImportedConstants } from './static-string.js';
import { unwrap } from './unwrap.js';

interface Parser {
  parse?: (code: string, options: object) => Program;
  parseForESLint?: (code: string, options: object) => { ast: Program };
}

type Constants = ReadonlyMap<string, ExportedConstant>;
const cache = new Map<string, { changed: number; constants: Constants }>();

export function importedConstants(context: Rule.RuleContext): ImportedConstants {
  return (specifier, name) => {
    const file = neighbour(context.physicalFilename, specifier);
    return file ? (constantsOf(file, context).get(name) ?? null) : null;
  };
}

function constantsOf(file: string, context: Rule.RuleContext): Constants {
  const changed = changedAt(file);
  const known = cache.get(file);
  if (known?.changed === changed) return known.constants;
  const constants = read(file, context);
  cache.set(file, { changed, constants });
  return constants;
}

function read(file: string, context: Rule.RuleContext): Constants {
  const parser = context.languageOptions['parser'] as Parser;
  const options = {
    ecmaVersion: 'latest',
    sourceType: 'module',
    ecmaFeatures: { jsx: !/\.[mc]?ts$/.test(file) },
    range: true,
    loc: true,
  };
  const code = textOf(file);
  try {
    const program = parser.parseForESLint ? parser.parseForESLint(code, options).ast : parser.parse?.(code, options);
    return program ? exportsOf(program) : new Map();
  } catch {
    return new Map(); // a file that does not parse has its own error elsewhere
  }
}

interface EnumNode {
  type: 'TSEnumDeclaration';
  id: { name: string };
  body?: { members: { id: Node; initializer?: Node }[] };
}

function exportsOf(program: Program): Constants {
  const initializers = new Map<string, Node>();
  const exported = new Map<string, string>();
  const enums = new Map<string, EnumNode>();
  for (const statement of program.body) {
    const isExport = statement.type === 'ExportNamedDeclaration';
    if (isExport) for (const { local, exported: as } of statement.specifiers) exported.set(nameOf(as), nameOf(local));
    for (const name of declare((isExport ? statement.declaration : statement) as Node | EnumNode | null))
      if (isExport) exported.set(name, name);
  }
  const entries = [...exported].map(([as, local]) => [as, constantOf(local)] as const);
  return new Map(entries.filter((entry): entry is [string, ExportedConstant] => entry[1] !== null));

  /** Notes what a statement declares, and returns the names. */
  function declare(declaration: Node | EnumNode | null): string[] {
    if (declaration?.type === 'TSEnumDeclaration') {
      enums.set(declaration.id.name, declaration);
      return [declaration.id.name];
    }
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return [];
    return declaration.declarations.flatMap(({ id, init }) => {
      if (id.type !== 'Identifier' || !init) return [];
      initializers.set(id.name, init);
      return [id.name];
    });
  }

  function constantOf(name: string): ExportedConstant | null {
    const members = enums.get(name)?.body?.members;
    if (members) return table(members.map(({ id, initializer }) => [nameOf(id), initializer ?? null]));
    const node = initializers.get(name);
    const expression = node && unwrap(node);
    if (expression?.type === 'ObjectExpression') {
      return table(
        expression.properties.flatMap((property) =>
          property.type === 'Property' ? [[nameOf(property.key), property.value]] : [],
        ),
      );
    }
    return expression ? text(expression) : null;
  }

  function table(members: [string, Node | null][]): ExportedConstant {
    const known = members.map(([name, node]) => [name, node && text(node)] as const);
    return new Map(known.filter((entry): entry is [string, string] => entry[1] !== null));
  }

  function text(node: Node, depth = 0): string | null {
    const expression = unwrap(node);
    if (depth > 8) return null;
    if (expression.type === 'Literal') return typeof expression.value === 'string' ? expression.value : null;
    if (expression.type === 'Identifier')
      return text(initializers.get(expression.name) ?? { type: 'ThisExpression' }, depth + 1);
    if (
      expression.type === 'BinaryExpression' &&
      expression.operator === '+' &&
      expression.left.type !== 'PrivateIdentifier'
    ) {
      const [left, right] = [text(expression.left, depth + 1), text(expression.right, depth + 1)];
      return left === null || right === null ? null : left + right;
    }
    if (expression.type !== 'TemplateLiteral') return null;
    const holes = expression.expressions.map((hole) => text(hole, depth + 1));
    return holes.includes(null)
      ? null
      : expression.quasis.map((quasi, index) => (quasi.value.cooked ?? '') + (holes[index] ?? '')).join('');
  }
}

const nameOf = (node: Node): string =>
  node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
