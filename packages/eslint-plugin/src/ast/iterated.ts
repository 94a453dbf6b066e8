// What a loop or a callback gives a name, one after the other: `for (const key of [a, b])`, `Object.entries(o).forEach(([key]) => …)`,
// `for (const key in o)`. Names of properties come as text.
import type { Identifier, Node } from 'estree';
import { variableOf } from './binding.js';
import { childrenOf, parentOf, type Module } from './module.js';
import { keyOf, memberOf, resolve, type Place } from './resolve.js';

type Item = Node | string;

/** The expressions or texts that a name stands for in turn; nothing when it is no name of a loop. */
export function iterated(identifier: Identifier, module: Module): Item[] {
  const source = sourceOf(identifier, module);
  if (!source) return [];
  const { list, name, keysOnly } = source;
  const pattern = parentOf(name);
  return itemsOf(list, module, keysOnly).flatMap((item) => {
    if (pattern?.type === 'ArrayPattern') {
      const part = item.pair?.[pattern.elements.indexOf(name as Identifier)];
      return part === undefined ? held(item.place, String(pattern.elements.indexOf(name as Identifier))) : [part];
    }
    if (pattern?.type === 'Property') return held(item.place, keyOf(pattern) ?? '');
    return item.place ? [item.place.node] : item.pair ? [item.pair[0]] : [];
  });
}

const held = (place: Place | null, key: string): Item[] => {
  const found = place && memberOf(resolve(place.node, place.module), key);
  return found ? [found.node] : [];
};

interface Source {
  list: Node;
  /** The name in its pattern. */
  name: Node;
  keysOnly: boolean;
}

/** The list behind a name of a loop, or of a callback that is given each item. */
export function sourceOf(identifier: Identifier, module: Module): Source | null {
  const definition = variableOf(identifier, module)?.defs[0];
  if (!definition) return null;
  const { name } = definition;
  if (definition.type === 'Variable') {
    const loop = parentOf(parentOf(definition.node) ?? definition.node);
    if (loop?.type === 'ForOfStatement') return { list: loop.right, name, keysOnly: false };
    return loop?.type === 'ForInStatement' ? { list: loop.right, name, keysOnly: true } : null;
  }
  if (definition.type !== 'Parameter') return null;
  const call = parentOf(definition.node);
  const [first] = (definition.node as unknown as { params: Node[] }).params;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || !first) return null;
  const { property, object } = call.callee;
  const isEach = property.type === 'Identifier' && /^(forEach|map|find|some|flatMap|filter|every)$/.test(property.name);
  const isWithin = first === name || (name.range?.[0] ?? 0) < (first.range?.[1] ?? 0);
  return isEach && isWithin ? { list: object as Node, name, keysOnly: false } : null;
}

/** An item: an expression, or the name and the value of a property. */
interface Entry {
  place: Place | null;
  pair?: [Item, Item];
}

function itemsOf(list: Node, module: Module, keysOnly: boolean): Entry[] {
  const place = resolve(list, module);
  const { node } = place;
  if (keysOnly) return pairsOf(place).map(({ pair }) => ({ place: null, ...(pair ? { pair } : {}) }));
  if (node.type === 'ArrayExpression')
    return node.elements.flatMap((item) =>
      item && item.type !== 'SpreadElement' ? [{ place: { node: item, module: place.module } }] : [],
    );
  if (node.type === 'NewExpression') {
    const [held] = node.arguments;
    return held && /^(Map|Set)$/.test(calleeText(node.callee)) ? itemsOf(held, place.module, false) : [];
  }
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier') return yieldedBy(node.callee, place.module);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const { object, property } = node.callee;
  const method = property.type === 'Identifier' ? property.name : '';
  if (/^(filter|slice|sort|reverse|toSorted|concat)$/.test(method)) return itemsOf(object, place.module, false);
  const [argument] = node.arguments;
  if (!argument || calleeText(object) !== 'Object') return [];
  const pairs = pairsOf(resolve(argument, place.module));
  if (method === 'entries') return pairs;
  if (method === 'keys') return pairs.map(({ pair }) => ({ place: null, ...(pair ? { pair } : {}) }));
  return method === 'values'
    ? pairs.flatMap(({ pair }) =>
        pair && typeof pair[1] !== 'string' ? [{ place: { node: pair[1], module: place.module } }] : [],
      )
    : [];
}

const calleeText = (node: Node) => (node.type === 'Identifier' ? node.name : '');

function pairsOf({ node }: Place): Entry[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((entry) => {
    const key = entry.type === 'Property' ? keyOf(entry) : null;
    return entry.type === 'Property' && key !== null
      ? [{ place: null, pair: [key, entry.value] satisfies [Item, Item] }]
      : [];
  });
}

/** What a generator yields one after the other. */
function yieldedBy(callee: Identifier, module: Module): Entry[] {
  const maker = resolve(callee, module);
  if (!(maker.node as { generator?: boolean }).generator) return [];
  const found: Entry[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'YieldExpression' && node.argument && !node.delegate)
      found.push({ place: { node: node.argument, module: maker.module } });
    childrenOf(node).forEach(visit);
  };
  visit(maker.node);
  return found;
}
