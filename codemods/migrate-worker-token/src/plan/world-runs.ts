/** Tries out the code of a component in every world, as a stored value may be, and keeps what came of it. */
import { isInside, type Node } from '../ast/node.js';
import type { Module } from './module.js';
import type { Surroundings } from './store-expressions.js';
import { Run } from './store-interpreter.js';
import { isSame, WORLDS, type StoreValue } from './store-values.js';

export class WorldRuns {
  private readonly known = new Map<Node, Run[] | null>();

  constructor(
    private readonly module: Module,
    private readonly component: Node,
    private readonly around: Surroundings,
  ) {}

  /** The runs of a function in each world, if it does nothing but set states. */
  of(fn: Node, args?: StoreValue[]): Run[] | null {
    const known = this.known.get(fn);
    if (known !== undefined) return known;
    const runs = isInside(fn, this.component) ? this.inEachWorld((run) => run.call(this.module, fn, args)) : null;
    this.known.set(fn, runs);
    return runs;
  }

  /** Those of a statement, in the same way. */
  ofStatement(statement: Node): Run[] | null {
    const runs = this.inEachWorld((run) => run.statement(this.module, statement));
    if (runs) this.known.set(statement, runs);
    return runs;
  }

  /** What all code sets the state to, by world; null where it differs. */
  valuesOf(state: string): StoreValue[] | null {
    const all = [...this.known.values()]
      .filter((runs) => runs !== null)
      .filter((runs) => runs.some((run) => run.changed.has(state)));
    const tables = all.map((runs) => runs.map((run) => onlyValue(run.sets.get(state))));
    const [first] = tables;
    if (!first || first.includes(null)) return null;
    const agree = tables.every((table) => table.every((value, i) => value && isSame(value, first[i] as StoreValue)));
    return agree ? (first as StoreValue[]) : null;
  }

  statesIn(fn: Node): string[] {
    return (this.known.get(fn) ?? []).flatMap((run) => [...run.changed, ...run.sets.keys()]);
  }

  private inEachWorld(start: (run: Run) => unknown): Run[] | null {
    const runs = WORLDS.map((world) => {
      const run = new Run(world, this.around);
      start(run);
      return run;
    });
    return runs.every((run) => run.isIdle) && runs.some((run) => run.changed.size > 0) ? runs : null;
  }
}

const onlyValue = (values: StoreValue[] | undefined): StoreValue | null =>
  values?.length === 1 ? (values[0] ?? null) : null;
