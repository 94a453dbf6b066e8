/** One promise for all who wait until a client can send, so that an outage does not pile up listeners on it. */

export interface ReadinessSource {
  isReady: () => boolean;
  /** It was closed for good. */
  isOver: () => boolean;
  /** Calls back once, when it may be ready. */
  onReady: (listener: () => void) => void;
}

/** @returns the adapter's `ready`. */
export function createReadiness({ isReady, isOver, onReady }: ReadinessSource): () => Promise<void> {
  let pending: Promise<void> | undefined;

  function next(): Promise<void> {
    return new Promise((resolve) => {
      onReady(() => {
        pending = undefined;
        resolve();
      });
    });
  }

  return async () => {
    if (isOver()) throw new Error('The client was closed.');
    while (!isReady()) await (pending ??= next());
  };
}
