/** The code of a component that does nothing but keep states at what is stored: without the states, it can go. */
import { isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isCall, isFunction, unwrap } from '../ast/shapes.js';
import type { Module } from './module.js';
import { isReactCall } from './react-calls.js';
import type { Surroundings } from './store-expressions.js';
import { Run } from './store-interpreter.js';
import { isSame, WORLDS, type StoreValue } from './store-values.js';
import { declaredFunction, methodOf } from './effect-calls.js';
import { functionBehind } from './subscriptions.js';

export interface StateOfComponent {
  name: string;
  /** `[value, setValue] = useState(…)` */
  declarator: Node;
  value: Binding;
  setter: Binding;
}

/** What runs the code again, or later. */
export interface Trigger {
  call: Node;
  kind: 'timer' | 'listener' | 'delay';
  /** What runs. */
  fn: Node;
}

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
  private readonly runs = new Map<Node, Run[] | null>();
  private readonly mounted: Run[][] = [];

  constructor(
    private readonly module: Module,
    private readonly component: Node,
    private readonly around: Surroundings,
  ) {
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
      if (!binding.references.every(isGoing)) needed.push(...this.statesIn(fn));
    }
    return needed;
  }

  /** States that no timer and no listener keeps up to date. */
  neverTold(states: StateOfComponent[]): string[] {
    const again = this.triggers.filter(({ kind }) => kind !== 'delay');
    const told = new Set(again.flatMap(({ fn }) => this.statesIn(fn)));
    return states.map(({ name }) => name).filter((name) => !told.has(name));
  }

  /** What all code sets the state to, by world; null where it differs. */
  valuesOf(state: string): StoreValue[] | null {
    const all = [...this.runs.values()]
      .filter((runs) => runs !== null)
      .filter((runs) => runs.some((run) => run.changed.has(state)));
    const tables = all.map((runs) => runs.map((run) => onlyValue(run.sets.get(state))));
    const [first] = tables;
    if (!first || first.includes(null)) return null;
    const agree = tables.every((table) => table.every((value, i) => value && isSame(value, first[i] as StoreValue)));
    return agree ? (first as StoreValue[]) : null;
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
      const runs = fn && this.runsOf(fn, []);
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
    if (!binding || !fn || !this.runsOf(fn)) return false;
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
    const runs = this.inEachWorld((run) => run.statement(this.module, statement));
    if (!runs) return false;
    this.runs.set(statement, runs);
    if (isMounting) this.mounted.push(runs);
    return true;
  }

  private triggerOf(node: Node): Trigger | null {
    const name = isCall(node) ? methodOf(node) : null;
    if (!name || !(name in KINDS)) return null;
    const callback: Node | undefined = node['arguments'][name === 'addEventListener' ? 1 : 0];
    const fn = callback && functionBehind(this.module, unwrap(callback));
    if (!fn || !this.runsOf(fn)) return null;
    return { call: node, kind: KINDS[name] ?? 'listener', fn };
  }

  private isEnd(node: Node): boolean {
    const name = isCall(node) ? methodOf(node) : null;
    if (!name || !ENDS.test(name)) return false;
    const subject: Node | undefined = node['arguments'][name === 'removeEventListener' ? 1 : 0];
    const binding = subject?.type === 'Identifier' ? this.module.scopes.bindingOf(subject) : undefined;
    return binding !== undefined && this.names.has(binding);
  }

  /** The runs of a function in each world, if it does nothing but set states. */
  private runsOf(fn: Node, args?: StoreValue[]): Run[] | null {
    const known = this.runs.get(fn);
    if (known !== undefined) return known;
    const runs = isInside(fn, this.component) ? this.inEachWorld((run) => run.call(this.module, fn, args)) : null;
    this.runs.set(fn, runs);
    return runs;
  }

  private inEachWorld(start: (run: Run) => unknown): Run[] | null {
    const runs = WORLDS.map((world) => {
      const run = new Run(world, this.around);
      start(run);
      return run;
    });
    return runs.every((run) => run.isIdle) && runs.some((run) => run.changed.size > 0) ? runs : null;
  }

  private statesIn(fn: Node): string[] {
    return (this.runs.get(fn) ?? []).flatMap((run) => [...run.changed, ...run.sets.keys()]);
  }
}

const onlyValue = (values: StoreValue[] | undefined): StoreValue | null =>
  values?.length === 1 ? (values[0] ?? null) : null;
