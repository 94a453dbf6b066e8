/** Makes every write of this page fail as a full disk does, until it is undone: to see what the application does then. */
const full = (): never => {
  throw new DOMException('Simulated by the worker token devtools.', 'QuotaExceededError');
};

/** Returns its own undo. */
export function simulateFullQuota(): () => void {
  const undo = [
    replace(globalThis.IDBObjectStore?.prototype, 'put'),
    replace(globalThis.IDBObjectStore?.prototype, 'add'),
    replace(globalThis.Storage?.prototype, 'setItem'),
  ];
  return () => undo.forEach((restore) => restore());
}

function replace<T extends object>(target: T | undefined, name: keyof T): () => void {
  if (!target) return () => {};
  const original = Object.getOwnPropertyDescriptor(target, name);
  if (!original) return () => {};
  Object.defineProperty(target, name, { ...original, value: full });
  return () => Object.defineProperty(target, name, original);
}
