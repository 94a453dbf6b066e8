/** A set of callbacks. One that throws does not keep the others from being called. */

export interface Listeners<E> {
  /** Returns its own undo. */
  add(listener: (event: E) => void): () => void;
  emit(event: E): void;
  clear(): void;
}

export function createListeners<E>(onError: () => void): Listeners<E> {
  const all = new Set<{ call: (event: E) => void }>();
  return {
    add(listener) {
      const entry = { call: listener };
      all.add(entry);
      return () => void all.delete(entry);
    },
    emit(event) {
      for (const { call } of [...all]) {
        try {
          call(event);
        } catch {
          onError();
        }
      }
    },
    clear: () => all.clear(),
  };
}
