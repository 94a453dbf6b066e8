// Which parameter of a function an expression inside it comes from, and the same part of a call's arguments.
import type { CallExpression, Identifier, Node } from 'estree';
import { argumentAt } from './access.js';
import { soleValue, variableOf } from './binding.js';
import { isFunction, parameterName, type FunctionNode } from './functions.js';
import { sourceOf } from './iterated.js';
import { childrenOf, parentOf, type Module } from './module.js';
import { keyOf, memberOf, propertyName, resolve } from './resolve.js';
import { unwrap } from './unwrap.js';

/** `(options) => options.key` is parameter 0, path `['key']`; so is `({ key }) => key`. */
export interface Source {
  index: number;
  path: string[];
}

const deepest = 4;

/** The parameter that an expression mentions; the one it is made of, not one that it measures or compares. */
export function parameterIn(node: Node, owner: FunctionNode, module: Module): Source | null {
  const names = namesOf(owner);
  const visit = (current: Node, depth: number): Source | null => {
    if (current.type === 'Identifier') return names.get(current.name) ?? ofLocal(current, depth);
    if (isFunction(current) || current.type === 'UnaryExpression') return null;
    if (current.type === 'MemberExpression') return ofMember(current);
    for (const child of childrenOf(current)) {
      const found = visit(child, depth);
      if (found) return found;
    }
    return null;
  };
  const ofMember = (member: Extract<Node, { type: 'MemberExpression' }>): Source | null => {
    const base = member.object.type === 'Identifier' ? names.get(member.object.name) : undefined;
    const name = base ? propertyName(member, module) : null;
    return base && name !== null ? { index: base.index, path: [...base.path, name] } : null;
  };
  /** `const name = prefix + key`, `const { key } = options`. */
  const ofLocal = (identifier: Identifier, depth: number): Source | null => {
    const variable = depth < deepest ? variableOf(identifier, module) : null;
    const definition = variable?.defs[0];
    if (!variable || definition?.type !== 'Variable' || !isWithin(definition.node, owner)) return null;
    const value = soleValue(variable);
    if (value) return visit(value, depth + 1);
    const property = parentOf(definition.name);
    const { init } = definition.node;
    const from = property?.type === 'Property' && init?.type === 'Identifier' ? names.get(init.name) : undefined;
    const key = from && property?.type === 'Property' ? keyOf(property) : null;
    return from && key !== null ? { index: from.index, path: [...from.path, key] } : null;
  };
  return visit(unwrap(node), 0);
}

const isWithin = (node: Node, owner: Node) =>
  (node.range?.[0] ?? 0) >= (owner.range?.[0] ?? 0) && (node.range?.[1] ?? 0) <= (owner.range?.[1] ?? 0);

function namesOf(owner: FunctionNode): Map<string, Source> {
  const names = new Map<string, Source>();
  (owner.params as Node[]).forEach((parameter, index) => {
    const name = parameterName(parameter);
    if (name) names.set(name.name, { index, path: [] });
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (pattern.type !== 'ObjectPattern') return;
    for (const entry of pattern.properties) {
      const key = entry.type === 'Property' ? keyOf(entry) : null;
      const held = entry.type === 'Property' ? parameterName(entry.value) : null;
      if (key !== null && held) names.set(held.name, { index, path: [key] });
    }
  });
  return names;
}

/** The parameter of which the function goes through all properties: `Object.entries(items).forEach(([key]) => …)`. */
export function entriesParameter(key: Node, owner: FunctionNode, module: Module): number | null {
  const identifier = unwrap(key);
  const source = identifier.type === 'Identifier' ? sourceOf(identifier, module) : null;
  if (!source) return null;
  const isListed = source.list.type === 'CallExpression' && source.list.callee.type === 'MemberExpression';
  const list = isListed ? (source.list as CallExpression).arguments[0] : source.keysOnly ? source.list : null;
  if (list?.type !== 'Identifier') return null;
  const found = namesOf(owner).get(list.name);
  return found?.path.length === 0 ? found.index : null;
}

/** What a call hands over for a source; null where that cannot be told. */
export function argumentFor(call: { arguments: Node[] }, { index, path }: Source, module: Module): Node | null {
  let node = argumentAt(call, index);
  for (const name of path) {
    const found: ReturnType<typeof memberOf> = node && memberOf(resolve(node, module), name);
    node = found?.node ?? null;
  }
  return node;
}
