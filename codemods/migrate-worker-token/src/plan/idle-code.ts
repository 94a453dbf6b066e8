/** The code of a component that does nothing but keep states at what is stored: without the states, it can go. */
import { isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isCall, isFunction, unwrap } from '../ast/shapes.js';
import type { Module } from './module.js';
import { isReactCall } from './react-calls.js';
import type { Surroundings } from './store-expressions.js';
import type { Run } from './store-interpreter.js';
import { declaredFunction, methodOf } from './effect-calls.js';
import type { StateOfComponent, Trigger } from './state-parts.js';
import { functionBehind } from './subscriptions.js';
import { WorldRuns } from './world-runs.js';

const EFFECTS = ['useEffect', 'useLayoutEffect'];
const KINDS: Record<string, Trigger['kind']> = {
  setInterval: 'timer',
  setTimeout: 'delay',
  addEventListener: 'listener',
};
const ENDS = /^(clearInterval|clearTimeout|removeEventListener)$/;

export class IdleCode {
  readonly statements: Node[] = [];
  readonly triggers: Trigger[] = [];
  /** Mentions in the dependencies of code that stays. */
  readonly dependencies: Node[] = [];
  /** Names that only mean idle code: functions and timers. */
  private readonly names = new Map<Binding, Node>();
  /** What the code does, tried out. */
  readonly runs: WorldRuns;
  private readonly mounted: Run[][] = [];

  constructor(
    private readonly module: Module,
    component: Node,
    private readonly around: Surroundings,
  ) {
    this.runs = new WorldRuns(module, component, around);
    const body: Node[] = component['body'].body;
    for (const statement of body) {
      if (this.isIdleFunction(statement)) this.statements.push(statement);
    }
    for (const statement of body) {
      const effect = this.effectOf(statement);
      if (effect) this.effect(statement, effect);
    }
    this.findDependencies();
  }

  /** States whose setter, or code that sets them, is mentioned where it has to stay. */
  stillNeeded(states: StateOfComponent[]): string[] {
    const isGoing = (node: Node) => this.isInStatement(node) || this.dependencies.includes(node);
    const needed = states.filter(({ setter }) => !setter.references.every(isGoing)).map(({ name }) => name);
    for (const [binding, fn] of this.names) {
      if (!binding.references.every(isGoing)) needed.push(...this.runs.statesIn(fn));
    }
    return needed;
  }

  /** States that no timer and no listener keeps up to date. */
  neverTold(states: StateOfComponent[]): string[] {
    const again = this.triggers.filter(({ kind }) => kind !== 'delay');
    const told = new Set(again.flatMap(({ fn }) => this.runs.statesIn(fn)));
    return states.map(({ name }) => name).filter((name) => !told.has(name));
  }

  setsOnMount(state: string): boolean {
    return this.mounted.some((runs) => runs.every((run) => run.changed.has(state)));
  }

  private findDependencies(): void {
    const names = [...this.around.setters.keys(), ...this.names.keys()];
    for (const reference of names.flatMap((binding) => binding.references)) {
      const list = reference.parent;
      const call = list?.type === 'ArrayExpression' ? list.parent : null;
      const isListed = call && isReactCall(this.module, call, [...EFFECTS, 'useCallback', 'useMemo']);
      if (isListed && call['arguments'].at(-1) === list && !this.isInStatement(reference))
        this.dependencies.push(reference);
    }
  }

  private isInStatement(node: Node): boolean {
    return this.statements.some((statement) => isInside(node, statement));
  }

  private effectOf(statement: Node): Node | null {
    const call = statement.type === 'ExpressionStatement' ? unwrap(statement['expression']) : null;
    return call && isReactCall(this.module, call, EFFECTS) ? call : null;
  }

  private effect(statement: Node, call: Node): void {
    const callback = unwrap(call['arguments'][0]);
    if (!isFunction(callback)) {
      const fn = functionBehind(this.module, callback);
      const runs = fn && this.runs.of(fn, []);
      if (!runs) return;
      this.mounted.push(runs);
      this.statements.push(statement);
      return;
    }
    const body: Node[] = callback['body'].type === 'BlockStatement' ? callback['body'].body : [];
    const before = this.statements.length;
    if (callback['async']) return;
    for (const inner of body) if (this.isIdle(inner)) this.statements.push(inner);
    for (const inner of body) this.partOfCleanUp(inner);
    const own = this.statements.slice(before);
    const isWhole = own.length > 0 && body.every((inner) => own.includes(inner));
    const isOneCall =
      body.length === 0 && callback['body'].type !== 'BlockStatement' && this.isIdleExpression(callback['body'], true);
    if (isWhole || isOneCall) this.statements.splice(before, Infinity, statement);
  }

