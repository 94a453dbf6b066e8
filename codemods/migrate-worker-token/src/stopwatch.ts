/** Measures the stages of a run. */

type Stage = 'scan' | 'plan' | 'rewrite' | 'verify';

export class Stopwatch {
  readonly #spent = new Map<Stage, number>();

  /** Adds the time that `work` takes to a stage. */
  time<T>(stage: Stage, work: () => T): T {
    const start = performance.now();
    const stop = () => this.#spent.set(stage, this.ms(stage) + performance.now() - start);
    const result = work();
    if (result instanceof Promise) return result.finally(stop) as T;
    stop();
    return result;
  }

  ms(stage: Stage): number {
    return this.#spent.get(stage) ?? 0;
  }
}
