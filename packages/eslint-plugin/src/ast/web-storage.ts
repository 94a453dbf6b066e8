// Recognises accesses to Web Storage, whichever way they are spelled.
import type { AssignmentExpression, CallExpression, Identifier, MemberExpression, Node } from 'estree';
import { argumentAt, type Access, type Operation } from './access.js';
import { importOf, variableOf } from './binding.js';
import { keyOf, memberOf, propertyName, resolve } from './resolve.js';
import { parentOf, type Module } from './module.js';
import { isStorageArea, isStoragePrototype } from './storage-area.js';
import { unwrap } from './unwrap.js';

const methods: Record<string, Operation> = { getItem: 'read', setItem: 'write', removeItem: 'remove' };
const builtIn = new Set(['length', 'key', 'clear', 'toString', 'hasOwnProperty', ...Object.keys(methods)]);

export function webStorageCall(call: CallExpression, module: Module): Access | null {
  return method(call, module) ?? detached(call, module) ?? borrowed(call, module) ?? assigned(call, module);
}

const access = (operation: Operation, key: Node | string | null, value: Node | null, node: Node): Access | null =>
  key === null ? null : { operation, store: 'Web Storage', key, value, node };

/** `localStorage.getItem(key)` and its siblings; also bound: `const get = localStorage.getItem.bind(localStorage)`. */
function method(call: CallExpression, module: Module): Access | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return null;
  const operation = methods[propertyName(callee, module) ?? ''];
  if (!operation || !isStorageArea(callee.object, module)) return null;
  return access(operation, argumentAt(call, 0), operation === 'write' ? argumentAt(call, 1) : null, call);
}

/** `const { getItem } = localStorage`, `const get = localStorage.getItem`, `… .bind(localStorage)`, also kept in an object. */
function detached(call: CallExpression, module: Module): Access | null {
  if (!wordsOf(module).reference) return null;
  const callee = unwrap(call.callee);
  const taken =
    callee.type === 'Identifier' ? (destructuredMethod(callee, module) ?? kept(callee, module)) : kept(callee, module);
  const operation = methods[taken ?? ''];
  return operation ? access(operation, argumentAt(call, 0), argumentAt(call, 1), call) : null;
}

const areaWord = /(local|session)Storage|\bStorage\b|\+\s*['"`]Storage/;
const byReference = /\b(get|set|remove)Item\b(?!\s*(\?\.)?\()/;

/** Asked of a file once: does it name a storage, and does it take a method without calling it, anywhere? */
interface Words {
  area: boolean;
  reference: boolean;
}
const words = new WeakMap<Module, Words>();

function wordsOf(module: Module): Words {
  let found = words.get(module);
  if (!found)
    words.set(module, (found = { area: areaWord.test(module.text), reference: byReference.test(module.text) }));
  return found;
}

function kept(callee: Node, module: Module): string | null {
  const { node, module: home } = resolve(callee, module);
  return node === callee ? null : methodOf(unbound(node), home);
}

function destructuredMethod(callee: Identifier, module: Module): string | null {
  const definition = variableOf(callee, module)?.defs[0];
  const init = definition?.type === 'Variable' ? definition.node.init : null;
  const property = definition && parentOf(definition.name);
  const named = init && property?.type === 'Property' ? (keyOf(property) ?? '') : null;
  return init && named !== null && named in methods && isStorageArea(init, module) ? named : null;
}

/** `x.bind(…)` → x. */
function unbound(node: Node): Node {
  const expression = unwrap(node);
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') return expression;
  const { object, property } = expression.callee;
  return property.type === 'Identifier' && property.name === 'bind' ? object : expression;
}

/** The name of a storage method as a value: `localStorage.getItem`, `Storage.prototype.getItem`. */
function methodOf(node: Node, module: Module): string | null {
  const expression = unwrap(node);
  if (expression.type !== 'MemberExpression') return null;
  const name = propertyName(expression, module);
  if (name === null || !(name in methods)) return null;
  const object = expression.object as Node;
  return isStorageArea(object, module) || isStoragePrototype(object, module) ? name : null;
}

/** `Storage.prototype.setItem.call(localStorage, key, value)`, `.apply(localStorage, [key, value])`, `Reflect.apply(…)`. */
function borrowed(call: CallExpression, module: Module): Access | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return null;
  const how = propertyName(callee, module);
  const isReflect = callee.object.type === 'Identifier' && callee.object.name === 'Reflect' && how === 'apply';
  if (!isReflect && how !== 'call' && how !== 'apply') return null;
  const target = isReflect ? argumentAt(call, 0) : (callee.object as Node);
  const operation = methods[(target && methodOf(resolve(target, module).node, module)) ?? ''];
  if (!operation) return null;
  if (how === 'call') return access(operation, argumentAt(call, 1), argumentAt(call, 2), call);
  const list = argumentAt(call, isReflect ? 2 : 1);
  if (list?.type !== 'ArrayExpression') return null;
  const [key, value] = list.elements as (Node | null | undefined)[];
  return access(operation, key ?? null, value ?? null, call);
}

/** `Object.assign(localStorage, { key: value })`, `Reflect.set(localStorage, key, value)`, `Object.defineProperty(…)`. */
function assigned(call: CallExpression, module: Module): Access | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return null;
  const how = reflected[`${callee.object.name}.${propertyName(callee, module) ?? ''}`];
  const [target, second, third] = [0, 1, 2].map((index) => argumentAt(call, index));
  if (!how || !target || !second || !isStorageArea(target, module)) return null;
  if (how === 'each') {
    const entry = second.type === 'ObjectExpression' ? second.properties[0] : undefined; // the first speaks for the call
    return entry?.type === 'Property' ? access('write', keyOf(entry), entry.value, call) : null;
  }
  const described = third?.type === 'ObjectExpression' ? memberOf({ node: third, module }, 'value')?.node : third;
  return access(how, second, how === 'write' ? (described ?? null) : null, call);
}

