/**
 * Hooks of the project, or of a library, that keep a state in the web storage: `const [value, setValue] = useLocalStorage(KEY, null)`.
 * With the key of the credentials, the call becomes `useWorkerCredentials()`, and what the setter is given is saved.
 */
import { findAll, isInside, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { enclosingFunction, isCall, isFunction, isMember, propertyName, unwrap } from '../ast/shapes.js';
import { keyKind } from '@worker-token/legacy-signals';
import { packageFolder } from '../setup-module/place-setup.js';
import { calledFunction } from './called-function.js';
import { addSite, componentOf, type PlanContext } from './context.js';
import { isAutosave, isStatementLike } from './credential-write.js';
import { canUseHooks } from './hook-use.js';
import type { Module } from './module.js';
import { isReactCall } from './react-calls.js';
import { isStorage, type StorageOperation } from './storage-operations.js';
import { usageOf } from './value-usage.js';

/** Packages whose `useLocalStorage(key, initial)` stores JSON. */
const LIBRARIES = new Set(['usehooks-ts', 'react-use', '@uidotdev/usehooks', '@rehooks/local-storage']);
const FIELDS = new Set(['environmentId', 'clientId', 'clientSecret']);

export interface StorageHook {
  module: Module;
  /** `[value, setValue] = useLocalStorage(KEY, null)` */
  declarator: Node;
  call: Node;
  value: Binding;
  /** What it is where nothing is stored. */
  initial: Node | null;
  key: string;
}

export function findStorageHooks(context: PlanContext): { hooks: StorageHook[]; operations: StorageOperation[] } {
  if (context.options.react !== 'hooks') return { hooks: [], operations: [] };
  const found = context.project.modules.flatMap((module) => hooksIn(context, module));
  return { hooks: found.map(({ hook }) => hook), operations: found.flatMap(({ operations }) => operations) };
}

/** @param open Storage calls that are migrated: a hook's own is among them, unless its file has a reason to be left. */
export function planStorageHooks(context: PlanContext, hooks: StorageHook[], open: StorageOperation[]): void {
  for (const { module, declarator, call, value, initial, key } of hooks) {
    if (!open.some((operation) => operation.node === call)) continue;
    addSite(context, module, call, 'read-credentials', { keys: [key], holds: 'credentials', peeks: true });
    context.edits.settle(module, call);
    const options = value.references.some(readsSecret) ? '{ withSecret: true }' : '';
    const stored = `useWorkerCredentials(${options})`;
    const fallback =
      initial && initial.type !== 'NullLiteral' ? ` ?? ${module.text.slice(initial.start, initial.end)}` : '';
    const isPlain = value.name === 'credentials' && fallback === '';
    const text = isPlain ? `{ credentials } = ${stored}` : `${value.name} = ${stored}.credentials${fallback}`;
    context.edits.replace(module, declarator.start, declarator.end, text, componentOf(module, declarator));
  }
}

function hooksIn(context: PlanContext, module: Module): { hook: StorageHook; operations: StorageOperation[] }[] {
  return findAll(module.program, (node) => node.type === 'VariableDeclarator').flatMap((declarator) => {
    const hook = hookOf(context, module, declarator);
    const operations = hook && operationsOf(module, hook);
    const folder = packageFolder(module.path, context.options.root);
    return operations && canUseHooks(context, module, folder, ['useWorkerCredentials']) ? [{ hook, operations }] : [];
  });
}

function hookOf(context: PlanContext, module: Module, declarator: Node): StorageHook | null {
  const call = declarator['init'] ? unwrap(declarator['init']) : null;
  if (declarator['id'].type !== 'ArrayPattern' || !call || !isCall(call) || declarator.parent?.['kind'] !== 'const')
    return null;
  const [key, initial] = call['arguments'] as Node[];
  const text = key ? context.constants.text(module, key) : null;
  if (text === null || keyKind(text, context.signals) !== 'credentials' || !keepsState(context, module, call))
    return null;
  const [id] = declarator['id']['elements'] as (Node | null)[];
  const value = id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined;
  return value ? { module, declarator, call, value, initial: initial ? unwrap(initial) : null, key: text } : null;
}

/** The read and what is saved; null where the value or its setter go where the manager's would not do. */
function operationsOf(module: Module, hook: StorageHook): StorageOperation[] | null {
  const [, second, third] = hook.declarator['id']['elements'] as (Node | null)[];
  const setter = second?.type === 'Identifier' ? module.scopes.bindingOf(second) : undefined;
  const calls = setter?.references.map((reference) => callOf(reference)) ?? [];
  const isReadable = hook.initial === null || hook.initial.type === 'NullLiteral' || hook.initial.type === 'Identifier';
  if (third || (second && !setter) || !isReadable || !calls.every((call) => call !== null)) return null;
  const isSaved = (node: Node) => calls.some((call) => isInside(node, call) && node.parent?.type === 'SpreadElement');
  const usages = hook.value.references.map((reference) => usageOf(module, reference, { isRemoved: isSaved }));
  const isOther = (field: string) => !FIELDS.has(field);
  if (usages.some(({ fields, escapes }) => escapes.length > 0 || [...fields].some(isOther))) return null;
  const base = { holds: 'credentials' as const, keys: [hook.key], module };
  const read: StorageOperation = { ...base, kind: 'get', node: hook.call, parsed: { fallback: hook.initial } };
  return [read, ...calls.map((call) => writeOf(base, call))];
}

function writeOf(base: Pick<StorageOperation, 'holds' | 'keys' | 'module'>, call: Node): StorageOperation {
  const [value] = call['arguments'] as Node[];
  const isNothing = !value || value.type === 'NullLiteral' || value['name'] === 'undefined';
  return isNothing
    ? { ...base, kind: 'remove', node: call }
    : { ...base, kind: 'set', node: call, value, isObject: true };
}

/** The call of the setter, if what it is given can be saved just there. */
function callOf(reference: Node): Node | null {
  const call = reference.parent;
  if (!call || !isCall(call) || call['callee'] !== reference || !isStatementLike(call) || isAutosave(call)) return null;
  const value: Node | undefined = call['arguments'][0];
  return value && isFunction(unwrap(value)) ? null : call;
}

/** `value.clientSecret`, or all of it: `{ ...value, region }`. */
function readsSecret({ parent }: Node): boolean {
  return parent?.type === 'SpreadElement' || (!!parent && isMember(parent) && propertyName(parent) === 'clientSecret');
}

/** The function that is called reads its first parameter from the storage into a state, and stores it there again. */
function keepsState(context: PlanContext, module: Module, call: Node): boolean {
  const callee = unwrap(call['callee']);
  if (callee.type !== 'Identifier' || !/^use[A-Z]/.test(callee['name'])) return false;
  const binding = module.scopes.bindingOf(callee);
  const imported = binding && module.imports.get(binding);
  if (imported && LIBRARIES.has(imported.from))
    return imported.name === 'useLocalStorage' || imported.name === 'default';
  const called = calledFunction(context.project, module, callee);
  if (!called) return false;
  const { module: home, fn } = called;
  const key: Node | undefined = fn['params'][0];
  const keyBinding = key?.type === 'Identifier' ? home.scopes.bindingOf(key) : undefined;
  const uses = (method: string) =>
    findAll(fn, (node) => isCall(node) && isStorageCall(home, node, method)).some(
      ({ arguments: [first] }) => first?.type === 'Identifier' && home.scopes.bindingOf(first) === keyBinding,
    );
  const hasState = findAll(fn, (node) => isReactCall(home, node, ['useState'])).length === 1;
  return keyBinding !== undefined && hasState && uses('getItem') && uses('setItem') && givesPair(fn);
}

function isStorageCall(module: Module, call: Node, method: string): boolean {
  const callee = unwrap(call['callee']);
  return isMember(callee) && propertyName(callee) === method && isStorage(module, callee['object']);
}

/** `return [value, store]` */
function givesPair(fn: Node): boolean {
  const results = findAll(fn, (node) => node.type === 'ReturnStatement' && enclosingFunction(node) === fn);
  const [only, more] = results.map((node) => node['argument'] && unwrap(node['argument']));
  return !more && only?.type === 'ArrayExpression' && only['elements'].length === 2;
}
