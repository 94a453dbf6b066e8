// A parsed file with its scopes, and the way to the files it imports. Neighbours are parsed with the parser of the file that
// imports them, once per change; a file that does not parse is as good as absent.
import { analyze } from 'eslint-scope';
import type { Rule, Scope } from 'eslint';
import type { Node, Program } from 'estree';
import { changedAt, isWorthParsing, neighbour, textOf } from '../neighbours.js';
import { typesOf, type Types } from './types.js';

export interface Module {
  readonly file: string;
  readonly text: string;
  readonly ast: Program;
  readonly scopes: Scope.ScopeManager;
  /** null: the rules do without. */
  readonly types: Types | null;
  /** The module behind a relative specifier, or null. */
  imported(specifier: string): Module | null;
  /** The module of a file by its path, or null. */
  at(file: string): Module | null;
}

interface Parser {
  parse?: (code: string, options: object) => Program;
  parseForESLint?: (code: string, options: object) => { ast: Program; scopeManager?: Scope.ScopeManager };
}

const own = new WeakMap<object, Module>();
/** How modules are read: what two of them must share to be of one kind. */
interface Means {
  parser: Parser;
  types: Types | null;
}

const cache = new Map<string, { changed: number; means: Means; module: Module | null }>();

/** The module of the file that is being linted. */
export function moduleOf(context: Rule.RuleContext): Module {
  const { sourceCode } = context;
  const known = own.get(sourceCode);
  if (known) return known;
  const means = { parser: context.languageOptions['parser'] as Parser, types: typesOf(context) };
  const module: Module = {
    file: context.physicalFilename,
    text: sourceCode.text,
    ast: sourceCode.ast,
    scopes: sourceCode.scopeManager,
    ...waysFrom(context.physicalFilename, means),
  };
  own.set(sourceCode, module);
  return module;
}

function waysFrom(from: string, means: Means): Pick<Module, 'types' | 'imported' | 'at'> {
  return {
    types: means.types,
    imported: (specifier) => {
      const file = neighbour(from, specifier);
      return file ? load(file, means) : null;
    },
    at: (file) => load(file, means),
  };
}

function load(file: string, means: Means): Module | null {
  const changed = changedAt(file);
  const known = cache.get(file);
  const isSame = known?.means.parser === means.parser && known.means.types === means.types;
  if (known?.changed === changed && isSame) return known.module;
  const module = read(file, means);
  cache.set(file, { changed, means, module });
  return module;
}

function read(file: string, means: Means): Module | null {
  const { parser } = means;
  const text = textOf(file);
  if (!means.types && !isWorthParsing(file)) return null;
  const options = {
    ecmaVersion: 'latest',
    sourceType: 'module',
    ecmaFeatures: { jsx: !/\.[mc]?ts$/.test(file) },
    range: true,
    loc: true,
  };
  try {
    const parsed = parser.parseForESLint?.(text, options) ?? { ast: parser.parse?.(text, options) };
    if (!parsed.ast) return null;
    linkParents(parsed.ast);
    const scopes =
      ('scopeManager' in parsed && parsed.scopeManager) ||
      analyze(parsed.ast, { ecmaVersion: 2022, sourceType: 'module' });
    return { file, text, ast: parsed.ast, scopes, ...waysFrom(file, means) };
  } catch {
    return null; // a file that does not parse has its own error elsewhere
  }
}

function linkParents(node: Node): void {
  for (const child of childrenOf(node)) {
    (child as { parent?: Node }).parent = node;
    linkParents(child);
  }
}

/** All nodes right below a node, in any dialect of ESTree. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (key === 'parent') continue;
    for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) children.push(item);
  }
  return children;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The node around a node; null at the top. */
export const parentOf = (node: Node): Node | null => (node as unknown as { parent?: Node | null }).parent ?? null;

/** The nearest node around that is of one of the types. */
export function ancestorOf(node: Node, types: RegExp): Node | null {
  let current = parentOf(node);
  while (current && !types.test(current.type)) current = parentOf(current);
  return current;
}
