// Recognises IndexedDB and its helpers: idb-keyval, localforage, idb, Dexie, object stores; and the key-value stores of apps.
import type { CallExpression, Node } from 'estree';
import { isNear } from '../neighbours.js';
import { argumentAt, type Access, type Operation } from './access.js';
import { importOf, soleValue, variableOf } from './binding.js';
import { isFunction, returnsOf } from './functions.js';
import { speaksOf } from './mentions.js';
import type { Module } from './module.js';
import { memberOf, propertyName, resolve } from './resolve.js';
import { unwrap } from './unwrap.js';
import { isWorthReading } from './worth-reading.js';

const keyval: Record<string, Operation> = { set: 'write', update: 'write', get: 'read', del: 'remove' };
const items: Record<string, Operation> = {
  ...{ setItem: 'write', getItem: 'read', removeItem: 'remove', set: 'write', get: 'read', remove: 'remove' },
  ...{ setItemAsync: 'write', getItemAsync: 'read', getString: 'read', store: 'write', retrieve: 'read', put: 'write' },
  ...{ save: 'write', load: 'read', add: 'write', session: 'write', transact: 'write' },
};
/** Packages that keep items under keys. Stores of the operating system that encrypt are none of them. */
const itemStores =
  /^(localforage|@react-native-async-storage\/async-storage|store2|store(\/.*)?|storejs|lscache|localstorage-slim|secure-ls|react-secure-storage|@capacitor\/(preferences|storage)|@ionic\/storage(-angular)?|basil\.js|lockr|react-native-mmkv|ngx-webstorage|ngx-webstorage-service|angular-2-local-storage|@ngx-pwa\/local-storage|local-storage|ts-localstorage|simplestorage\.js|proxy-storage|web-storage-cache|expirable-storage|react-native-storage|unstorage)$/;
const sets = /^(setMany|multiSet|setItems)$/;
const records = /^(put|add|bulkPut|bulkAdd)$/;

const indexed = (operation: Operation, key: Node | null, value: Node | null, node: Node): Access => ({
  operation,
  store: 'IndexedDB',
  key,
  value,
  node,
});

export function indexedDbCall(call: CallExpression, module: Module): Access[] {
  const one = (access: Access | null) => (access ? [access] : []);
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') {
    const from = importOf(callee, module);
    if (from?.source === 'idb-keyval') return keyvalCall(from.name, call);
    return from?.name === 'default' && /^(store2|lockr|local-storage)$/.test(from.source) ? one(byCount(call)) : [];
  }
  if (callee.type !== 'MemberExpression') return [];
  const method = propertyName(callee, module);
  if (method === null) return [];
  if (!(method in keyval) && !(method in items) && !sets.test(method) && !records.test(method)) return [];
  const origin = mayKeep(callee.object, module) ? originOf(callee.object, module) : null;
  if (origin === 'idb-keyval') return keyvalCall(method, call);
  if (origin && itemStores.test(origin) && keepsInBrowser(origin, module)) {
    if (sets.test(method)) return pairsOf(call).map((access) => ({ ...access, store: 'a persisted store' }));
    const operation = items[method];
    const found = operation ? keyed(operation, call, module) : null;
    return one(found && origin !== 'localforage' ? { ...found, store: 'a persisted store' } : found);
  }
  return records.test(method) ? one(recordCall(callee.object, origin, call, module)) : [];
}

