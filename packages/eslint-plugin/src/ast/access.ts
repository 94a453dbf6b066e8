// The shape of one access to something that lasts in the browser. It knows nothing of keys that matter.
import type { Node } from 'estree';

export type Operation = 'read' | 'write' | 'remove';
export type Store = 'Web Storage' | 'a cookie' | 'IndexedDB' | 'a persisted store';

export interface Access {
  operation: Operation;
  store: Store;
  /** The expression of the key, or the key itself; null where the store needs none. */
  key: Node | string | null;
  value: Node | null;
  /** Where it is reported. */
  node: Node;
}

/** The argument at a place; null when it is missing or spread. */
export function argumentAt(call: { arguments: Node[] }, index: number): Node | null {
  const before = call.arguments.slice(0, index + 1);
  return before.some((argument) => argument.type === 'SpreadElement') ? null : (before[index] ?? null);
}
