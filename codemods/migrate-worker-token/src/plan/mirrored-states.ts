/** States of React components that only repeat what is stored, and the code that does nothing but keep them so. */
import type { Node } from '../ast/node.js';
import { enclosingFunction, isFunction, unwrap } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { IdleCode } from './idle-code.js';
import type { StateOfComponent, Trigger } from './state-parts.js';
import type { Module } from './module.js';
import { isReactCall } from './react-calls.js';
import type { Surroundings } from './store-expressions.js';
import { Run } from './store-interpreter.js';
import type { StorageOperation } from './storage-operations.js';
import { isSame, WORLDS, type StoreValue } from './store-values.js';
import { functionBehind } from './subscriptions.js';

export interface Mirror extends StateOfComponent {
  /** Its value in each of the worlds. */
  values: StoreValue[];
}

export interface Mirrors {
  mirrors: Mirror[];
  /** Statements that are not needed any more. */
  idle: Node[];
  /** Timers and listeners in them. */
  triggers: Trigger[];
  /** Mentions in the dependencies of what stays. */
  dependencies: Node[];
}

/** The states of one component that may be mirrors. */
export function statesOf(module: Module, component: Node): StateOfComponent[] {
  const body: Node[] = component['body'].type === 'BlockStatement' ? component['body'].body : [];
  return body.flatMap((statement) => {
    const [declarator, more] = statement.type === 'VariableDeclaration' ? (statement['declarations'] as Node[]) : [];
    if (!declarator || more || declarator['id'].type !== 'ArrayPattern') return [];
    if (!declarator['init'] || !isReactCall(module, unwrap(declarator['init']), ['useState'])) return [];
    const [value, setter] = (declarator['id']['elements'] as (Node | null)[]).map((id) =>
      id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined,
    );
    return value && setter ? [{ name: value.name, declarator, value, setter }] : [];
  });
}

/** Takes states away until those that are left, and the code around them, depend on nothing but what is stored. */
export function findMirrors(
  context: PlanContext,
  module: Module,
  component: Node,
  reads: Map<Node, StorageOperation>,
): Mirrors | null {
  let states = statesOf(module, component);
  while (states.length > 0) {
    const around = surroundingsOf(context, states, reads);
    const code = new IdleCode(module, component, around);
    const blocked = new Set([...code.stillNeeded(states), ...code.neverTold(states)]);
    const values = new Map(states.map((state) => [state.name, valuesOf(module, state, around, code)]));
    const kept = states.filter((state) => !blocked.has(state.name) && values.get(state.name));
    if (kept.length === states.length) {
      const mirrors = kept.map((state) => ({ ...state, values: values.get(state.name) as StoreValue[] }));
      return { mirrors, idle: code.statements, triggers: code.triggers, dependencies: code.dependencies };
    }
    states = kept;
  }
  return null;
}

function surroundingsOf(
  context: PlanContext,
  states: StateOfComponent[],
  reads: Map<Node, StorageOperation>,
): Surroundings {
  return {
    context,
    reads,
    setters: new Map(states.map((state) => [state.setter, state.name])),
    values: new Map(states.map((state) => [state.value, state.name])),
  };
}

/** The value in each world, if the first one and everything that is set later agree on it. */
function valuesOf(module: Module, state: StateOfComponent, around: Surroundings, code: IdleCode): StoreValue[] | null {
  const first = WORLDS.map((world) => firstValue(module, state, new Run(world, around)));
  const later = code.runs.valuesOf(state.name);
  if (!later || [...first, ...later].some((value) => value.kind === 'unknown' || value.kind === 'event')) return null;
  const agrees = later.every((value, i) => isSame(value, first[i] as StoreValue));
  // It starts empty, and an effect fills it after the first render.
  const startsEmpty =
    first.every((value) => isSame(value, first[0] as StoreValue)) &&
    isSame(first[0] as StoreValue, later[0] as StoreValue);
  return agrees || (startsEmpty && code.setsOnMount(state.name)) ? later : null;
}

function firstValue(module: Module, { declarator }: StateOfComponent, run: Run): StoreValue {
  const [argument] = unwrap(declarator['init'])['arguments'] as Node[];
  if (!argument) return { kind: 'literal', text: 'undefined' };
  const node = unwrap(argument);
  const fn = isFunction(node) || node.type === 'Identifier' ? functionBehind(module, node) : null;
  const value = fn ? run.call(module, fn, []) : run.value(module, node);
  return run.isIdle ? value : { kind: 'unknown' };
}

/** Functions with states: components and hooks. */
export function componentsOf(module: Module): Node[] {
  const states = module.scopes.all.filter(
    ({ declaration }) => declaration.type === 'VariableDeclarator' && declaration['id'].type === 'ArrayPattern',
  );
  return [...new Set(states.flatMap(({ declaration }) => enclosingFunction(declaration) ?? []))];
}
