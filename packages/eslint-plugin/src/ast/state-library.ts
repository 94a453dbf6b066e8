// Recognises state that a state library keeps in browser storage: zustand `persist`, redux-persist, pinia, MobX, vuex, svelte and solid.
import type { CallExpression, Node } from 'estree';
import { argumentAt, type Access } from './access.js';
import { isFunction, returnsOf } from './functions.js';
import type { Module } from './module.js';
import { memberOf, resolve, type Place } from './resolve.js';
import { isStorageArea } from './storage-area.js';

/** The names of the state that a store keeps, where they are listed rather than written as an object. */
export interface PersistedAccess extends Access {
  names?: Node[];
}

export const persisted = (key: Node | null, value: Node | null, node: Node): PersistedAccess => ({
  operation: 'write',
  store: 'a persisted store',
  key,
  value,
  node,
});

/** A call by its imported name and package; null: no package, a global or a function of a preset. */
export function libraryStore(
  name: string,
  source: string | null,
  call: CallExpression,
  module: Module,
): PersistedAccess | null {
  if (name === 'persist' && source?.startsWith('zustand')) return zustand(call, module);
  if (/^persist(Combine)?Reducers?$/.test(name) && (source === null || source.startsWith('redux-persist')))
    return redux(call, module);
  if (name === 'defineStore' && (source === null || source === 'pinia')) return pinia(call, module);
  if (name === 'makePersistable') return mobx(call, module);
  if (/^(createPersistedState|localStorageSync|createPersistedStatePlugin)$/.test(name)) return listed(call, module);
  if (name === 'makePersisted') return solid(call, module);
  const isSvelte = /^(persisted|writable|persistentAtom|persistentMap)$/.test(name);
  return isSvelte && source !== null && /persist/.test(source)
    ? persisted(argumentAt(call, 0), argumentAt(call, 1), call)
    : null;
}

const part = (options: Place | null, ...names: string[]) =>
  names.map((name) => options && memberOf(options, name)).find(Boolean) ?? null;

const optionsAt = (call: CallExpression, index: number, module: Module) => {
  const node = argumentAt(call, index);
  return node && resolve(node, module);
};

const itemsOf = (list: Place | null): Node[] | null => {
  const found = list && resolve(list.node, list.module).node;
  return found?.type === 'ArrayExpression' ? found.elements.flatMap((item) => (item ? namesWithin(item) : [])) : null;
};

/** `'token'`, or `{ auth: ['token'] }` of a part of the state. */
function namesWithin(item: Node): Node[] {
  if (item.type === 'Literal') return [item];
  if (item.type === 'ArrayExpression') return item.elements.flatMap((inner) => (inner ? namesWithin(inner) : []));
  if (item.type !== 'ObjectExpression') return [];
  return item.properties.flatMap((entry) => (entry.type === 'Property' ? namesWithin(entry.value) : []));
}

/** `defineStore('id', { state: () => ({ … }), persist: true })`: all of the state, or the `paths` of it. */
function pinia(call: CallExpression, module: Module): PersistedAccess | null {
  const options = optionsAt(call, 1, module) ?? optionsAt(call, 0, module);
  const keeps = part(options, 'persist') ?? part(optionsAt(call, 2, module), 'persist');
  const how = keeps && resolve(keeps.node, keeps.module);
  if (!how || (how.node.type === 'Literal' && how.node.value === false)) return null;
  const names = itemsOf(part(how, 'paths', 'pick', 'includePaths'));
  const state = part(options, 'state') ?? (options && isFunction(options.node) ? options : null);
  return { ...persisted(null, state && made(state), call), ...(names ? { names } : {}) };
}

/** `makePersistable(this, { name, properties: ['token'] })`. */
function mobx(call: CallExpression, module: Module): PersistedAccess | null {
  const options = optionsAt(call, 1, module);
  const names = itemsOf(part(options, 'properties'));
  return names && { ...persisted(part(options, 'name')?.node ?? null, null, call), names };
}

/** `createPersistedState({ paths: ['auth.token'] })`, `localStorageSync({ keys: ['auth'] })`. */
function listed(call: CallExpression, module: Module): PersistedAccess | null {
  const options = optionsAt(call, 0, module);
  const names = itemsOf(part(options, 'paths', 'keys'));
  return names && { ...persisted(part(options, 'key')?.node ?? null, null, call), names };
}

/** `makePersisted(createSignal(), { name: 'token' })`. */
function solid(call: CallExpression, module: Module): PersistedAccess | null {
  const name = part(optionsAt(call, 1, module), 'name');
  return name && persisted(name.node, null, call);
}

/** `persist(() => state, { name, partialize })`: what is kept is the state, or what `partialize` leaves of it. */
function zustand(call: CallExpression, module: Module): PersistedAccess | null {
  const [state, optionsNode] = [argumentAt(call, 0), argumentAt(call, 1)];
  const options = optionsNode && resolve(optionsNode, module);
  if (options && keepsElsewhere(options)) return null;
  const part = options && memberOf(options, 'partialize');
  return persisted(
    (options && memberOf(options, 'name')?.node) ?? null,
    part ? made(part) : state && made(resolve(state, module)),
    call,
  );
}

/** The object that a function returns. */
function made({ node, module }: Place): Node | null {
  if (node.type === 'CallExpression') {
    const inner = argumentAt(node, 0); // of a middleware: `immer((set) => ({ … }))`
    return inner && /Function|^CallExpression$/.test(inner.type) ? made({ node: inner, module }) : node;
  }
  if (!isFunction(node)) return node;
  const value = returnsOf(node)[0];
  return value ? resolve(value, module).node : null;
}

/** `storage: createJSONStorage(() => memory)`: not the browser's. */
function keepsElsewhere(options: Place): boolean {
  const storage = memberOf(options, 'storage') ?? memberOf(options, 'getStorage');
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
  const list = memberOf(config, 'whitelist');
  const names = list && resolve(list.node, list.module).node;
  const listed = names?.type === 'ArrayExpression' ? { names: names.elements as Node[] } : {};
  return { ...persisted(memberOf(config, 'key')?.node ?? null, null, call), ...listed };
}
