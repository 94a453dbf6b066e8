// Recognises a read, write or removal in Web Storage, whichever way it is spelled. Knows nothing of keys that matter.
import type { SourceCode } from 'eslint';
import type { CallExpression, Identifier, MemberExpression, Node } from 'estree';
import { initializerOf, isGlobal, variableOf } from './binding.js';
import { propertyName, staticString, type StringContext } from './static-string.js';
import { unwrap } from './unwrap.js';

export interface StorageAccess {
  operation: 'read' | 'write' | 'remove';
  area: 'localStorage' | 'sessionStorage';
  /** The key, where it is certain. */
  key: string | null;
  node: Node;
}

type Area = StorageAccess['area'];
const areas = new Set<string>(['localStorage', 'sessionStorage']);
const hosts = new Set(['window', 'globalThis', 'self', 'top', 'parent', 'frames']);
const methods: Record<string, StorageAccess['operation']> = { getItem: 'read', setItem: 'write', removeItem: 'remove' };
const builtIn = new Set(['length', 'key', 'clear', ...Object.keys(methods)]);

/** `localStorage`, `window.localStorage`, `const store = self['sessionStorage']`, `const { localStorage: s } = window`. */
export function storageArea(node: Node, context: StringContext, depth = 0): Area | null {
  const expression = unwrap(node);
  if (depth > 4) return null;
  if (expression.type === 'Identifier') return areaOfName(expression, context, depth);
  if (expression.type !== 'MemberExpression') return null;
  const host = unwrap(expression.object);
  const name = propertyName(expression, context);
  if (name === null || !areas.has(name) || host.type !== 'Identifier') return null;
  return hosts.has(host.name) && isGlobal(host, context.sourceCode) ? (name as Area) : null;
}

function areaOfName(identifier: Identifier, context: StringContext, depth: number): Area | null {
  if (areas.has(identifier.name) && isGlobal(identifier, context.sourceCode)) return identifier.name as Area;
  const initializer = initializerOf(identifier, context.sourceCode);
  return initializer ? storageArea(initializer, context, depth + 1) : destructured(identifier, context.sourceCode);
}

function destructured(identifier: Identifier, sourceCode: SourceCode): Area | null {
  const definition = variableOf(identifier, sourceCode)?.defs[0];
  if (definition?.type !== 'Variable' || definition.node.id.type !== 'ObjectPattern') return null;
  const host = definition.node.init && unwrap(definition.node.init);
  if (host?.type !== 'Identifier' || !hosts.has(host.name) || !isGlobal(host, sourceCode)) return null;
  const property = definition.node.id.properties.find(
    (entry) => entry.type === 'Property' && entry.value === definition.name,
  );
  const name = property?.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : '';
  return areas.has(name) ? (name as Area) : null;
}

/** `localStorage.getItem(key)` and its siblings. */
export function callAccess(call: CallExpression, context: StringContext): StorageAccess | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return null;
  const operation = methods[propertyName(callee, context) ?? ''];
  const area = operation && storageArea(callee.object, context);
  const first = call.arguments[0];
  if (!operation || !area || !first || first.type === 'SpreadElement') return null;
  return { operation, area, key: staticString(first, context), node: call };
}

/** `localStorage.worker_token`, `localStorage[KEY] = …`, `delete localStorage[KEY]`. */
export function propertyAccess(member: MemberExpression, context: StringContext): StorageAccess | null {
  const area = storageArea(member.object, context);
  if (!area) return null;
  const key = propertyName(member, context);
  if (key === null || builtIn.has(key)) return null;
  const parent = (member as unknown as { parent: Node }).parent;
  const operation =
    parent.type === 'AssignmentExpression' && parent.left === member
      ? 'write'
      : parent.type === 'UnaryExpression' && parent.operator === 'delete'
        ? 'remove'
        : 'read';
  return { operation, area, key, node: member };
}
