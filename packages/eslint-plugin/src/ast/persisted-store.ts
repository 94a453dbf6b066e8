// Recognises state that a library keeps in browser storage: zustand `persist`, redux-persist, jotai, and `useLocalStorage` hooks.
import type { CallExpression, Identifier, MemberExpression, Node } from 'estree';
import { argumentAt, type Access } from './access.js';
import { importOf, variableOf } from './binding.js';
import { isFunction, returnsOf } from './functions.js';
import type { Module } from './module.js';
import { memberOf, propertyName, resolve, type Place } from './resolve.js';
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
  if (callee.type === 'MemberExpression') return extension(callee, call, module) ?? named(callee, call, module);
  if (callee.type !== 'Identifier') return null;
  const from = importOf(callee, module);
  const name = from && from.name !== 'default' ? from.name : callee.name;
  if (name === 'persist' && from && /^zustand/.test(from.source)) return zustand(call, module);
  if (/^persist(Combine)?Reducers?$/.test(name) && (from === null || from.source.startsWith('redux-persist')))
    return redux(call, module);
  if (hook.test(name)) return hooked(call, module);
  return storesByName.test(name) && isOutOfSight(callee, module) ? keyed(name, call) : null;
}

const storesByName =
  /^(set|get|save|load|read|write|store|put)(To|From|In)?_?((Local|Session)_?Storage|Storage|Cookie)(Item|Value)?$/i;

/** A function or object whose file is not at hand: what it does is in its name. */
function isOutOfSight(identifier: Identifier, module: Module): boolean {
  if (variableOf(identifier, module) === null) return true;
  const from = importOf(identifier, module);
  return from !== null && module.imported(from.source) === null;
}

const keyed = (name: string, call: CallExpression): PersistedAccess => ({
  ...persisted(argumentAt(call, 0), argumentAt(call, 1), call),
  operation: /^(get|load|read)/i.test(name) ? 'read' : 'write',
});

/** `storage.set('key', value)`, of an imported storage whose file is not at hand. */
function named(callee: MemberExpression, call: CallExpression, module: Module): PersistedAccess | null {
  const object = unwrap(callee.object);
  const method = propertyName(callee, module) ?? '';
  if (object.type !== 'Identifier' || !/^(set|get)(Item)?$|^(save|load|put)$/.test(method)) return null;
  const isStorage = /(local|session|browser|web|secure)_?(storage|store)$|^storage(service|util|helper)?$/i.test(
    object.name,
  );
  return isStorage && importOf(object, module) !== null && isOutOfSight(object, module) ? keyed(method, call) : null;
}

/** `chrome.storage.local.set({ key: value })`. */
function extension(callee: MemberExpression, call: CallExpression, module: Module): PersistedAccess | null {
  if (propertyName(callee, module) !== 'set') return null;
  const object = module.text.slice(...(callee.object.range ?? [0, 0]));
  return /^(chrome|browser)\.storage\.(local|sync|session)$/.test(object)
    ? persisted(null, argumentAt(call, 0), call)
    : null;
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
