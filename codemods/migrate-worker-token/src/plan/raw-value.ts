/** Follows the text of a stored record from the storage call to where it is parsed or tested. */
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isIdentifier, unwrap, wrapped } from '../ast/shapes.js';
import { isAssigned } from './constant-values.js';
import type { Module } from './module.js';
import { parseHelperCall } from './parse-helpers.js';
import type { Project } from './project.js';
import { isNullComparison, isTested } from './surroundings.js';
import { isJsonCall } from './value-usage.js';

/** One place where the text becomes an object. */
export interface Parse {
  /** `JSON.parse(…)` or the helper's call. */
  call: Node;
  /** The whole expression, with the `raw ? … : null` around it. */
  whole: Node;
  /** What the value is where nothing is stored, if the code says so and it is not null. */
  fallback: string | null;
  fallbackNode: Node | null;
}

export interface RawValue {
  /** The variable that holds the text. */
  binding: Binding | null;
  /** Its declarator, where the storage call is the initial value. */
  declarator: Node | null;
  parses: Parse[];
  /** Mentions that only ask whether something is stored, outside of the parsed expressions. */
  tests: Node[];
  /** The storage call with a default behind it: `getItem(K) || '{}'`. */
  source: Node;
  escapes: boolean;
}

export function followRaw(
  project: Project,
  module: Module,
  operation: Node,
  sameRead: (node: Node) => boolean,
  parsed: { fallback: Node | null } | null,
): RawValue {
  const value: RawValue = { binding: null, declarator: null, parses: [], tests: [], source: operation, escapes: false };

  const use = (raw: Node, inherited: string | null): void => {
    let node = wrapped(raw);
    let fallback = inherited;
    const logical = node.parent;
    const isDefault = logical?.type === 'LogicalExpression' && logical['left'] === node && logical['operator'] !== '&&';
    if (isDefault && logical['right'].type === 'StringLiteral') {
      fallback = fallbackText(logical['right'].value);
      node = wrapped(logical);
      if (raw === operation) value.source = node;
    }
    const parent = node.parent;
    const helper = parent && parent['arguments']?.[0] === node ? parseHelperCall(project, module, parent) : null;
    if (parent && (isJsonCall(parent, 'parse') || helper)) addParse(parent, fallback, helper?.fallback ?? null);
    else if (isTested(node)) value.tests.push(raw);
    else if (parent?.type === 'VariableDeclarator' && parent['id'].type === 'Identifier')
      hold(parent['id'], parent, fallback);
    else if (parent?.type === 'AssignmentExpression' && parent['left'].type === 'Identifier')
      hold(parent['left'], null, fallback);
    else value.escapes = true;
  };

  const hold = (id: Node, declarator: Node | null, fallback: string | null): void => {
    const binding = module.scopes.bindingOf(id);
    const assignments =
      binding?.references.filter((r) => r.parent?.type === 'AssignmentExpression' && r.parent['left'] === r) ?? [];
    const isOnlyValue = declarator ? binding && !isAssigned(binding) : assignments.length === 1 && isUnset(binding);
    if (!binding || !isOnlyValue || value.binding) {
      value.escapes = true;
      return;
    }
    value.binding = binding;
    value.declarator = declarator;
    for (const reference of binding.references) if (!assignments.includes(reference)) use(reference, fallback);
  };

  const addParse = (call: Node, fallback: string | null, helperFallback: Node | null): void => {
    const node = wrapped(call);
    const parent = node.parent;
    const parse: Parse = { call, whole: call, fallback, fallbackNode: helperFallback };
    if (helperFallback) parse.fallback = textOf(module, unwrap(helperFallback));
    const asks = (test: Node) => asksFor(module, test, value.binding, sameRead);
    if (parent?.type === 'ConditionalExpression') {
      const isYes = parent['consequent'] === node && asks(parent['test']) === 'present';
      const isNo = parent['alternate'] === node && asks(parent['test']) === 'absent';
      if (isYes || isNo) {
        parse.whole = parent;
        parse.fallbackNode = isYes ? parent['alternate'] : parent['consequent'];
        parse.fallback = textOf(module, parse.fallbackNode as Node);
      }
    } else if (parent?.type === 'LogicalExpression' && parent['operator'] === '&&' && parent['right'] === node) {
      if (asks(parent['left']) === 'present') parse.whole = parent;
    }
    if (parse.fallback === 'null') parse.fallback = null;
    value.parses.push(parse);
  };

  if (parsed) addParse(operation, null, parsed.fallback);
  else use(operation, null);
  value.tests = value.tests.filter(
    (test) => !value.parses.some((p) => p.whole.start <= test.start && test.end <= p.whole.end),
  );
  return value;
}

const textOf = (module: Module, node: Node): string => module.text.slice(node.start, node.end);

function isUnset(binding: Binding | undefined): boolean {
  if (binding?.declaration.type !== 'VariableDeclarator') return false;
  const init: Node | null = binding.declaration['init'];
  return !init || init.type === 'NullLiteral' || isIdentifier(init, 'undefined');
}

/** `'{}'` is `{}` once parsed; `'null'` and `''` are null. */
function fallbackText(json: string): string | null {
  return json.trim() === '' || json.trim() === 'null' ? null : json.trim();
}

/** Does a test ask whether the text is there, or whether it is not? */
function asksFor(
  module: Module,
  raw: Node,
  binding: Binding | null,
  sameRead: (node: Node) => boolean,
): 'present' | 'absent' | null {
  const test = unwrap(raw);
  const isText = (node: Node) =>
    sameRead(unwrap(node)) ||
    (binding !== null && node.type === 'Identifier' && module.scopes.bindingOf(node) === binding);
  if (isText(test)) return 'present';
  if (test.type === 'UnaryExpression' && test['operator'] === '!') {
    const inner = asksFor(module, test['argument'], binding, sameRead);
    return inner === 'present' ? 'absent' : inner === 'absent' ? 'present' : null;
  }
  if (isNullComparison(test) && [test['left'], test['right']].some((side: Node) => isText(unwrap(side)))) {
    return /^!/.test(test['operator']) ? 'present' : 'absent';
  }
  return null;
}