const reflected: Record<string, Operation | 'each'> = {
  ...{ 'Object.assign': 'each', 'Object.defineProperty': 'write', 'Reflect.defineProperty': 'write' },
  ...{ 'Reflect.set': 'write', 'Reflect.get': 'read', 'Reflect.deleteProperty': 'remove' },
};

const bases = new WeakMap<object, boolean>();

/** Asked of every member expression, so it must cost next to nothing: names are looked up once, imports are not followed. */
function mayHoldStorage(object: Node, module: Module): boolean {
  if (!wordsOf(module).area) return false;
  const base = unwrap(object);
  if (base.type === 'MemberExpression') {
    const { property } = base;
    if (base.computed || property.type !== 'Identifier') return true;
    return /stor|area|^(current|value)$/i.test(property.name);
  }
  if (base.type !== 'Identifier') return false;
  const variable = variableOf(base, module);
  if (!variable) return /Storage$/.test(base.name);
  const known = bases.get(variable);
  if (known !== undefined) return known;
  const isHeld = importOf(base, module) === null && isStorageArea(base, module);
  bases.set(variable, isHeld);
  return isHeld;
}

/** `localStorage.worker_token`, `localStorage[KEY] = …`, `delete localStorage[KEY]`. */
export function webStorageProperty(member: MemberExpression, module: Module): Access | null {
  const name = member.computed ? null : propertyName(member, module);
  if (name !== null && builtIn.has(name)) return null;
  if (!mayHoldStorage(member.object, module) || !isStorageArea(member.object, module)) return null;
  if (member.computed && builtIn.has(propertyName(member, module) ?? '')) return null;
  const parent = parentOf(member);
  const key = member.computed ? (member.property as Node) : name;
  if (parent?.type === 'AssignmentExpression' && parent.left === member)
    return access('write', key, (parent satisfies AssignmentExpression).right, parent);
  const isDeleted = parent?.type === 'UnaryExpression' && parent.operator === 'delete';
  return access(isDeleted ? 'remove' : 'read', key, null, isDeleted ? parent : member);
}

/** `const { worker_token: token } = localStorage`. */
export function webStorageDestructuring(declarator: Node, module: Module): Access[] {
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'ObjectPattern' || !declarator.init) return [];
  if (!mayHoldStorage(declarator.init, module) || !isStorageArea(declarator.init, module)) return [];
  return declarator.id.properties.flatMap((entry) => {
    const key = entry.type === 'Property' ? keyOf(entry) : null;
    const found = key === null || builtIn.has(key) ? null : access('read', key, null, entry);
    return found ? [found] : [];
  });
}
