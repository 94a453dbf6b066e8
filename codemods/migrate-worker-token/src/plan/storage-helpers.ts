/** Project functions around the storage: `readJson(key, fallback)`, `store.set(key, value)`. A call with a key of ours is an operation. */
import { readFileSync } from 'node:fs';
import { keyKind, type LegacySignals } from '@worker-token/legacy-signals';
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import { isCall, isFunction, isIdentifier, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import { classAround, classChain } from './class-chain.js';
import type { Constants } from './constants.js';
import { addressesIn, type ImportList } from './import-addresses.js';
import type { Module } from './module.js';
import { manyRemoved, removalOf, type Helper } from './removal-helpers.js';
import { onlyParses } from './parse-helpers.js';
import type { Project } from './project.js';
import { isStorage, type OperationKind, type StorageOperation } from './storage-operations.js';
import { isJsonCall } from './value-usage.js';

const METHODS: Record<string, OperationKind> = { getItem: 'get', setItem: 'set', removeItem: 'remove' };

export function findHelperOperations(
  project: Project,
  constants: Constants,
  signals: LegacySignals,
): StorageOperation[] {
  const helpers = withImported(project).flatMap(findHelpers);
  if (helpers.length === 0) return [];
  return project.modules.flatMap((module) =>
    findAll(module.program, isCall).flatMap((call) => {
      const helper = helperOf(project, module, call, helpers);
      if (helper?.takesMany) return removalOf(constants, signals, module, call, helper) ?? [];
      const key: Node | undefined = helper && call['arguments'][helper.keyIndex];
      const text = key ? constants.text(module, key) : null;
      const holds = text === null ? null : keyKind(text, signals);
      return helper && holds && text !== null ? [operationOf(module, call, helper, text, holds)] : [];
    }),
  );
}

/** The candidates, and what they import (two steps far): a helper's own file need not name a key. Those without a storage are not parsed. */
function withImported(project: Project): Module[] {
  const texts = new Map(project.modules.map(({ path, text }) => [path, text]));
  let last: ImportList[] = project.modules;
  for (let step = 0; step < 2; step++) {
    const paths = last.flatMap((file) => file.specifiers.flatMap((from) => project.resolve(file, from) ?? []));
    const next = [...new Set(paths)].filter((path) => !texts.has(path));
    for (const path of next) texts.set(path, readFileSync(path, 'utf8'));
    last = next.map((path) => ({ path, specifiers: addressesIn(texts.get(path) ?? '') }));
  }
  const withStorage = [...texts].filter(([, text]) => /\b(local|session)Storage\b/.test(text));
  return withStorage.flatMap(([path]) => project.moduleAt(path) ?? []);
}

function operationOf(
  module: Module,
  node: Node,
  helper: Helper,
  key: string,
  holds: StorageOperation['holds'],
): StorageOperation {
  const operation: StorageOperation = { kind: helper.kind, holds, keys: [key], module, node };
  const value: Node | undefined = node['arguments'][helper.valueIndex];
  if (helper.kind === 'set' && value) {
    operation.value = value;
    operation.isObject = helper.json;
  }
  if (helper.kind === 'get' && helper.json) {
    operation.parsed = { fallback: node['arguments'][helper.fallbackIndex] ?? defaultOf(helper) };
  }
  return operation;
}

const defaultOf = (helper: Helper): Node | null => helper.fn['params'][helper.fallbackIndex]?.right ?? null;

function findHelpers(module: Module): Helper[] {
  return findAll(module.program, isCall).flatMap((call) => {
    const callee = unwrap(call['callee']);
    const kind = isMember(callee) ? METHODS[propertyName(callee) ?? ''] : undefined;
    const [key, value] = call['arguments'] as Node[];
    if (!kind || !key || !isStorage(module, callee['object'])) return [];
    const binding = key.type === 'Identifier' ? module.scopes.bindingOf(key) : undefined;
    const many = kind === 'remove' && binding ? manyRemoved(module, call, binding) : null;
    if (many) return [many];
    const fn = binding?.kind === 'param' ? closest(binding.id, isFunction) : null;
    const helper = fn && describe(module, fn, call, kind, value);
    return helper ? [{ ...helper, keyIndex: indexOf(fn, binding?.id) }] : [];
  });
}

function describe(
  module: Module,
  fn: Node,
  call: Node,
  kind: OperationKind,
  value: Node | undefined,
): Omit<Helper, 'keyIndex'> | null {
  const base = { module, fn, kind, json: false, valueIndex: -1, fallbackIndex: -1 };
  if (fn['async'] || !isSimple(module, fn, call)) return null;
  if (kind === 'remove') return base;
  if (kind === 'set') {
    const json = isJsonCall(value && unwrap(value), 'stringify');
    const source: Node | undefined = json && value ? unwrap(value)['arguments'][0] : value;
    const valueIndex = source ? paramIndex(module, fn, source) : -1;
    return valueIndex < 0 ? null : { ...base, json, valueIndex };
  }
  if (isPassedThrough(module, fn, call)) return base;
  const fallback = (fn['params'] as Node[]).findIndex(
    (param, i) => i > 0 && isIdentifier(param.type === 'AssignmentPattern' ? param['left'] : param),
  );
  const text = textVariable(module, call);
  const fallbackParam: Node | null = fallback < 0 ? null : (fn['params'][fallback]['left'] ?? fn['params'][fallback]);
  return onlyParses(module, fn, text ?? call, fallbackParam, call)
    ? { ...base, json: true, fallbackIndex: fallback }
    : null;
}

/** Nothing in it but the storage call, parsing, and logging. */
function isSimple(module: Module, fn: Node, own: Node): boolean {
  return findAll(fn['body'], isCall).every((call) => {
    if (call === own || isJsonCall(call, 'parse') || isJsonCall(call, 'stringify')) return true;
    return /^console\./.test(module.text.slice(call.start, call.end));
  });
}

/** The function returns the stored text as it is. */
function isPassedThrough(module: Module, fn: Node, call: Node): boolean {
  const results: Node[] =
    fn['body'].type === 'BlockStatement'
      ? findAll(fn['body'], (at) => at.type === 'ReturnStatement').map((at) => at['argument'])
      : [fn['body']];
  const variable = textVariable(module, call);
  const binding = variable && module.scopes.bindingOf(variable);
  return (
    results.every((raw) => {
      const node = raw && unwrap(raw);
      if (!node || node.type === 'NullLiteral' || node === call) return true;
      return node.type === 'Identifier' && binding !== null && module.scopes.bindingOf(node) === binding;
    }) && results.some((raw) => raw && (isInside(call, raw) || raw.type === 'Identifier'))
  );
}

function textVariable(module: Module, call: Node): Node | null {
  const declarator = call.parent;
  const isNamed = declarator?.type === 'VariableDeclarator' && declarator['id'].type === 'Identifier';
  return isNamed && module.scopes.bindingOf(declarator['id']) ? declarator['id'] : null;
}

const indexOf = (fn: Node, id: Node | undefined): number =>
  (fn['params'] as Node[]).findIndex((param) => id && isInside(id, param));

function paramIndex(module: Module, fn: Node, node: Node): number {
  const binding = unwrap(node).type === 'Identifier' ? module.scopes.bindingOf(unwrap(node)) : undefined;
  return binding?.kind === 'param' ? indexOf(fn, binding.id) : -1;
}

/** The helper that a call calls: by name, or as a member of an object or class. */
function helperOf(project: Project, module: Module, call: Node, helpers: Helper[]): Helper | undefined {
  const callee = unwrap(call['callee']);
  const root = callee.type === 'Identifier' ? callee : isMember(callee) ? unwrap(callee['object']) : null;
  const name = isMember(callee) ? propertyName(callee) : null;
  if (root?.type === 'ThisExpression') {
    const owners = classChain(project, module, classAround(call));
    const isOwn = (h: Helper) => h.module === module || owners.some(({ owner }) => isInside(h.fn, owner));
    return helpers.find((h) => isOwn(h) && methodName(h.fn) === name);
  }
  const binding = root?.type === 'Identifier' ? module.scopes.bindingOf(root) : undefined;
  if (!binding) return undefined;
  const imported = module.imports.get(binding);
  if (imported?.name === '*' && name !== null) {
    const path = project.resolve(module, imported.from);
    return helpers.find((h) => h.module.path === path && functionName(h.fn) === name);
  }
  const target = project.follow(module, binding);
  if (!target) return undefined;
  const own = helpers.filter((h) => h.module === target.module);
  if (name !== null)
    return own.find(
      (h) => methodName(h.fn) === name && target.binding !== undefined && belongsTo(h, target.binding.declaration),
    );
  const declaration = target.binding?.declaration;
  return own.find(
    (h) =>
      h.fn === declaration ||
      (declaration?.type === 'VariableDeclarator' && unwrap(declaration['init'] ?? declaration) === h.fn) ||
      h.fn === target.expression,
  );
}

/** The method is one of the object, or of the class that the object is an instance of. */
function belongsTo(helper: Helper, declaration: Node): boolean {
  if (isInside(helper.fn, declaration)) return true;
  const init: Node | undefined = declaration.type === 'VariableDeclarator' ? declaration['init'] : undefined;
  const made = init?.type === 'NewExpression' ? init['callee'].name : null;
  const owner = closest(helper.fn, (at) => /^Class(Declaration|Expression)$/.test(at.type));
  return made !== null && owner?.['id']?.name === made;
}

const methodName = (fn: Node): string | null =>
  /Method$/.test(fn.type) ? keyName(fn) : /Property$/.test(fn.parent?.type ?? '') ? keyName(fn.parent as Node) : null;
const functionName = (fn: Node): string | null =>
  fn['id']?.name ?? (fn.parent?.type === 'VariableDeclarator' ? fn.parent['id'].name : null);
