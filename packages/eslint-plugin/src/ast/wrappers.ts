// Functions and methods that pass their arguments on to browser storage: a call of one is an access with the call's own arguments.
// In this file and in the files that it imports.
import type { CallExpression, Identifier, Node } from 'estree';
import { neighbour, textOf } from '../neighbours.js';
import { argumentAt, type Access, type Operation } from './access.js';
import { calledFunction, isFunction, parameterName, type FunctionNode } from './functions.js';
import { childrenOf, type Module } from './module.js';
import { propertyName } from './resolve.js';
import { isStorageArea } from './storage-area.js';
import { unwrap } from './unwrap.js';

/** An access inside a wrapper, and which parameters its key and value come from. */
interface Passed {
  access: Access;
  module: Module;
  key: number | null;
  value: number | null;
  /** The storage itself is a parameter. */
  area: number | null;
}

export type Recognise = (node: Node, module: Module) => Access[];
export interface WrapperCall {
  access: Access;
  /** The access inside, with what is known there: if that is a defect by itself, the call is none. */
  inside: Access;
  home: Module;
}

const touchesStorage = /storage|cookie|idb|forage|store|\.(put|add|set|get|save|write|setItem|getItem)\b/i;
const protects = /encrypt|cipher|seal\(|hash|digest|redact|mask\(|sanitiz/i;
const methods: Record<string, Operation> = { getItem: 'read', setItem: 'write', removeItem: 'remove' };
const known = new WeakMap<FunctionNode, Passed[]>();

export function wrapperCalls(call: CallExpression, module: Module, recognise: Recognise): WrapperCall[] {
  if (!mayHandOver(call, module)) return [];
  const called = calledFunction(call.callee, module);
  if (!called) return [];
  return passedIn(called.node, called.module, recognise).flatMap((passed) => {
    const area = passed.area === null ? null : argumentAt(call, passed.area);
    if (passed.area !== null && !(area && isStorageArea(area, module))) return [];
    const key = passed.key === null ? null : argumentAt(call, passed.key);
    const value = passed.value === null ? null : argumentAt(call, passed.value);
    const fixedKey = passed.module === module ? passed.access.key : null;
    const access = {
      ...passed.access,
      key: key ?? (passed.key === null ? fixedKey : passed.access.key),
      value,
      node: call,
    };
    return [
      {
        access,
        inside: passed.area === null ? passed.access : { ...passed.access, key: null, value: null },
        home: passed.module,
      },
    ];
  });
}

/** Something in the call speaks of a secret, or is a constant that may be its key. */
function mayHandOver(call: CallExpression, module: Module): boolean {
  const text = module.text.slice(...(call.range ?? [0, 0]));
  const speaks = /token|secret|cred|jwt|bearer|auth/i.test(text);
  const base = /^\w+/.exec(text)?.[0] ?? '';
  const statement = module.ast.body.find(
    (entry) => entry.type === 'ImportDeclaration' && entry.specifiers.some(({ local }) => local.name === base),
  );
  if (statement?.type !== 'ImportDeclaration') return true;
  const file = neighbour(module.file, String(statement.source.value));
  if (!file || !/Storage|cookie|idb|forage|objectStore|export\s*(\*|\{[^}]*\})\s*from/i.test(textOf(file)))
    return false;
  return speaks || /[(.,\s][A-Z][A-Z_\d]+\b/.test(text);
}

function passedIn(node: FunctionNode, module: Module, recognise: Recognise, depth = 0): Passed[] {
  const cached = known.get(node);
  if (cached) return cached;
  known.set(node, []); // a function that calls itself
  const text = module.text.slice(...(node.range ?? [0, 0]));
  const found =
    text.length < 20_000 && (text.length < 400 || touchesStorage.test(text)) && !protects.test(text)
      ? collect(node, module, recognise, depth)
      : [];
  known.set(node, found);
  return found;
}

function collect(owner: FunctionNode, module: Module, recognise: Recognise, depth: number): Passed[] {
  const found: Passed[] = [];
  const visit = (current: Node): void => {
    for (const access of recognise(current, module)) note({ access, module, area: null });
    if (current.type === 'CallExpression') {
      const handed = handedArea(current, owner, module);
      if (handed) note(handed);
      if (depth < 2)
        for (const inner of nested(current, module, recognise, depth)) note({ access: inner, module, area: null });
    }
    childrenOf(current).forEach(visit);
  };
  const note = (passed: Omit<Passed, 'key' | 'value'>): void => {
    const { key, value } = passed.access;
    const indexes = {
      key: key !== null && typeof key !== 'string' ? parameterIn(key, owner) : null,
      value: value ? parameterIn(value, owner) : null,
    };
    if (indexes.key !== null || indexes.value !== null) found.push({ ...passed, ...indexes });
  };
  visit(owner.body);
  return found;
}

/** A wrapper around a wrapper. */
function nested(call: CallExpression, module: Module, recognise: Recognise, depth: number): Access[] {
  const called = calledFunction(call.callee, module);
  if (!called) return [];
  return passedIn(called.node, called.module, recognise, depth + 1)
    .filter(({ area }) => area === null)
    .map(({ access, key, value }) => ({
      ...access,
      key: key === null ? (called.module === module ? access.key : null) : argumentAt(call, key),
      value: value === null ? null : argumentAt(call, value),
      node: call,
    }));
}

/** `function save(storage, key, value) { storage.setItem(key, value) }`. */
function handedArea(call: CallExpression, owner: FunctionNode, module: Module): Omit<Passed, 'key' | 'value'> | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return null;
  const operation = methods[propertyName(callee, module) ?? ''];
  const area = operation ? parameterIn(callee.object, owner) : null;
  if (!operation || area === null || isStorageArea(callee.object, module)) return null;
  const access: Access = {
    ...{ operation, store: 'Web Storage', node: call },
    ...{ key: argumentAt(call, 0), value: argumentAt(call, 1) },
  };
  return { access, module, area };
}

/** The index of the parameter that an expression mentions; the one it is made of, not one that it measures or compares. */
function parameterIn(node: Node, owner: FunctionNode): number | null {
  const names = owner.params.map((parameter) => parameterName(parameter as Node)?.name);
  const visit = (current: Node): number | null => {
    if (current.type === 'Identifier') {
      const index = names.indexOf((current satisfies Identifier).name);
      return index < 0 ? null : index;
    }
    if (isFunction(current) || current.type === 'UnaryExpression') return null;
    const parts = current.type === 'MemberExpression' ? [] : childrenOf(current);
    for (const child of parts) {
      const index = visit(child);
      if (index !== null) return index;
    }
    return null;
  };
  return visit(unwrap(node));
}
