/** The last things that happened, newest first, for `useSyncExternalStore`: the list is the same object until something is added. */
export interface EventLog<T> {
  readonly add: (entry: T) => void;
  readonly getSnapshot: () => readonly T[];
  /** Returns its own undo. */
  readonly subscribe: (listener: () => void) => () => void;
}

const LONGEST = 100;

export function createEventLog<T>(): EventLog<T> {
  let entries: readonly T[] = [];
  const listeners = new Set<() => void>();

  function become(next: readonly T[]): void {
    entries = next;
    for (const listener of [...listeners]) listener();
  }

  return {
    add: (entry) => become([entry, ...entries].slice(0, LONGEST)),
    getSnapshot: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
