/** Finds each use of `localStorage` and `sessionStorage` with a key of ours, however key and storage are written. */
import { isLegacyPrefix, keyKind, storageName, type KeyKind, type LegacySignals } from '@worker-token/legacy-signals';
import { closest, walk, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isCall, isFunction, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import { parameterDefault } from './constant-values.js';
import type { Constants } from './constants.js';
import type { Module } from './module.js';

export type OperationKind = 'get' | 'set' | 'remove';

export interface StorageOperation {
  kind: OperationKind;
  /** What the keys hold; one of a loop over several keys. */
  holds: KeyKind | 'dynamic';
  keys: string[];
  module: Module;
  /** The call, member access, assignment or `delete`. */
  node: Node;
  /** What is written. */
  value?: Node;
  /** A helper stringifies the value. */
  isObject?: boolean;
  /** A helper parses what it read, and gives this where nothing is stored. */
  parsed?: { fallback: Node | null };
  /** The loop or `forEach` call whose variable is the key. */
  loop?: { node: Node; array: Node; others: Node[]; ours: Node[] };
}

const METHODS: Record<string, OperationKind> = { getItem: 'get', setItem: 'set', removeItem: 'remove' };

export function findStorageOperations(
  module: Module,
  constants: Constants,
  signals: LegacySignals,
): StorageOperation[] {
  const found: StorageOperation[] = [];
  const add = (kind: OperationKind, node: Node, keyNode: Node, value?: Node) => {
    const operation = describe(module, constants, signals, keyNode);
    if (operation) found.push({ kind, module, node, ...operation, ...(value ? { value } : {}) });
  };
  walk(module.program, (node) => {
    if (isCall(node)) {
      const callee = unwrap(node['callee']);
      const kind = isMember(callee) ? METHODS[propertyName(callee) ?? ''] : undefined;
      const [key, value] = node['arguments'] as Node[];
      if (kind && key && isStorage(module, callee['object'])) add(kind, node, key, value);
    } else if (isMember(node) && isStorage(module, node['object'])) {
      addProperty(node, add);
    } else if (node.type === 'BinaryExpression' && node['operator'] === 'in' && isStorage(module, node['right'])) {
      add('get', node, node['left']);
    }
  });
  return found;
}

/** `localStorage.worker_token`, `localStorage['worker_token'] = …`, `delete localStorage.worker_token`. */
function addProperty(member: Node, add: (kind: OperationKind, node: Node, key: Node, value?: Node) => void): void {
  const name = propertyName(member);
  if (name !== null && (name in METHODS || ['clear', 'key', 'length'].includes(name))) return;
  const key: Node = member['property'];
  const keyNode = member['computed'] ? key : { ...key, type: 'StringLiteral', value: name };
  const parent = member.parent;
  if (parent?.type === 'AssignmentExpression' && parent['left'] === member)
    add('set', parent, keyNode, parent['right']);
  else if (parent?.type === 'UnaryExpression' && parent['operator'] === 'delete') add('remove', parent, keyNode);
  else add('get', member, keyNode);
}

type Described = Pick<StorageOperation, 'holds' | 'keys' | 'loop'>;

function describe(module: Module, constants: Constants, signals: LegacySignals, keyNode: Node): Described | null {
  const constant = constants.read(module, keyNode);
  if (constant && 'text' in constant) {
    const holds = keyKind(constant.text, signals);
    return holds && { holds, keys: [constant.text] };
  }
  if (constant && isLegacyPrefix(constant.prefix, signals)) return { holds: 'dynamic', keys: [`${constant.prefix}…`] };
  return (
    describeLoop(module, constants, signals, unwrap(keyNode)) ??
    describeDefault(module, constants, signals, unwrap(keyNode)) ??
    describeChoice(module, constants, signals, keyNode)
  );
}

/** One of several keys, as the program decides. */
function describeChoice(module: Module, constants: Constants, signals: LegacySignals, key: Node): Described | null {
  const keys = constants.choices(module, key).filter((text) => keyKind(text, signals) !== null);
  return keys.length > 0 ? { holds: 'dynamic', keys } : null;
}

/** A parameter whose default is a key of ours, but which callers override. */
function describeDefault(module: Module, constants: Constants, signals: LegacySignals, key: Node): Described | null {
  const binding = key.type === 'Identifier' ? module.scopes.bindingOf(key) : undefined;
  const value = binding?.kind === 'param' ? parameterDefault(binding) : null;
  const text = value && constants.text(module, value.value);
  return text && keyKind(text, signals) ? { holds: 'dynamic', keys: [text] } : null;
}

/** The key is the variable of a loop over a literal array. */
function describeLoop(module: Module, constants: Constants, signals: LegacySignals, key: Node): Described | null {
  const binding = key.type === 'Identifier' ? module.scopes.bindingOf(key) : undefined;
  const loop = binding && loopOf(binding);
  const elements = loop && constants.elements(module, loop.array);
  if (!loop || !elements) return null;
  const keys = elements.nodes.map((element) => constants.text(elements.module, element));
  const kinds = keys.map((text) => (text === null ? null : keyKind(text, signals)));
  const ours = elements.nodes.filter((_, i) => kinds[i]);
  if (ours.length === 0) return null;
  const known = kinds.filter((kind) => kind !== null);
  const holds =
    (['related', 'credentials', 'secret', 'token', 'expiry'] as const).find((kind) => known.includes(kind)) ?? 'token';
  const others = elements.nodes.filter((_, i) => !kinds[i]);
  return {
    holds,
    keys: keys.filter((text, i): text is string => text !== null && kinds[i] !== null),
    loop: { ...loop, others, ours },
  };
}

export function loopOf(binding: Binding): { node: Node; array: Node } | null {
  const { declaration } = binding;
  const statement = declaration.type === 'VariableDeclarator' ? declaration.parent?.parent : null;
  if (statement?.type === 'ForOfStatement') return { node: statement, array: statement['right'] };
  const callback = binding.kind === 'param' ? closest(binding.id, isFunction) : null;
  const call = callback?.parent;
  if (!call || !isCall(call) || !isMember(call['callee']) || callback['params'][0] !== binding.id) return null;
  return propertyName(call['callee']) === 'forEach' ? { node: call, array: call['callee']['object'] } : null;
}

/** A web storage, or a name for one. */
export function isStorage(module: Module, raw: Node, depth = 0): boolean {
  const node = unwrap(raw);
  if (node.type === 'Identifier' && module.scopes.bindingOf(node)) {
    const binding = module.scopes.bindingOf(node);
    const init: Node | undefined = binding && isConstant(binding) ? binding.declaration['init'] : undefined;
    if (!init || depth > 3) return false;
    if (binding?.id.parent?.type === 'ObjectProperty') {
      return (
        /^(window|globalThis|self)$/.test(unwrap(init)['name'] ?? '') &&
        /^(local|session)Storage$/.test(keyName(binding.id.parent) ?? '')
      );
    }
    return binding?.declaration['id'] === binding?.id && isStorage(module, init, depth + 1);
  }
  if (node.type === 'ConditionalExpression') {
    return isStorage(module, node['consequent'], depth + 1) || isStorage(module, node['alternate'], depth + 1);
  }
  if (isMember(node) && unwrap(node['object']).type === 'ThisExpression') {
    const value = ownField(node);
    return value !== null && depth <= 3 && isStorage(module, value, depth + 1);
  }
  return storageName(node) !== null;
}

/** `const`, or `let` and `var` that nothing assigns to. */
const isConstant = ({ kind, references }: Binding): boolean =>
  kind === 'const' ||
  ((kind === 'let' || kind === 'var') &&
    references.every(({ parent }) => parent?.type !== 'UpdateExpression' && parent?.type !== 'AssignmentExpression'));

/** The value of `this.area`: of the field, or the default of the constructor's parameter that declares it. */
function ownField(member: Node): Node | null {
  const owner = closest(member, (at) => /^Class(Declaration|Expression)$/.test(at.type));
  const name = propertyName(member);
  const members = (owner?.['body'].body ?? []) as Node[];
  const field = members.find((entry) => keyName(entry) === name && /Property$/.test(entry.type));
  if (field) return field['value'] ?? null;
  const params = (members.find((entry) => entry['kind'] === 'constructor')?.['params'] ?? []) as Node[];
  const patterns = params.flatMap((param) =>
    param.type === 'TSParameterProperty' ? [param['parameter'] as Node] : [],
  );
  return patterns.find((pattern) => pattern['left']?.name === name)?.['right'] ?? null;
}
