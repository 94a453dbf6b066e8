/** A global store that is asked right after the worker credentials were not found. They have one source now. */
import { findAll, isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { calleeName, enclosingFunction, isCall, statementList, unwrap, wrapped } from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import type { Module } from './module.js';
import { alwaysLeaves } from './surroundings.js';
import { lineSpan } from './text-edits.js';

const PATTERN = 'global-fallback';

export function isGlobalFallback(context: PlanContext, raw: Node): boolean {
  const node = unwrap(raw);
  return isCall(node) && context.signals.globalFallbacks.includes(calleeName(node) ?? '');
}

/** Fallback calls in functions that also read the worker credentials. */
export function planGlobalFallbacks(context: PlanContext, module: Module, reads: Node[]): void {
  const functions = new Set(reads.map((read) => enclosingFunction(read)).filter((fn) => fn !== null));
  for (const fn of functions) {
    const first = Math.min(...reads.filter((read) => isInside(read, fn)).map((read) => read.start));
    const calls = findAll(fn, (node) => isGlobalFallback(context, node) && node.start > first);
    for (const call of calls)
      if (!context.edits.isRemoved(module, call) && !isReported(context, call)) drop(context, module, call);
  }
}

const isReported = (context: PlanContext, call: Node): boolean =>
  context.sites.some((site) => site.pattern === PATTERN && site.node === call);

function drop(context: PlanContext, module: Module, call: Node): void {
  const declarator = wrapped(call).parent;
  const isVariable = declarator?.type === 'VariableDeclarator' && declarator['id'].type === 'Identifier';
  const binding = isVariable ? module.scopes.bindingOf(declarator['id']) : undefined;
  const places = binding && placesOf(binding);
  if (!binding || !places || declarator?.parent?.['declarations'].length !== 1) {
    return leave(context, module, call, PATTERN, 'global-fallback');
  }
  const component = componentOf(module, call);
  addSite(context, module, call, PATTERN);
  const statement = lineSpan(module, declarator.parent);
  context.edits.remove(module, statement.start, statement.end, component);
  for (const place of places) {
    if (place.type === 'IfStatement') {
      const span = lineSpan(module, place);
      context.edits.remove(module, span.start, span.end, component);
    } else {
      const { alternate } = place as unknown as { alternate: Node };
      const kept = module.text.slice(alternate.start, alternate.end);
      context.edits.markRemoved(module, place.start, place.end);
      context.edits.replace(module, place.start, place.end, kept, component);
    }
  }
}

/** The conditionals that all mentions are in: `s.id ? s : EMPTY`, `if (s.id) return s`; null if there are others. */
function placesOf(binding: Binding): Node[] | null {
  const places = new Set<Node>();
  for (const reference of binding.references) {
    const place = placeOf(reference);
    if (!place) return null;
    places.add(place);
  }
  const list = [...places];
  return list.filter((place) => !list.some((other) => other !== place && isInside(place, other)));
}

function placeOf(reference: Node): Node | null {
  for (let at: Node = reference; at.parent; at = at.parent) {
    const parent = at.parent;
    if (parent.type === 'ConditionalExpression' && parent['alternate'] !== at)
      return isTestOf(parent, reference) ? parent : null;
    if (parent.type === 'IfStatement' && !parent['alternate'] && statementList(parent).includes(parent)) {
      return parent['test'] === at || alwaysLeaves(parent['consequent']) ? parent : null;
    }
    if (/Function/.test(parent.type)) return null;
  }
  return null;
}

/** The condition asks about the fallback itself. */
function isTestOf(conditional: Node, reference: Node): boolean {
  return (
    findAll(conditional['test'], (node) => node.type === 'Identifier' && node['name'] === reference['name']).length > 0
  );
}
