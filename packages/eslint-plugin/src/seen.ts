// What was read from disk is trusted for a while, then looked at again: editors keep a linter running.
export interface Seen<T> {
  at: number;
  value: T;
}

/** The answer of a short while ago, or a new one. */
export function seen<T>(cache: Map<string, Seen<T>>, key: string, trustMs: number, look: (key: string) => T): T {
  const known = cache.get(key);
  const at = Date.now();
  if (known && at - known.at < trustMs) return known.value;
  const value = look(key);
  cache.set(key, { at, value });
  return value;
}
