// Type information, where a typed preset asks for it and the parser has it: from a callee to the declaration of its function, across
// path aliases, packages of a workspace and instances. Speaks to the compiler through the nodes that it gives; imports none of it.
import type { Rule } from 'eslint';
import type { Node } from 'estree';
import { settingsOf } from '../settings.js';

/** Where something is declared: the file and its range in it. */
export interface Declared {
  file: string;
  range: [number, number];
}

export interface Types {
  /** The declaration of what an expression names; null for what is only declared, or comes from a package. */
  declarationOf(file: string, node: Node): Declared | null;
}

interface TsNode {
  pos: number;
  end: number;
  initializer?: TsNode;
  getStart(): number;
  getSourceFile(): TsNode & { fileName: string; isDeclarationFile: boolean };
  forEachChild<T>(visit: (child: TsNode) => T | undefined): T | undefined;
}
interface TsSymbol {
  flags: number;
  declarations?: TsNode[];
  valueDeclaration?: TsNode;
}
interface Checker {
  getSymbolAtLocation(node: TsNode): TsSymbol | undefined;
  getAliasedSymbol(symbol: TsSymbol): TsSymbol;
}
interface Program {
  getSourceFile(file: string): TsNode | undefined;
  getTypeChecker(): Checker;
}

/** `ts.SymbolFlags.Alias`. */
const alias = 2_097_152;

/** null: nobody asked, or the parser has none. */
export function typesOf(context: Rule.RuleContext): Types | null {
  if (!settingsOf(context).typeInformation) return null;
  const { program } = context.sourceCode.parserServices as { program?: Program | null };
  if (!program) return null;
  let types = known.get(program);
  if (!types) known.set(program, (types = { declarationOf: (file, node) => declarationOf(program, file, node) }));
  return types;
}

const known = new WeakMap<Program, Types>();

function declarationOf(program: Program, file: string, node: Node): Declared | null {
  const source = program.getSourceFile(file);
  const [from, to] = node.range ?? [0, 0];
  const named = source && nodeAt(source, nameEnd(node, from, to), to);
  const checker = program.getTypeChecker();
  const symbol = named && checker.getSymbolAtLocation(named);
  const target = symbol && (symbol.flags & alias ? checker.getAliasedSymbol(symbol) : symbol);
  const declaration = target?.valueDeclaration ?? target?.declarations?.[0];
  if (!declaration) return null;
  const { fileName, isDeclarationFile } = declaration.getSourceFile();
  if (isDeclarationFile || fileName.includes('/node_modules/')) return null;
  const held = declaration.initializer ?? declaration;
  return { file: fileName, range: [held.getStart(), held.end] };
}

/** Of `a.b.c` the name is `c`. */
function nameEnd(node: Node, from: number, to: number): number {
  return node.type === 'MemberExpression' ? (node.property.range?.[0] ?? from) : Math.min(from, to);
}

function nodeAt(node: TsNode, start: number, end: number): TsNode | undefined {
  return node.forEachChild((child) => {
    if (child.pos > start || child.end < end) return undefined;
    return nodeAt(child, start, end) ?? (child.end === end && child.getStart() === start ? child : undefined);
  });
}