  private isIdle(statement: Node): boolean {
    if (this.isIdleFunction(statement) || this.isTimer(statement)) return true;
    if (statement.type === 'ExpressionStatement') return this.isIdleExpression(unwrap(statement['expression']), true);
    if (statement.type === 'IfStatement') return this.doesNothingElse(statement);
    const cleanUp = statement.type === 'ReturnStatement' ? statement['argument'] : null;
    return cleanUp !== null && this.isIdleCleanUp(unwrap(cleanUp));
  }

  /** `return () => { … }` where everything ends idle code. */
  private isIdleCleanUp(fn: Node): boolean {
    if (!isFunction(fn)) return false;
    const parts: Node[] = fn['body'].type === 'BlockStatement' ? fn['body'].body : [fn['body']];
    return parts.every((part) =>
      this.isIdleExpression(part.type === 'ExpressionStatement' ? unwrap(part['expression']) : part, false),
    );
  }

  /** The clean-up has more to end: only its idle statements go. */
  private partOfCleanUp(statement: Node): void {
    const fn = statement.type === 'ReturnStatement' && statement['argument'] ? unwrap(statement['argument']) : null;
    if (!fn || !isFunction(fn) || this.statements.includes(statement) || fn['body'].type !== 'BlockStatement') return;
    for (const inner of fn['body'].body as Node[]) {
      if (inner.type === 'ExpressionStatement' && this.isIdleExpression(unwrap(inner['expression']), false))
        this.statements.push(inner);
    }
  }

  /** `const check = () => …`, `function check() {}`, `const check = useCallback(…)` */
  private isIdleFunction(statement: Node): boolean {
    const { id, fn } = declaredFunction(this.module, statement);
    const binding = id && this.module.scopes.bindingOf(id);
    if (!binding || !fn || !this.runs.of(fn)) return false;
    this.names.set(binding, fn);
    return true;
  }

  /** `const timer = setInterval(check, 1000)` */
  private isTimer(statement: Node): boolean {
    const [declarator, more] = statement.type === 'VariableDeclaration' ? (statement['declarations'] as Node[]) : [];
    if (!declarator?.['init'] || more || declarator['id'].type !== 'Identifier') return false;
    const trigger = this.triggerOf(unwrap(declarator['init']));
    const binding = this.module.scopes.bindingOf(declarator['id']);
    if (!trigger || !binding) return false;
    this.names.set(binding, trigger.fn);
    this.triggers.push(trigger);
    return true;
  }

  private isIdleExpression(node: Node, isMounting: boolean): boolean {
    const trigger = this.triggerOf(node);
    if (trigger) this.triggers.push(trigger);
    if (trigger || this.isEnd(node)) return true;
    if (!isCall(node) && node.type !== 'UnaryExpression' && node.type !== 'LogicalExpression') return false;
    const statement = {
      type: 'ExpressionStatement',
      expression: node,
      start: node.start,
      end: node.end,
      parent: node.parent,
    };
    return this.doesNothingElse(statement, isMounting);
  }

  private doesNothingElse(statement: Node, isMounting = true): boolean {
    const runs = this.runs.ofStatement(statement);
    if (!runs) return false;
    if (isMounting) this.mounted.push(runs);
    return true;
  }

  private triggerOf(node: Node): Trigger | null {
    const name = isCall(node) ? methodOf(node) : null;
    if (!name || !(name in KINDS)) return null;
    const callback: Node | undefined = node['arguments'][name === 'addEventListener' ? 1 : 0];
    const fn = callback && functionBehind(this.module, unwrap(callback));
    if (!fn || !this.runs.of(fn)) return null;
    return { call: node, kind: KINDS[name] ?? 'listener', fn };
  }

  private isEnd(node: Node): boolean {
    const name = isCall(node) ? methodOf(node) : null;
    if (!name || !ENDS.test(name)) return false;
    const subject: Node | undefined = node['arguments'][name === 'removeEventListener' ? 1 : 0];
    const binding = subject?.type === 'Identifier' ? this.module.scopes.bindingOf(subject) : undefined;
    return binding !== undefined && this.names.has(binding);
  }
}
