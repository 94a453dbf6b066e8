// Recognises state that hooks and stores keep in browser storage: `useLocalStorage`, jotai, extensions, storages that are out of sight.
// The stores of state libraries are state-library.ts's.
import type { CallExpression, Identifier, MemberExpression, Node } from 'estree';
import { argumentAt } from './access.js';
import { importOf, variableOf } from './binding.js';
import type { Module } from './module.js';
import { keyOf, memberOf, propertyName, resolve } from './resolve.js';
import { libraryStore, persisted, type PersistedAccess } from './state-library.js';
import { unwrap } from './unwrap.js';

const hook =
  /^(use(Local|Session)?Storage(State|Value|String|Item)?|usePersist(ed|ent)?(State|edState)|useStateWith(Local)?Storage|useCookies?|useStickyState|atomWithStorage|useStoredState|writeStorage|useWriteLocalStorage|useReadLocalStorage|useLocalStorageState|useSessionStorageState)$/;

export function persistedCall(call: CallExpression, module: Module): PersistedAccess | null {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') return extension(callee, call, module) ?? named(callee, call, module);
  if (callee.type !== 'Identifier') return null;
  const from = importOf(callee, module);
  const name = from && from.name !== 'default' ? from.name : callee.name;
  const kept = libraryStore(name, from?.source ?? null, call, module);
  if (kept) return kept;
  if (/^GM_[gs]etValue$/.test(name)) return keyed(name.slice(3), call);
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

/** `chrome.storage.local.set({ key: value })`, `.get(['key'])`, `GM.setValue(key, value)`. */
function extension(callee: MemberExpression, call: CallExpression, module: Module): PersistedAccess | null {
  const method = propertyName(callee, module) ?? '';
  const first = argumentAt(call, 0);
  if (!/^[gs]et(Value)?$/.test(method) || !first) return null;
  const object = module.text.slice(...(callee.object.range ?? [0, 0]));
  if (object === 'GM') return keyed(method, call);
  if (!/^(chrome|browser|webextension|ext)\.storage\.(local|sync|session)$/.test(object)) return null;
  if (method === 'set') return persisted(null, first, call);
  const names = namesIn(resolve(first, module).node);
  return { ...persisted(first, null, call), operation: 'read', ...(names ? { names } : {}) };
}

/** `get(['a', 'b'])`, `get({ a: '' })`; null where it is one name. */
function namesIn(asked: Node): Node[] | null {
  if (asked.type === 'ArrayExpression') return asked.elements as Node[];
  if (asked.type !== 'ObjectExpression') return null;
  return asked.properties.flatMap((entry) => {
    const name = entry.type === 'Property' ? keyOf(entry) : null;
    return name === null ? [] : [{ type: 'Literal', value: name, range: entry.range }];
  });
}

/** `useLocalStorage('key', initial)`, `useLocalStorage({ key })`, `useCookies(['key'])`. */
function hooked(call: CallExpression, module: Module): PersistedAccess | null {
  const first = argumentAt(call, 0);
  if (!first) return null;
  const place = resolve(first, module);
  if (place.node.type === 'ObjectExpression') return persisted(memberOf(place, 'key', 0)?.node ?? null, null, call);
  if (place.node.type !== 'ArrayExpression') return persisted(first, argumentAt(call, 1), call);
  return { ...persisted(null, null, call), names: place.node.elements as Node[] };
}
