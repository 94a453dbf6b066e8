/** One timer for all components that show time going by at the same pace; none while nobody does. */
export interface Ticker {
  /** Returns its own undo. */
  subscribe(listener: () => void): () => void;
  /** Milliseconds since 1970, as of the last tick. */
  now(): number;
}

const tickers = new Map<number, Ticker>();

/** @param everyMs Milliseconds. */
export function tickerOf(everyMs: number): Ticker {
  const known = tickers.get(everyMs);
  if (known) return known;
  const ticker = createTicker(everyMs);
  tickers.set(everyMs, ticker);
  return ticker;
}

function createTicker(everyMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = 0;

  function tick(): void {
    now = Date.now();
    for (const listener of [...listeners]) listener();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    now: () => now,
  };
}
