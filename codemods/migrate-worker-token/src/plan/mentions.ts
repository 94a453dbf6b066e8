/** Where a name is mentioned, in its own file and in those that import it. Bystanders are read where they mention it. */
import { basename, dirname } from 'node:path';
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import type { SourceFile } from '../types.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

export interface Mention {
  module: Module;
  node: Node;
}

const indexes = new WeakMap<Project, ImportIndex>();

/** @param module The file that declares the name. */
export function mentionsOf(project: Project, module: Module, binding: Binding): Mention[] {
  return mentions(project, module, binding, true);
}

/** Those in files that have to do with a signal: what they say may still be wrong for others. */
export function nearMentionsOf(project: Project, module: Module, binding: Binding): Mention[] {
  return mentions(project, module, binding, false);
}

function mentions(project: Project, module: Module, binding: Binding, withBystanders: boolean): Mention[] {
  let index = indexes.get(project);
  if (!index) indexes.set(project, (index = new ImportIndex(project)));
  const own = binding.references.map((node) => ({ module, node }));
  return [...own, ...index.mentionsOf(module, binding, withBystanders)];
}

interface Handover {
  module: Module;
  from: string;
  /** What the file calls it for its own importers. */
  as: string;
}

/** Imports and re-exports by the name that they take. */
class ImportIndex {
  private readonly imports = new Map<string, { module: Module; binding: Binding }[]>();
  private readonly handovers = new Map<string, Handover[]>();
  private readonly starExporters: Module[] = [];
  private readonly answers = { near: new Map<Binding, Mention[]>(), all: new Map<Binding, Mention[]>() };
  private readonly unread: Set<SourceFile>;

  constructor(private readonly project: Project) {
    this.unread = new Set(project.bystanders.files);
    for (const module of project.modules) this.add(module);
  }

  mentionsOf(module: Module, binding: Binding, withBystanders: boolean): Mention[] {
    const answers = withBystanders ? this.answers.all : this.answers.near;
    const known = answers.get(binding);
    if (known) return known;
    const names = this.namesOf(module, binding, withBystanders);
    const imports = [...names].flatMap((name) => this.imports.get(name) ?? []);
    const own = imports.filter((found) => this.project.follow(found.module, found.binding)?.binding === binding);
    const found = own.flatMap((imported) =>
      imported.binding.references.map((node) => ({ module: imported.module, node })),
    );
    answers.set(binding, found);
    return found;
  }

  private add(module: Module): void {
    for (const [binding, { name }] of module.imports) put(this.imports, name, { module, binding });
    for (const [as, target] of module.exports) {
      const source = 'binding' in target ? module.imports.get(target.binding) : 'from' in target ? target : undefined;
      if (source) put(this.handovers, source.name, { module, from: source.from, as });
    }
    if (module.starExports.length > 0) this.starExporters.push(module);
  }

  /** What importers may know it by. */
  private namesOf(module: Module, binding: Binding, withBystanders: boolean): Set<string> {
    const exported = [...module.exports].filter(([, target]) => 'binding' in target && target.binding === binding);
    const names = new Set(exported.map(([name]) => name));
    const places = new Set([module.path]);
    if (names.size === 0) return names;
    const isAsking = withBystanders && !this.project.bystanders.knowNothingOf(module.path, names);
    for (let size = -1; size < names.size + places.size;) {
      size = names.size + places.size;
      this.follow(names, places);
      if (!isAsking) continue;
      const words = [...names].filter((name) => name !== 'default');
      const isAnyName = names.has('default') || module.kind === 'cjs';
      this.readBystanders(isAnyName ? [...words, ...[...places].map(addressName)] : words);
    }
    return names;
  }

  /** One step further: files that hand on one of the names. */
  private follow(names: Set<string>, places: Set<string>): void {
    const isPlace = (from: Module, address: string) => places.has(this.project.resolve(from, address) ?? '');
    for (const { module, from, as } of [...names].flatMap((name) => this.handovers.get(name) ?? [])) {
      if (names.has(as) && places.has(module.path)) continue;
      if (!isPlace(module, from)) continue;
      names.add(as);
      places.add(module.path);
    }
    for (const module of this.starExporters)
      if (!places.has(module.path) && module.starExports.some((from) => isPlace(module, from))) places.add(module.path);
  }

  private readBystanders(words: string[]): void {
    if (this.unread.size === 0) return;
    const mention = new RegExp(`(?<![\\w$])(?:${words.map(escaped).join('|')})(?![\\w$])`);
    for (const file of [...this.unread].filter(({ text }) => mention.test(text))) {
      this.unread.delete(file);
      const module = this.project.moduleAt(file.path);
      if (module) this.add(module);
    }
  }
}

/** A part of every address that leads to the file. */
function addressName(path: string): string {
  const name = basename(path).replace(/\.[cm]?[jt]sx?$/, '');
  return name === 'index' ? basename(dirname(path)) : name;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