const storeWords =
  /indexedDB|\bidb|forage|objectStore|(async|secure|local|native|web)-storage|ionic\/storage|unstorage|ngx-web|['"]store2?['"/]|lscache|lockr|preferences|basil|secure-ls|mmkv|pouchdb|rxdb|dexie|tinybase|caches\b/i;

/** `get` and `set` are methods of everything: without a word of such stores here, only what is imported, or made by it, may be one. */
function mayKeep(object: Node, module: Module): boolean {
  if (speaksOf(storeWords, module)) return true;
  const base = baseOf(object);
  if (base?.type !== 'Identifier') return false;
  if (importOf(base, module)) return true;
  const variable = variableOf(base, module);
  const made = variable && soleValue(variable);
  const maker = made && baseOf(made);
  return maker?.type === 'Identifier' && importOf(maker, module) !== null;
}

/** What a chain of members and calls begins with. */
function baseOf(node: Node): Node {
  const expression = unwrap(node);
  if (expression.type === 'MemberExpression') return baseOf(expression.object);
  if (expression.type === 'CallExpression' || expression.type === 'NewExpression') return baseOf(expression.callee);
  return expression.type === 'AwaitExpression' ? baseOf(expression.argument) : expression;
}

/** unstorage keeps where its driver does. */
const keepsInBrowser = (origin: string, { text }: Module) =>
  origin !== 'unstorage' || /drivers\/(local-?storage|session-?storage|indexed-?db|capacitor)/.test(text);

/** `store('key', value)` writes, `store('key')` reads. */
const byCount = (call: CallExpression): Access | null => {
  const [key, value] = [argumentAt(call, 0), argumentAt(call, 1)];
  return key && { ...indexed(value ? 'write' : 'read', key, value, call), store: 'a persisted store' };
};

function keyvalCall(name: string, call: CallExpression): Access[] {
  const operation = keyval[name];
  if (!operation) return sets.test(name) ? pairsOf(call) : [];
  return [indexed(operation, argumentAt(call, 0), operation === 'write' ? argumentAt(call, 1) : null, call)];
}

/** `setMany([[key, value]])`. */
function pairsOf(call: CallExpression): Access[] {
  const list = argumentAt(call, 0);
  return (list?.type === 'ArrayExpression' ? list.elements : []).flatMap((pair) => {
    if (pair?.type !== 'ArrayExpression') return [];
    const [key, value] = pair.elements as (Node | null | undefined)[];
    return [indexed('write', key ?? null, value ?? null, pair)];
  });
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
  const isImported = source !== undefined && (!isNear(module.file, source) || !isWorthReading(direct, module));
  const { node: object, module: home } = isImported ? { node: direct, module } : resolve(direct, module);
  if (object.type === 'Identifier') {
    return (
      importOf(object, home)?.source ??
      (/^(localforage|idbKeyval|AsyncStorage)$/.test(object.name) ? 'localforage' : null)
    );
  }
  if (object.type === 'CallExpression' || object.type === 'NewExpression')
    return originOf(object.callee, home, depth + 1);
  if (isFunction(object)) {
    const [made] = returnsOf(object);
    return made ? originOf(made, home, depth + 1) : null;
  }
  return object.type === 'MemberExpression' ? originOf(object.object, home, depth + 1) : null;
}

/** `store.put(value, key)`, `db.put('store', value, key)`, `db.credentials.put(value)`, `cache.put(url, new Response(value))`. */
function recordCall(object: Node, origin: string | null, call: CallExpression, module: Module): Access | null {
  if (isObjectStore(object, module)) return indexed('write', argumentAt(call, 1), argumentAt(call, 0), call);
  if (isCache(object, module)) return indexed('write', argumentAt(call, 0), argumentAt(call, 1), call);
  if (origin === 'idb') {
    const isStore = call.arguments.length > 1 && call.arguments[0]?.type !== 'ObjectExpression';
    return isStore
      ? indexed('write', argumentAt(call, 2), argumentAt(call, 1), call)
      : indexed('write', null, argumentAt(call, 0), call);
  }
  const isDatabase = /^(pouchdb|rxdb|dexie|@tinybase|tinybase)/.test(origin ?? '') || /['"]dexie['"]/.test(module.text);
  return isDatabase ? indexed('write', argumentAt(call, 1), argumentAt(call, 0), call) : null;
}

/** `await caches.open(name)`. */
function isCache(node: Node, module: Module): boolean {
  const { node: made } = resolve(node, module);
  if (made.type !== 'CallExpression' || made.callee.type !== 'MemberExpression') return false;
  return made.callee.object.type === 'Identifier' && made.callee.object.name === 'caches';
}

function isObjectStore(node: Node, module: Module): boolean {
  const { node: object, module: home } = resolve(node, module);
  if (object.type === 'MemberExpression') return propertyName(object, home) === 'store';
  if (object.type !== 'CallExpression' || object.callee.type !== 'MemberExpression') return false;
  return /^(objectStore|createObjectStore)$/.test(propertyName(object.callee, home) ?? '');
}
