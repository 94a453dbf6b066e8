/** One listener on an abort signal, for however many wait under it; none when nobody waits. Long-lived signals stay clean. */

interface Audience {
  callbacks: Set<() => void>;
  listener: () => void;
}

const audiences = new WeakMap<AbortSignal, Audience>();

/** Calls back once when the signal aborts. Returns its own undo. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const audience = audiences.get(signal) ?? listen(signal);
  const entry = () => callback();
  audience.callbacks.add(entry);
  return () => {
    audience.callbacks.delete(entry);
    if (audience.callbacks.size > 0 || audiences.get(signal) !== audience) return;
    signal.removeEventListener('abort', audience.listener);
    audiences.delete(signal);
  };
}

function listen(signal: AbortSignal): Audience {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of [...callbacks]) callback();
  };
  const audience = { callbacks, listener };
  audiences.set(signal, audience);
  signal.addEventListener('abort', listener, { once: true });
  return audience;
}
