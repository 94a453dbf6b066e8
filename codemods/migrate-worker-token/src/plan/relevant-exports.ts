/**
 * Which exports have to do with our signals: their declaration holds one, or uses what does. An importer that mentions none of them
 * cannot have a site.
 */
import { basename, dirname } from 'node:path';
import { mayHaveSite, type LegacySignals } from '@worker-token/legacy-signals';
import { closest, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import type { SourceFile } from '../types.js';
import type { ExportTarget, Module } from './module.js';

/** A key may come together from what an importer passes. */
const STORAGE = /\b(?:local|session)Storage\b/;

/** Names by file; null where importers may call a relevant export what they like. */
export type RelevantExports = ReadonlyMap<string, string[] | null>;

/**
 * @param modules Files with a signal.
 * @param barrels Files that hand names on, perhaps under other ones.
 */
export function relevantExports(
  modules: readonly Module[],
  barrels: readonly SourceFile[],
  signals: LegacySignals,
): RelevantExports {
  const files = modules.map((module) => new RelevantFile(module, signals));
  const renames = barrels.flatMap(({ text }) => [...text.matchAll(/\b([\w$]+)\s+as\s+([\w$]+)/g)]);
  const known = new Known();
  for (let size = -1; size < known.size;) {
    size = known.size;
    for (const file of files) known.add(file.path, file.exportsBy(known));
    for (const [, from, to] of renames) if (known.names.has(from as string)) known.names.add(to as string);
  }
  return new Map(files.map((file) => [file.path, file.namesFor(known)]));
}

/** Relevant exports of all files, as an importer calls them. */
class Known {
  readonly names = new Set<string>();
  /** Last parts of addresses whose default export is relevant. */
  readonly defaults = new Set<string>();

  get size(): number {
    return this.names.size + this.defaults.size;
  }

  add(path: string, names: readonly string[]): void {
    for (const name of names) this.names.add(name);
    if (names.includes('default')) this.defaults.add(addressName(path));
  }

  has({ from, name }: { from: string; name: string }): boolean {
    if (name === '*') return this.size > 0 && from.startsWith('.');
    return name === 'default' ? this.defaults.has(addressName(from)) : this.names.has(name);
  }
}

/** `./api/index.ts` → `api`. */
function addressName(path: string): string {
  const name = basename(path).replace(/\.[cm]?[jt]sx?$/, '');
  return name === 'index' ? basename(dirname(path)) : name;
}

class RelevantFile {
  readonly path: string;
  private readonly relevant = new Set<Binding>();
  private readonly statements: { node: Node; declared: Binding[]; used: Set<Binding> }[];
  private readonly withSignal = new Set<Node>();

  constructor(
    private readonly module: Module,
    signals: LegacySignals,
  ) {
    this.path = module.path;
    const body = (module.program['body'] as Node[]).filter((node) => node.type !== 'ImportDeclaration');
    const byNode = new Map(body.map((node) => [node, { node, declared: [] as Binding[], used: new Set<Binding>() }]));
    for (const binding of module.scopes.root.bindings.values()) {
      byNode.get(statementOf(binding.id))?.declared.push(binding);
      for (const reference of binding.references) byNode.get(statementOf(reference))?.used.add(binding);
    }
    this.statements = [...byNode.values()];
    for (const node of body) {
      const text = module.text.slice(node.start, node.end);
      if (mayHaveSite(text, signals) || STORAGE.test(text)) this.withSignal.add(node);
    }
  }

  /** Names of the exports that are relevant, given those of other files. */
  exportsBy(known: Known): string[] {
    for (const [binding, imported] of this.module.imports) if (known.has(imported)) this.relevant.add(binding);
    for (let size = -1; size < this.relevant.size;) {
      size = this.relevant.size;
      for (const statement of this.statements) this.spread(statement);
    }
    return [...this.module.exports].filter(([, target]) => this.isRelevant(target, known)).map(([name]) => name);
  }

  /** What a relevant statement declares is relevant; so are the objects and variables that it may change. */
  private spread({ node, declared, used }: RelevantFile['statements'][number]): void {
    if (!this.isRelevantStatement(node, used)) return;
    for (const binding of declared) this.relevant.add(binding);
    const isPlain = node.type === 'ExpressionStatement';
    for (const binding of used) if (isPlain || /^(let|var)$/.test(binding.kind)) this.relevant.add(binding);
  }

  private isRelevantStatement(node: Node, used: ReadonlySet<Binding>): boolean {
    if (this.withSignal.has(node)) return true;
    return node.type !== 'ExportNamedDeclaration' || node['declaration']
      ? [...used].some((binding) => this.relevant.has(binding))
      : false;
  }

  private isRelevant(target: ExportTarget, known: Known): boolean {
    if ('binding' in target) return this.relevant.has(target.binding);
    if ('from' in target) return known.has(target);
    const node = statementOf(target.expression);
    const statement = this.statements.find((candidate) => candidate.node === node);
    return statement !== undefined && this.isRelevantStatement(node, statement.used);
  }

  namesFor(known: Known): string[] | null {
    if (this.module.kind === 'cjs' || /\bexport\s*=/.test(this.module.text)) return null;
    const names = this.exportsBy(known);
    return names.includes('default') ? null : names;
  }
}

/** The statement at the top of the file. */
const statementOf = (node: Node): Node => closest(node, (at) => at.parent?.type === 'Program') ?? node;
