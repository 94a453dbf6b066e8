/** The start gate: before the first render the manager has read its storage, so that synchronous reads find everything. */
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import {
  enclosingFunction,
  enclosingStatement,
  isCall,
  isIdentifier,
  isMember,
  propertyName,
  unwrap,
} from '../ast/shapes.js';
import { packageFolder } from '../setup-module/place-setup.js';
import { makeCallGraph, type CallGraph } from './call-graph.js';
import { addSite, type EntryGate, type PlanContext } from './context.js';
import { entryGateOf, pointToGate } from './entry-gate.js';
import { entryFiles } from './entry-files.js';
import type { Module } from './module.js';
import { sentenceOf, suggestionOf } from './reasons.js';
import { eolOf, indentOf, indentStep, usesSemicolons } from './text-edits.js';

const GATE = 'gate';

/** Adds the gate to each package with synchronous reads. Returns the entry files that were changed. */
export function planStartGate(context: PlanContext): { changed: Module[]; created: EntryGate[] } {
  const peeking = context.sites.filter((site) => site.peeks && site.status === 'migrated');
  const folders = new Set(peeking.map((site) => packageFolder(site.module.path, context.options.root)));
  const graph = makeCallGraph(context);
  const entries: Module[] = [];
  const created: EntryGate[] = [];
  for (const folder of folders) {
    const gate = entryGateOf(context, folder);
    if (gate) {
      if (gate !== 'done') created.push(gate);
      continue;
    }
    const found = findRender(context, folder);
    const isGated = found && /\bworkerTokenManager\.ready\(\)|<WorkerTokenProvider\b/.test(found.module.text);
    if (found && !isGated && writeGate(context, graph, found)) entries.push(found.module);
    else if (!isGated) noteMissingEntry(context, folder);
  }
  for (const gate of created) pointToGate(context, gate);
  reportEarlyReads(context, graph, entries);
  return { changed: entries, created };
}

/** There is a place for the gate, or a gate. */
export const isGated = (context: PlanContext, folder: string): boolean =>
  Boolean(entryGateOf(context, folder)) || findRender(context, folder) !== null;

interface Render {
  module: Module;
  statement: Node;
}

function findRender(context: PlanContext, folder: string): Render | null {
  const inFolder = context.project.modules.filter((m) => packageFolder(m.path, context.options.root) === folder);
  const named = entryFiles(folder).map((path) => context.project.moduleAt(path));
  for (const module of [...named, ...inFolder]) {
    if (!module || /\.(test|spec|stories)\./.test(module.rel)) continue;
    const call = findAll(module.program, (node) => isCall(node) && isRender(module, node))[0];
    const statement = call && enclosingStatement(call);
    if (statement?.type === 'ExpressionStatement') return { module, statement };
  }
  return null;
}

