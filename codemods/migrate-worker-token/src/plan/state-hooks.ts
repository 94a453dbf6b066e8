/**
 * A whole React idiom - a state that repeats what is stored, and the timers, listeners and effects that keep it so - becomes a hook.
 * Where a part is used for more, nothing happens here: each part goes on by itself.
 */
import { isInside, type Node } from '../ast/node.js';
import { enclosingStatement, unwrap } from '../ast/shapes.js';
import { packageFolder } from '../setup-module/place-setup.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import { hookCall, hookValueOf, storedIn, type HookName, type HookValue } from './hook-values.js';
import { canUseHooks } from './hook-use.js';
import { componentsOf, findMirrors, statesOf, type Mirror, type Mirrors } from './mirrored-states.js';
import type { Module } from './module.js';
import type { StorageOperation } from './storage-operations.js';
import { eolOf, indentOf, lineSpan, usesSemicolons } from './text-edits.js';

const TRIGGER = { timer: 'polling-timer', listener: 'listener' } as const;

/** @param open The storage calls of the file that are migrated. */
export function planStateHooks(context: PlanContext, module: Module, open: StorageOperation[]): void {
  if (context.options.react !== 'hooks' || !module.specifiers.includes('react')) return;
  const folder = packageFolder(module.path, context.options.root);
  const canUse = (hooks: HookValue[]) =>
    canUseHooks(
      context,
      module,
      folder,
      hooks.map(({ hook }) => hook),
    );
  const reads = new Map(open.filter(({ kind }) => kind === 'get').map((read) => [read.node, read]));
  for (const component of componentsOf(module)) {
    if (statesOf(module, component).length === 0) continue;
    const found = findMirrors(context, module, component, reads);
    const hooks = found?.mirrors.map(({ values }) => hookValueOf(values)) ?? [];
    if (!found || hooks.includes(null) || !canUse(hooks as HookValue[])) continue;
    write(context, module, component, found, hooks as HookValue[], open);
  }
}

function write(
  context: PlanContext,
  module: Module,
  component: Node,
  { mirrors, idle, triggers, dependencies }: Mirrors,
  hooks: HookValue[],
  open: StorageOperation[],
): void {
  const part = componentOf(module, component);
  for (const { call, kind, fn } of triggers) {
    if (kind === 'delay') continue;
    const keys = open.filter(({ node }) => isInside(node, fn)).flatMap((operation) => operation.keys);
    addSite(context, module, call, TRIGGER[kind], { keys, peeks: true });
  }
  for (const statement of idle) {
    const span = lineSpan(module, statement);
    context.edits.remove(module, span.start, span.end, part);
  }
  for (const list of new Set(dependencies.map(({ parent }) => parent as Node))) {
    const kept = (list['elements'] as Node[]).filter((element) => !dependencies.includes(element));
    const text = kept.map((element) => module.text.slice(element.start, element.end)).join(', ');
    context.edits.replace(module, list.start, list.end, `[${text}]`, part);
  }
  const shared = shareHooks(context, module, component, mirrors, hooks);
  for (const [index, mirror] of mirrors.entries())
    writeState(context, module, mirror, hooks[index] as HookValue, shared);
}

/** Several states of one hook: it is called once, in front of the first. */
function shareHooks(
  context: PlanContext,
  module: Module,
  component: Node,
  mirrors: Mirror[],
  hooks: HookValue[],
): Map<HookName, string> {
  const shared = new Map<HookName, string>();
  for (const hook of new Set(hooks.map((value) => value.hook))) {
    const users = mirrors.filter((_, i) => hooks[i]?.hook === hook);
    const name = storedIn(hook);
    const [first] = users;
    if (!first || users.length < 2 || module.scopes.isTaken(name, component)) continue;
    const withSecret = hooks.some((value) => value.hook === hook && value.withSecret);
    const { start } = enclosingStatement(first.declarator);
    const end = usesSemicolons(module.text) ? ';' : '';
    const line = `const { ${name} } = ${hookCall({ hook, withSecret })}${end}${eolOf(module.text)}${indentOf(module, start)}`;
    context.edits.insert(module, start, line, componentOf(module, component));
    shared.set(hook, name);
  }
  return shared;
}

function writeState(
  context: PlanContext,
  module: Module,
  { name, declarator }: Mirror,
  value: HookValue,
  shared: Map<HookName, string>,
): void {
  const stored = storedIn(value.hook);
  const isPlain = value.isWhole && name === stored && !shared.has(value.hook);
  const source = shared.get(value.hook) ?? `${hookCall(value)}.${stored}`;
  const text = isPlain ? `{ ${name} } = ${hookCall(value)}` : `${name} = ${quoted(module, value.text(source))}`;
  const init = unwrap(declarator['init']);
  context.edits.markRemoved(module, init.start, init.end);
  context.edits.replace(module, declarator.start, declarator.end, text, componentOf(module, declarator));
}

/** With the quotes of the file. */
function quoted({ text }: Module, code: string): string {
  const doubles = (text.match(/"/g) ?? []).length;
  const singles = (text.match(/'/g) ?? []).length;
  return doubles > singles ? code.replace(/'([^'"\\]*)'/g, '"$1"') : code;
}
