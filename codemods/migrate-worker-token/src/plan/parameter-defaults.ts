/** The text that a parameter always has: its default, if no caller overrides it, or what all callers pass alike. */
import type { Node } from '../ast/node.js';
import { closest, findAll } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isCall, isFunction, keyName } from '../ast/shapes.js';
import { parameterDefault } from './constant-values.js';
import { mentionsOf, nearMentionsOf, type Mention } from './mentions.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

export interface Parameters {
  /** A node with the value, or null if callers differ. */
  valueOf(module: Module, param: Binding): Node | null;
  /** Arguments that say what the parameter is known to be. */
  readonly constantArguments: ReadonlySet<Node>;
}

interface Place {
  owner: Node;
  index: number;
  /** Of a destructured object. */
  property: string | null;
  value: Node | null;
}

export function makeParameters(
  project: () => Project,
  textOf: (module: Module, node: Node) => string | null,
): Parameters {
  const known = new Map<Binding, Node | null>();
  const constantArguments = new Set<Node>();
  const find = (module: Module, param: Binding): Node | null => {
    const place = placeOf(param);
    // files without a signal pass none of our keys, but they may pass another one
    if (!place || !alike(module, place, nearMentionsOf)) return null;
    const found = alike(module, place, mentionsOf);
    for (const argument of found?.given ?? []) constantArguments.add(argument);
    return found?.value ?? null;
  };
  const alike = (module: Module, place: Place, mentions: Mentions): { value: Node | null; given: Node[] } | null => {
    const passed = argumentsFor(project(), module, place, mentions);
    if (!passed) return null;
    const given = passed.filter((argument) => argument !== 'none');
    if (given.length === 0) return { value: place.value, given: [] };
    const texts = new Set(given.map((argument) => textOf(argument.module, argument.node)));
    if (given.length < passed.length) texts.add(place.value && textOf(module, place.value));
    const [text] = texts;
    if (texts.size !== 1 || typeof text !== 'string') return null;
    return { value: literal(text), given: given.map(({ node }) => node) };
  };
  return {
    constantArguments,
    valueOf(module, param) {
      const cached = known.get(param);
      if (cached !== undefined) return cached;
      known.set(param, null);
      const value = find(module, param);
      known.set(param, value);
      return value;
    },
  };
}

const literal = (value: string): Node => ({ type: 'StringLiteral', value, start: -1, end: -1, parent: null });

function placeOf(param: Binding): Place | null {
  const owner = closest(param.id, isFunction);
  if (!owner) return null;
  const withDefault = parameterDefault(param);
  if (withDefault) return withDefault;
  const params: Node[] = owner['params'];
  const index = params.findIndex((candidate) => closest(param.id, (at) => at === candidate) !== null);
  const parent = param.id.parent;
  const property = parent?.type === 'ObjectProperty' ? keyName(parent) : null;
  const isDirect = params[index] === param.id || (property !== null && parent?.parent === params[index]);
  return isDirect ? { owner, index, property, value: null } : null;
}

type Mentions = (project: Project, module: Module, binding: Binding) => Mention[];
type Passed = { module: Module; node: Node } | 'none';

/** What each caller passes; null if the function is unknown, not called, or used in another way. */
function argumentsFor(project: Project, module: Module, place: Place, mentions: Mentions): Passed[] | null {
  const { owner } = place;
  const id: Node | null = owner.type === 'FunctionDeclaration' ? owner['id'] : (owner.parent?.['id'] ?? null);
  const binding = id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined;
  if (!binding) return null;
  const passed = mentions(project, module, binding).map((mention) => passedAt(mention.module, mention.node, place));
  const relevant = passed.filter((argument) => argument !== 'no call');
  if (relevant.includes('unknown')) return null;
  const known = relevant.filter((argument) => argument !== 'unknown');
  return known.length > 0 || place.value ? known : null;
}

function passedAt(module: Module, mention: Node, place: Place): Passed | 'unknown' | 'no call' {
  const parent = mention.parent;
  if (!parent || /^(Import|Export)|^TS|^JSXClosing/.test(parent.type)) return 'no call';
  if (parent.type === 'JSXOpeningElement') return fromAttributes(module, parent['attributes'], place);
  if (!isCall(parent) || parent['callee'] !== mention) return 'unknown';
  const list: Node[] = parent['arguments'];
  if (list.some((argument) => argument.type === 'SpreadElement')) return 'unknown';
  const argument = list[place.index];
  if (!argument) return 'none';
  if (place.property === null) return { module, node: argument };
  if (argument.type !== 'ObjectExpression' || findAll(argument, (at) => at.type === 'SpreadElement').length > 0)
    return 'unknown';
  const property = (argument['properties'] as Node[]).find((entry) => keyName(entry) === place.property);
  return property ? { module, node: property['value'] ?? property } : 'none';
}

function fromAttributes(module: Module, attributes: Node[], { property }: Place): Passed | 'unknown' {
  if (property === null || attributes.some((attribute) => attribute.type === 'JSXSpreadAttribute')) return 'unknown';
  const attribute = attributes.find((candidate) => candidate['name'].name === property);
  const value: Node | null | undefined = attribute?.['value'];
  if (!attribute) return 'none';
  if (!value) return 'unknown';
  return { module, node: value.type === 'JSXExpressionContainer' ? value['expression'] : value };
}