/** `createRoot(…).render(…)`, `root.render(…)`, `hydrateRoot(…)`, `ReactDOM.render(…)`, `createApp(…).mount(…)`. */
function isRender(module: Module, call: Node): boolean {
  const callee = unwrap(call['callee']);
  if (isIdentifier(callee, 'hydrateRoot')) return true;
  if (isIdentifier(callee, 'render')) return /from\s+['"](react-dom|preact|solid-js\/web)/.test(module.text);
  if (!isMember(callee)) return false;
  const name = propertyName(callee);
  if (name === 'hydrateRoot') return true;
  if (name !== 'render' && name !== 'mount') return false;
  const starts = /\b(createRoot|ReactDOM|createApp|createSSRApp)\b/;
  const object = unwrap(callee['object']);
  const binding = object.type === 'Identifier' ? module.scopes.bindingOf(object) : undefined;
  const source = binding?.declaration.type === 'VariableDeclarator' ? binding.declaration['init'] : object;
  return source !== null && starts.test(module.text.slice(source.start, source.end));
}

function writeGate(context: PlanContext, graph: CallGraph, { module, statement }: Render): boolean {
  const end = usesSemicolons(module.text) ? ';' : '';
  const fn = enclosingFunction(statement);
  const hasTopLevelAwait =
    findAll(module.program, (node) => node.type === 'AwaitExpression' && !enclosingFunction(node)).length > 0;
  const first = firstReader(graph, module, statement);
  if (fn?.['async'] || (!fn && hasTopLevelAwait)) {
    const line = `await workerTokenManager.ready()${end}${eolOf(module.text)}${indentOf(module, first.start)}`;
    context.edits.insert(module, first.start, line, GATE);
    return true;
  }
  wrap(context, module, first, closest(statement, (at) => at.parent === first.parent) ?? statement, end);
  return true;
}

/** The first statement at the top of the entry that reads from memory, if it can be moved behind the gate with the rest. */
function firstReader(graph: CallGraph, module: Module, statement: Node): Node {
  const body: Node[] = module.program['body'];
  const top = body.find((at) => isInside(statement, at));
  if (!top || enclosingFunction(statement)) return statement;
  const before = body.slice(0, body.indexOf(top)).filter((at) => !/^(Import|Export|TS)|Function|Class/.test(at.type));
  const first = before.find((at) => graph.peeks(module, at));
  if (!first) return statement;
  const moved = body.slice(body.indexOf(first), body.indexOf(top) + 1);
  const isMovable = moved.every((at) => /Statement$|^VariableDeclaration$/.test(at.type));
  return isMovable && !isNeededOutside(module, moved) ? first : statement;
}

function isNeededOutside(module: Module, moved: Node[]): boolean {
  const isIn = (node: Node) => moved.some((at) => isInside(node, at));
  return (
    module.scopes.root.bindings.size > 0 &&
    [...module.scopes.root.bindings.values()].some((b) => isIn(b.id) && b.references.some((r) => !isIn(r)))
  );
}

/** `void workerTokenManager.ready().then(() => { … })`: legal wherever a statement is. */
function wrap(context: PlanContext, module: Module, first: Node, last: Node, end: string): void {
  const { text } = module;
  const eol = eolOf(text);
  const indent = indentOf(module, first.start);
  const step = indentStep(text);
  context.edits.replace(
    module,
    first.start,
    last.end,
    () => {
      const inner = context.edits.render(module, first.start, last.end);
      const hasText = findAll(
        module.program,
        (node) => node.type === 'TemplateLiteral' && isInside(node, module.program),
      ).some(
        (node) => node.start >= first.start && node.end <= last.end && text.slice(node.start, node.end).includes('\n'),
      );
      const shifted = hasText ? inner : inner.replace(/\n(?=[^\r\n])/g, `\n${step}`);
      return `void workerTokenManager.ready().then(() => {${eol}${indent}${step}${shifted}${eol}${indent}})${end}`;
    },
    GATE,
  );
}

function noteMissingEntry(context: PlanContext, folder: string): void {
  for (const site of context.sites) {
    if (!site.peeks || packageFolder(site.module.path, context.options.root) !== folder) continue;
    site.suggestion = 'no entry file was found: call `await workerTokenManager.ready()` before this code runs first';
  }
}

/** Calls while modules are evaluated come before every gate. */
function reportEarlyReads(context: PlanContext, graph: CallGraph, entries: Module[]): void {
  for (const module of context.project.modules) {
    if (entryGateOf(context, packageFolder(module.path, context.options.root))) continue;
    if (entries.includes(module) || module.kind === 'script' || /\.(test|spec|stories)\./.test(module.rel)) continue;
    for (const statement of module.program['body'] as Node[]) {
      if (
        /^(Import|TS)|^Export(All|Default)|Function|^ClassDeclaration/.test(statement.type) ||
        !graph.peeks(module, statement)
      )
        continue;
      const site = addSite(context, module, statement, 'read-early', { status: 'manual' });
      site.reason = sentenceOf('evaluated-before-ready');
      site.suggestion = suggestionOf('evaluated-before-ready');
    }
  }
}
