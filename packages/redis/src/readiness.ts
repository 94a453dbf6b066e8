/** One promise for all who wait until a client can send, so that an outage piles up no listeners on it. */

export interface ReadinessSource {
  isReady: () => boolean;
  /** It was closed for good. */
  isOver: () => boolean;
  /** Calls back whenever one of the two may have changed. */
  onChange: (listener: () => void) => void;
  /** For a client that waits to be told. */
  start?: () => void;
}

/** @returns the adapter's `ready`. */
export function createReadiness({ isReady, isOver, onChange, start }: ReadinessSource): () => Promise<void> {
  let pending: { promise: Promise<void>; resolve: () => void } | undefined;
  onChange(() => {
    pending?.resolve();
    pending = undefined;
  });

  function change(): Promise<void> {
    if (pending) return pending.promise;
    let resolve = (): void => {};
    const promise = new Promise<void>((settle) => (resolve = settle));
    pending = { promise, resolve };
    return promise;
  }

  return async () => {
    while (!isReady()) {
      if (isOver()) throw new Error('The client was closed.');
      start?.();
      await change();
    }
  };
}
