// Recognises helpers of any library that say in their name that they persist, and are told a key in an object of options:
// `recoilPersist({ key })`, `createSyncStoragePersister({ storage, key })`, `new VuexPersistence({ key, reducer })`, `@LocalStorage('key')`.
import type { CallExpression, NewExpression, Node, PropertyDefinition } from 'estree';
import { neighbour } from '../neighbours.js';
import { importOf, variableOf } from './binding.js';
import { isFunction, returnsOf } from './functions.js';
import type { Module } from './module.js';
import { keyOf, memberOf, resolve, type Place } from './resolve.js';
import { persisted, type PersistedAccess } from './state-library.js';

const persists = /persist|(local|session|web|browser)_?storage/i;
const keyNames = ['key', 'name', 'storageKey', 'persistenceKey', 'local'];
const stateNames = ['reducer', 'partialize', 'partialState', 'select', 'serialize'];

/** Of a function or class that this file does not write by itself. */
export function persistingCall(call: CallExpression | NewExpression, module: Module): PersistedAccess | null {
  const { callee } = call;
  if (callee.type !== 'Identifier' || call.arguments.length === 0) return null;
  const from = importOf(callee, module);
  const names = [callee.name, from?.source ?? '', from?.name ?? ''];
  if (!names.some((name) => persists.test(name))) return null;
  if (from ? neighbour(module.file, from.source) !== null : variableOf(callee, module) !== null) return null;
  for (const argument of call.arguments) {
    const found = argument.type === 'SpreadElement' ? null : toldBy(resolve(argument, module), call);
    if (found) return found;
  }
  return null;
}

function toldBy(options: Place, call: Node): PersistedAccess | null {
  if (options.node.type !== 'ObjectExpression') return null;
  const part = (names: string[]) => names.map((name) => memberOf(options, name)).find(Boolean) ?? null;
  const key = part(keyNames);
  const state = part(stateNames);
  const kept = state && isFunction(state.node) ? (returnsOf(state.node)[0] ?? null) : null;
  return key || kept ? persisted(key?.node ?? null, kept, call) : null;
}

interface Decorated {
  decorators?: { expression: Node }[];
}

/** `@LocalStorage('access_token') token`, `@persist accessToken`: without a key, the field's name is it. */
export function persistedField(field: PropertyDefinition): PersistedAccess | null {
  for (const { expression } of (field as Decorated).decorators ?? []) {
    const callee = expression.type === 'CallExpression' ? expression.callee : expression;
    if (callee.type !== 'Identifier' || !persists.test(callee.name)) continue;
    const [key] = expression.type === 'CallExpression' ? expression.arguments : [];
    return { ...persisted(null, null, field), key: (key as Node | undefined) ?? keyOf(field) };
  }
  return null;
}
