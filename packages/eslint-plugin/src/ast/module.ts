// A parsed file with its scopes, and the way to the files it imports. Neighbours are parsed with the parser of the file that
// imports them, once per change; a file that does not parse is as good as absent.
import { analyze } from 'eslint-scope';
import type { Rule, Scope } from 'eslint';
import type { Node, Program } from 'estree';
import { changedAt, neighbour, textOf } from '../neighbours.js';

export interface Module {
  readonly file: string;
  readonly text: string;
  readonly ast: Program;
  readonly scopes: Scope.ScopeManager;
  /** The module behind a relative specifier, or null. */
  imported(specifier: string): Module | null;
}

interface Parser {
  parse?: (code: string, options: object) => Program;
  parseForESLint?: (code: string, options: object) => { ast: Program; scopeManager?: Scope.ScopeManager };
}

/** Texts without any of these hold neither a key nor a wrapper. */
const matters = /Storage|cookie|indexedDB|idb|forage|persist|token|secret|cred|jwt|bearer|worker|axios|\bky\b/i;

const own = new WeakMap<object, Module>();
const cache = new Map<string, { changed: number; parser: Parser; module: Module | null }>();

/** The module of the file that is being linted. */
export function moduleOf(context: Rule.RuleContext): Module {
  const { sourceCode } = context;
  const known = own.get(sourceCode);
  if (known) return known;
  const parser = context.languageOptions['parser'] as Parser;
  const module: Module = {
    file: context.physicalFilename,
    text: sourceCode.text,
    ast: sourceCode.ast,
    scopes: sourceCode.scopeManager,
    imported: (specifier) => next(context.physicalFilename, specifier, parser),
  };
  own.set(sourceCode, module);
  return module;
}

function next(from: string, specifier: string, parser: Parser): Module | null {
  const file = neighbour(from, specifier);
  if (!file) return null;
  const changed = changedAt(file);
  const known = cache.get(file);
  if (known?.changed === changed && known.parser === parser) return known.module;
  const module = read(file, parser);
  cache.set(file, { changed, parser, module });
  return module;
}

function read(file: string, parser: Parser): Module | null {
  const text = textOf(file);
  if (!matters.test(text)) return null;
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
    return { file, text, ast: parsed.ast, scopes, imported: (specifier) => next(file, specifier, parser) };
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
