/** Decides whether a reader can take the manager's credentials as they are, or needs them in their old shape. */
import type { Node } from '../ast/node.js';
import { closest } from '../ast/node.js';
import { wrapped } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';
import type { Parse, RawValue } from './raw-value.js';
import { isGuarded } from './surroundings.js';
import { usageOf, type Usage } from './value-usage.js';

export interface Adapter {
  /** The manager's own type will do. */
  bare: boolean;
  shape: 'camel' | 'snake';
  /** The type that the code says the object has. */
  type: string | null;
}

/** What old and new shape have in common, in name and in type. */
const COMMON = new Set(['environmentId', 'clientId', 'clientSecret']);
const SNAKE = /^(client_id|client_secret|environment_id)$/;
const JAVASCRIPT = /\.[cm]?jsx?$/;

export function adapterFor(context: PlanContext, module: Module, raw: RawValue): Adapter {
  if (raw.parses.length === 0) return { bare: true, shape: 'camel', type: null };
  const options = {
    isRemoved: (node: Node) => context.edits.isRemoved(module, node),
    alsoGuardedBy: raw.binding ? [raw.binding.name] : [],
  };
  const usages = raw.parses.map((parse) => usageOf(module, parse.whole, options));
  const fields = new Set(usages.flatMap((usage) => [...usage.fields]));
  for (const usage of usages) for (const field of typedFields(context, module, usage)) fields.add(field);
  const bare = raw.parses.every((parse, i) => isBare(context, module, parse, usages[i] as Usage));
  const shape = [...fields].some((field) => SNAKE.test(field)) ? 'snake' : 'camel';
  return { bare, shape, type: bare ? null : castType(module, raw) };
}

function isBare(context: PlanContext, module: Module, parse: Parse, usage: Usage): boolean {
  const isScript = JAVASCRIPT.test(module.path);
  if ([...usage.fields].some((field) => !COMMON.has(field))) return false;
  if (isFieldOfDefault(parse)) return usage.escapes.length === 0;
  if (!isScript && (usage.unguarded || parse.fallback !== null)) return false;
  if (isScript && parse.fallback !== null && parse.fallback !== '{}') return false;
  return usage.escapes.every((escape) => fitsPlace(context, module, escape));
}

/**
 * The place has a type of its own that does not take null (or the default behind it). TypeScript would infer the adapter's
 * type from it; `JSON.parse` had none.
 */
export function demandsMore(context: PlanContext, module: Module, raw: Node, hasFallback: boolean): boolean {
  if (JAVASCRIPT.test(module.path)) return false;
  let place = raw;
  while (place.parent && /^(ConditionalExpression|LogicalExpression)$/.test(place.parent.type)) place = place.parent;
  const parent = place.parent;
  if (parent?.type === 'CallExpression') return (parent['arguments'] as Node[]).includes(place);
  if (parent?.type === 'AssignmentExpression') return parent['right'] === place;
  const type = context.types.ofPlace(module, place);
  return type !== null && parent?.type !== 'SpreadElement' && (hasFallback || !admitsNull(type));
}

const admitsNull = (type: { module: Module; node: Node }): boolean =>
  /\|\s*null\b|\bnull\s*\|/.test(type.module.text.slice(type.node.start, type.node.end));

/** A field of `JSON.parse(text || '{}')` is read at once. */
export function isFieldOfDefault(parse: Parse): boolean {
  const place = wrapped(parse.whole);
  const member = place.parent;
  const isMemberAccess = member?.type === 'MemberExpression' || member?.type === 'OptionalMemberExpression';
  return (
    parse.fallback === '{}' &&
    isMemberAccess &&
    member['object'] === place &&
    member.parent?.type !== 'MemberExpression'
  );
}

/** The place demands no other fields than the common ones, and takes null if it may come. */
function fitsPlace(context: PlanContext, module: Module, escape: Node): boolean {
  const type = context.types.ofPlace(module, escape);
  const fields = type && context.types.fields(type);
  if (!type || !fields || ![...fields.keys()].every((field) => COMMON.has(field))) return false;
  if (wrapped(escape).parent?.type === 'SpreadElement') return true;
  return admitsNull(type) || (escape.type === 'Identifier' && isGuarded(escape, escape['name']));
}

/** The fields that the declared types around the value speak of. */
function typedFields(context: PlanContext, module: Module, usage: Usage): string[] {
  return usage.escapes.flatMap((escape) => {
    const type = context.types.ofPlace(module, escape);
    return type ? [...(context.types.fields(type)?.keys() ?? [])] : [];
  });
}

/** `JSON.parse(text) as Worker` inside an expression that is replaced as a whole; `readJson<Worker>(…)`. */
function castType(module: Module, raw: RawValue): string | null {
  const [parse] = raw.parses;
  if (!parse || raw.parses.length > 1) return null;
  const cast = closest(parse.call.parent, (at) => at.type === 'TSAsExpression' || at === parse.whole);
  const isInside = cast?.type === 'TSAsExpression' && parse.whole !== parse.call;
  const type: Node | undefined = isInside ? cast['typeAnnotation'] : typeArgument(parse.call);
  const text = type && module.text.slice(type.start, type.end).replace(/\s*\|\s*null\b/, '');
  return !text || text === 'any' || text === 'unknown' ? null : text;
}

const typeArgument = (call: Node): Node | undefined => (call['typeParameters'] ?? call['typeArguments'])?.params?.[0];
