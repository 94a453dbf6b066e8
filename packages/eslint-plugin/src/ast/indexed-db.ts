// Recognises IndexedDB and its helpers: idb-keyval, localforage, idb, Dexie, object stores; and the key-value stores of apps.
import type { CallExpression, Node } from 'estree';
import { isNear } from '../neighbours.js';
import { argumentAt, type Access, type Operation } from './access.js';
import { importOf } from './binding.js';
import type { Module } from './module.js';
import { memberOf, propertyName, resolve } from './resolve.js';
import { unwrap } from './unwrap.js';
import { isWorthReading } from './worth-reading.js';

const keyval: Record<string, Operation> = { set: 'write', update: 'write', get: 'read', del: 'remove' };
const items: Record<string, Operation> = {
  ...{ setItem: 'write', getItem: 'read', removeItem: 'remove', set: 'write', get: 'read', remove: 'remove' },
  ...{ setItemAsync: 'write', getItemAsync: 'read' },
};
const itemStores =
  /^(localforage|@react-native-async-storage\/async-storage|store2|store|lscache|localstorage-slim|secure-ls|react-secure-storage|@capacitor\/preferences|basil\.js|lockr)$/;

const indexed = (operation: Operation, key: Node | null, value: Node | null, node: Node): Access => ({
  operation,
  store: 'IndexedDB',
  key,
  value,
  node,
});

export function indexedDbCall(call: CallExpression, module: Module): Access | null {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') {
    const from = importOf(callee, module);
    return from?.source === 'idb-keyval' ? keyvalCall(from.name, call) : null;
  }
  if (callee.type !== 'MemberExpression') return null;
  const method = propertyName(callee, module);
  if (method === null) return null;
  if (!(method in keyval) && !(method in items) && !/^(setMany|put|add|bulkPut|bulkAdd)$/.test(method)) return null;
  const origin = originOf(callee.object, module);
  if (origin === 'idb-keyval') return keyvalCall(method, call);
  if (origin && itemStores.test(origin)) {
    const operation = items[method];
    const found = operation ? keyed(operation, call, module) : null;
    return found && origin !== 'localforage' ? { ...found, store: 'a persisted store' } : found;
  }
  return records(method, callee.object, origin, call, module);
}

function keyvalCall(name: string, call: CallExpression): Access | null {
  const operation = keyval[name];
  if (operation)
    return indexed(operation, argumentAt(call, 0), operation === 'write' ? argumentAt(call, 1) : null, call);
  if (name !== 'setMany') return null;
  const list = argumentAt(call, 0);
  const pair = list?.type === 'ArrayExpression' ? list.elements[0] : null;
  if (pair?.type !== 'ArrayExpression') return null;
  const [key, value] = pair.elements as (Node | null | undefined)[];
  return indexed('write', key ?? null, value ?? null, call);
}

function keyed(operation: Operation, call: CallExpression, module: Module): Access | null {
  const first = argumentAt(call, 0);
  const options = first && resolve(first, module);
  if (options?.node.type !== 'ObjectExpression') return indexed(operation, first, argumentAt(call, 1), call);
  const part = (name: string) => memberOf(options, name, 0)?.node ?? null;
  return indexed(operation, part('key'), part('value'), call);
}

/** The package that an object comes from: imported itself, or made by something imported (`localforage.createInstance()`). */
function originOf(node: Node, module: Module, depth = 0): string | null {
  if (depth > 4) return null;
  const direct = unwrap(node);
  const source = direct.type === 'Identifier' ? importOf(direct, module)?.source : undefined;
  const isImported = source !== undefined && (!isNear(source) || !isWorthReading(direct, module));
  const { node: object, module: home } = isImported ? { node: direct, module } : resolve(direct, module);
  if (object.type === 'Identifier') {
    return (
      importOf(object, home)?.source ??
      (/^(localforage|idbKeyval|AsyncStorage)$/.test(object.name) ? 'localforage' : null)
    );
  }
  if (object.type === 'CallExpression' || object.type === 'NewExpression')
    return originOf(object.callee, home, depth + 1);
  return object.type === 'MemberExpression' ? originOf(object.object, home, depth + 1) : null;
}

/** `store.put(value, key)`, `db.put('store', value, key)`, `db.credentials.put(value)`. */
function records(
  method: string,
  object: Node,
  origin: string | null,
  call: CallExpression,
  module: Module,
): Access | null {
  if (!/^(put|add|bulkPut|bulkAdd)$/.test(method)) return null;
  if (isObjectStore(object, module)) return indexed('write', argumentAt(call, 1), argumentAt(call, 0), call);
  if (origin === 'idb') {
    const isStore = call.arguments.length > 1 && call.arguments[0]?.type !== 'ObjectExpression';
    return isStore
      ? indexed('write', argumentAt(call, 2), argumentAt(call, 1), call)
      : indexed('write', null, argumentAt(call, 0), call);
  }
  const usesDexie = /['"]dexie['"]/.test(module.text);
  return usesDexie ? indexed('write', argumentAt(call, 1), argumentAt(call, 0), call) : null;
}

function isObjectStore(node: Node, module: Module): boolean {
  const { node: object, module: home } = resolve(node, module);
  if (object.type === 'MemberExpression') return propertyName(object, home) === 'store';
  if (object.type !== 'CallExpression' || object.callee.type !== 'MemberExpression') return false;
  return /^(objectStore|createObjectStore)$/.test(propertyName(object.callee, home) ?? '');
}
