/** What a helper around the storage is, and those that remove several keys at once. */
import { keyKind, type LegacySignals } from '@worker-token/legacy-signals';
import { closest, findAll, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isCall, isFunction, isMember, propertyName } from '../ast/shapes.js';
import type { Constants } from './constants.js';
import type { Module } from './module.js';
import { loopOf, type OperationKind, type StorageOperation } from './storage-operations.js';

export interface Helper {
  module: Module;
  fn: Node;
  kind: OperationKind;
  keyIndex: number;
  /** `get`: it parses; `set`: it stringifies. */
  json: boolean;
  valueIndex: number;
  fallbackIndex: number;
  /** Its keys are all arguments from `keyIndex` on. */
  takesMany?: true;
}

/** `remove(A, B, C)`, where all of them are keys of ours. */
export function removalOf(
  constants: Constants,
  signals: LegacySignals,
  module: Module,
  node: Node,
  { keyIndex }: Helper,
): StorageOperation | null {
  const keys = (node['arguments'] as Node[]).slice(keyIndex).map((key) => constants.text(module, key));
  const kinds = keys.map((key) => (key === null ? null : keyKind(key, signals)));
  const [first] = kinds;
  if (!first || kinds.includes(null) || kinds.includes('related')) return null;
  const holds = kinds.includes('credentials') ? 'credentials' : first;
  return { kind: 'remove', holds, keys: keys as string[], module, node };
}

/** `function remove(...keys) { keys.forEach((key) => localStorage.removeItem(key)); }` */
export function manyRemoved(module: Module, call: Node, key: Binding): Helper | null {
  const list = loopOf(key)?.array;
  const rest = list?.type === 'Identifier' ? module.scopes.bindingOf(list) : undefined;
  const fn = rest && rest.id.parent?.type === 'RestElement' ? closest(rest.id, isFunction) : null;
  if (!fn || fn['async']) return null;
  const isAlone = findAll(fn['body'], isCall).every(
    (inner) => inner === call || (isMember(inner['callee']) && propertyName(inner['callee']) === 'forEach'),
  );
  const keyIndex = fn['params'].length - 1;
  const base = { module, fn, kind: 'remove' as const, json: false, valueIndex: -1, fallbackIndex: -1 };
  return isAlone ? { ...base, keyIndex, takesMany: true } : null;
}
