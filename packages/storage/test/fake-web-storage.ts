/** A Storage object in memory, for tests. */
import type { WebStorageLike } from '../src/web-storage.js';

export function fakeWebStorage(
  initial: Record<string, string> = {},
): WebStorageLike & { dump(): Record<string, string> } {
  const items = new Map(Object.entries(initial));
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    dump: () => Object.fromEntries(items),
  };
}
