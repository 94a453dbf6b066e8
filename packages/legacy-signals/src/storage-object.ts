/** Recognises the web storages as nodes. Resolving a variable that holds one is the caller's. */
import type { NodeLike } from './types.js';

const GLOBALS = new Set(['window', 'globalThis', 'self']);
export type StorageName = 'localStorage' | 'sessionStorage';

/** `localStorage`, `window.localStorage`, `globalThis['sessionStorage']`; null for anything else. */
export function storageName(node: NodeLike | null | undefined): StorageName | null {
  if (!node) return null;
  if (node.type === 'Identifier') return asName(node['name']);
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return null;
  const object = node['object'] as NodeLike;
  if (object.type !== 'Identifier' || !GLOBALS.has(object['name'] as string)) return null;
  return asName(memberName(node));
}

/** The name of a property that is written out: `a.b`, `a['b']`. */
export function memberName(node: NodeLike): string | null {
  const property = node['property'] as NodeLike | undefined;
  if (!property) return null;
  if (!node['computed']) return property.type === 'Identifier' ? (property['name'] as string) : null;
  return typeof property['value'] === 'string' ? property['value'] : null;
}

function asName(name: unknown): StorageName | null {
  return name === 'localStorage' || name === 'sessionStorage' ? name : null;
}
