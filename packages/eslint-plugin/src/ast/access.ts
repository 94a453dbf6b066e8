// The shape of one access to something that lasts in the browser. It knows nothing of keys that matter.
import type { Node } from 'estree';
import { unwrap } from './unwrap.js';

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

/** The argument at a place; null when it is missing or spread. An array that is written out may be spread. */
export function argumentAt(call: { arguments: Node[] }, index: number): Node | null {
  const spreads = call.arguments.findIndex(({ type }) => type === 'SpreadElement');
  if (spreads < 0 || spreads > index) return call.arguments[index] ?? null;
  const before = call.arguments.flatMap(spread).slice(0, index + 1);
  return before.some((argument) => argument.type === 'SpreadElement') ? null : (before[index] ?? null);
}

function spread(argument: Node): Node[] {
  const list = argument.type === 'SpreadElement' ? unwrap(argument.argument) : null;
  const isWhole = list?.type === 'ArrayExpression' && list.elements.every((item) => item !== null);
  return isWhole ? (list.elements as Node[]) : [argument];
}
