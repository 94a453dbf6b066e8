// Recognises state that a library keeps in browser storage: zustand `persist`, redux-persist, jotai, and `useLocalStorage` hooks.
import type { CallExpression, Node } from 'estree';
import { argumentAt, type Access } from './access.js';
import { importOf } from './binding.js';
import { isFunction, returnsOf } from './functions.js';
import type { Module } from './module.js';
import { memberOf, resolve, type Place } from './resolve.js';
import { isStorageArea } from './storage-area.js';
import { unwrap } from './unwrap.js';

const hook =
  /^(use(Local|Session)?Storage(State|Value|String|Item)?|usePersist(ed|ent)?(State|edState)|useStateWith(Local)?Storage|useCookies?|useStickyState|atomWithStorage|useStoredState|writeStorage|useWriteLocalStorage|useReadLocalStorage|useLocalStorageState|useSessionStorageState)$/;

/** The names of the state that a store keeps, where they are listed rather than written as an object. */
export interface PersistedAccess extends Access {
  names?: Node[];
}

export function persistedCall(call: CallExpression, module: Module): PersistedAccess | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'Identifier') return null;
  const from = importOf(callee, module);
  const name = from && from.name !== 'default' ? from.name : callee.name;
  if (name === 'persist' && from && /^zustand/.test(from.source)) return zustand(call, module);
  if (/^persist(Combine)?Reducers?$/.test(name) && from?.source.startsWith('redux-persist')) return redux(call, module);
  return hook.test(name) ? hooked(call, module) : null;
}

const persisted = (key: Node | null, value: Node | null, node: Node): PersistedAccess => ({
  operation: 'write',
  store: 'a persisted store',
  key,
  value,
  node,
});

/** `useLocalStorage('key', initial)`, `useLocalStorage({ key })`, `useCookies(['key'])`. */
function hooked(call: CallExpression, module: Module): PersistedAccess | null {
  const first = argumentAt(call, 0);
  if (!first) return null;
  const place = resolve(first, module);
  if (place.node.type === 'ObjectExpression') return persisted(memberOf(place, 'key', 0)?.node ?? null, null, call);
  if (place.node.type !== 'ArrayExpression') return persisted(first, argumentAt(call, 1), call);
  return { ...persisted(null, null, call), names: place.node.elements as Node[] };
}

/** `persist(() => state, { name, partialize })`: what is kept is the state, or what `partialize` leaves of it. */
function zustand(call: CallExpression, module: Module): PersistedAccess | null {
  const [state, optionsNode] = [argumentAt(call, 0), argumentAt(call, 1)];
  const options = optionsNode && resolve(optionsNode, module);
  if (options && keepsElsewhere(options)) return null;
  const part = options && memberOf(options, 'partialize', 0);
  return persisted(
    (options && memberOf(options, 'name', 0)?.node) ?? null,
    part ? made(part) : state && made(resolve(state, module)),
    call,
  );
}

/** The object that a function returns. */
function made({ node, module }: Place): Node | null {
  if (!isFunction(node)) return node;
  const value = returnsOf(node)[0];
  return value ? resolve(value, module).node : null;
}

/** `storage: createJSONStorage(() => memory)`: not the browser's. */
function keepsElsewhere(options: Place): boolean {
  const storage = memberOf(options, 'storage', 0) ?? memberOf(options, 'getStorage', 0);
  if (!storage) return false;
  const { node, module } = resolve(storage.node, storage.module);
  const argument = node.type === 'CallExpression' ? node.arguments[0] : node;
  const value = argument && isFunction(argument) ? made({ node: argument, module }) : (argument as Node | undefined);
  return (
    value !== undefined &&
    value !== null &&
    !isStorageArea(value, module) &&
    !/storage/i.test(module.text.slice(...(value.range ?? [0, 0])))
  );
}

/** `persistReducer({ key, storage, whitelist }, reducer)`. */
function redux(call: CallExpression, module: Module): PersistedAccess | null {
  const first = argumentAt(call, 0);
  const config = first && resolve(first, module);
  if (config?.node.type !== 'ObjectExpression') return null;
  const list = memberOf(config, 'whitelist', 0);
  const names = list && resolve(list.node, list.module).node;
  const listed = names?.type === 'ArrayExpression' ? { names: names.elements as Node[] } : {};
  return { ...persisted(memberOf(config, 'key', 0)?.node ?? null, null, call), ...listed };
}
