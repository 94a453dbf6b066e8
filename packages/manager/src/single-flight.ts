/** Shares one pending promise between concurrent callers; remembers nothing once it has settled. */

export interface SingleFlight<T> {
  /** The flight under way, or a new one. */
  run(start: () => Promise<T>): Promise<T>;
  /** The flight under way, if there is one. */
  current(): Promise<T> | undefined;
}

export function createSingleFlight<T>(): SingleFlight<T> {
  let pending: Promise<T> | undefined;
  return {
    current: () => pending,
    run(start) {
      if (pending) return pending;
      const mine = start().finally(() => {
        if (pending === mine) pending = undefined;
      });
      pending = mine;
      return mine;
    },
  };
}
