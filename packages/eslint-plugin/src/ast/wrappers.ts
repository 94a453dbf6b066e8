// Functions and methods that pass their arguments on to browser storage: a call of one is an access with the call's own arguments.
// In this file and in the files that it imports.
import type { CallExpression, Node } from 'estree';
import { argumentAt, type Access, type Operation } from './access.js';
import { callBehind } from './call-view.js';
import { forwarded } from './forwarded.js';
import { calledFunction, type FunctionNode } from './functions.js';
import { importOf } from './binding.js';
import { mentionsSecret, speaksOfSecrets } from './mentions.js';
import { childrenOf, type Module } from './module.js';
import { argumentFor, entriesParameter, parameterIn, type Source } from './parameter-source.js';
import { keyOf, propertyName, resolve } from './resolve.js';
import { isStorageArea } from './storage-area.js';
import { hole, possibleStrings } from './strings.js';
import { unwrap } from './unwrap.js';
import { isWorthReading } from './worth-reading.js';

/** An access inside a wrapper, and which parameters its key and value come from. */
interface Passed {
  access: Access;
  module: Module;
  key: Source | null;
  value: Source | null;
  /** The storage itself is a parameter. */
  area: number | null;
  /** An object is a parameter, and each of its properties becomes an access. */
  entries: number | null;
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
/** Wrappers around wrappers; with types as many as people write. */
const deepest = 2;
const deepestTyped = 12;
const methods: Record<string, Operation> = { getItem: 'read', setItem: 'write', removeItem: 'remove' };
const known = new WeakMap<FunctionNode, Passed[]>();

export function wrapperCalls(call: CallExpression, module: Module, recognise: Recognise): WrapperCall[] {
  const inner = callBehind(call);
  const found = inner ? wrapperCalls(inner, module, recognise) : [];
  if (inner && found.length > 0) return found.map((one) => ({ ...one, access: { ...one.access, node: call } }));
  const called = mayHandOver(call, module) ? calledFunction(call.callee, module) : null;
  if (!called) return [];
  return passedIn(called.node, called.module, recognise).flatMap((passed) => {
    const area = passed.area === null ? null : argumentAt(call, passed.area);
    if (passed.area !== null && !(area && isStorageArea(area, module))) return [];
    const inside = passed.area === null ? passed.access : { ...passed.access, key: null, value: null };
    return handedOn(call, passed, module).map((access) => ({ access, inside, home: passed.module }));
  });
}

/** The call speaks of a secret, or of a constant that may be a key; and its function's file of storage. */
function mayHandOver(call: CallExpression, module: Module): boolean {
  return (
    call.arguments.length > 0 &&
    (module.types !== null || isWorthReading(call.callee, module)) &&
    call.arguments.some((argument) => mayCarry(argument, module))
  );
}

function mayCarry(argument: Node, module: Module): boolean {
  if (mentionsSecret(argument, module)) return true;
  let base = argument;
  while (base.type === 'MemberExpression') base = base.object;
  if (base.type !== 'Identifier') return argument.type === 'SpreadElement';
  if (importOf(base, module)) return true;
  if (!speaksOfSecrets(module)) return false;
  const { node, module: home } = resolve(argument, module);
  return node !== argument && mentionsSecret(node, home);
}

function handedOn(call: CallExpression, passed: Passed, module: Module): Access[] {
  if (passed.entries !== null) return ofEntries(call, passed.entries, passed.access, module);
  const key = passed.key && argumentFor(call, passed.key, module);
  const value = passed.value && argumentFor(call, passed.value, module);
  const fixedKey = passed.module === module ? passed.access.key : null;
  const named = passed.key ? key && boundKey(passed, key, module) : fixedKey;
  return [{ ...passed.access, key: named ?? (passed.key ? passed.access.key : null), value, node: call }];
}

/** `setAll({ a, b })`: an access each. */
function ofEntries(call: CallExpression, index: number, access: Access, module: Module): Access[] {
  const argument = argumentAt(call, index);
  const object = argument && resolve(argument, module).node;
  if (object?.type !== 'ObjectExpression') return [];
  return object.properties.flatMap((entry) => {
    const key = entry.type === 'Property' ? keyOf(entry) : null;
    return entry.type === 'Property' && key !== null ? [{ ...access, key, value: entry.value, node: call }] : [];
  });
}

/** The argument in the place that the wrapper gives it: `${prefix}.${name}` with the name filled in. */
function boundKey({ access, module: home }: Passed, argument: Node, module: Module): Node | string {
  if (access.key === null) return argument;
  const [inner = hole, ...others] = typeof access.key === 'string' ? [access.key] : possibleStrings(access.key, home);
  const [given = hole, ...more] = possibleStrings(argument, module);
  const isPlain = others.length > 0 || more.length > 0 || inner === hole || inner.split(hole).length !== 2;
  return isPlain ? argument : inner.replace(hole, given);
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
      const all = forwarded(current, owner, module);
      if (all) found.push({ ...all, module, area: null, entries: null });
      if (depth < (module.types ? deepestTyped : deepest))
        for (const inner of nested(current, module, recognise, depth)) note({ access: inner, module, area: null });
    }
    childrenOf(current).forEach(visit);
  };
  const note = (passed: Omit<Passed, 'key' | 'value' | 'entries'>): void => {
    const { key, value } = passed.access;
    const sources = {
      key: key !== null && typeof key !== 'string' ? parameterIn(key, owner, module) : null,
      value: value ? parameterIn(value, owner, module) : null,
      entries: key !== null && typeof key !== 'string' ? entriesParameter(key, owner, module) : null,
    };
    if (sources.key || sources.value || sources.entries !== null) found.push({ ...passed, ...sources });
  };
  visit(owner.body);
  return found;
}

/** A wrapper around a wrapper. */
function nested(call: CallExpression, module: Module, recognise: Recognise, depth: number): Access[] {
  const isNear = call.arguments.length > 0 && (module.types !== null || isWorthReading(call.callee, module));
  const called = isNear ? calledFunction(call.callee, module) : null;
  if (!called) return [];
  return passedIn(called.node, called.module, recognise, depth + 1)
    .filter(({ area, entries }) => area === null && entries === null)
    .map(({ access, key, value }) => ({
      ...access,
      key: key === null ? (called.module === module ? access.key : null) : argumentFor(call, key, module),
      value: value === null ? null : argumentFor(call, value, module),
      node: call,
    }));
}

/** `function save(storage, key, value) { storage.setItem(key, value) }`. */
function handedArea(
  call: CallExpression,
  owner: FunctionNode,
  module: Module,
): Omit<Passed, 'key' | 'value' | 'entries'> | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return null;
  const operation = methods[propertyName(callee, module) ?? ''];
  const area = operation ? parameterIn(callee.object, owner, module) : null;
  if (!operation || area === null || area.path.length > 0 || isStorageArea(callee.object, module)) return null;
  const access: Access = {
    ...{ operation, store: 'Web Storage', node: call },
    ...{ key: argumentAt(call, 0), value: argumentAt(call, 1) },
  };
  return { access, module, area: area.index };
}
