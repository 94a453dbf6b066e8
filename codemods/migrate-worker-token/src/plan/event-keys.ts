/** Which of our keys a handler asks for: `event.key === KEY`. */
import { keyKind, type KeyKind } from '@worker-token/legacy-signals';
import { findAll, type Node } from '../ast/node.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';

/** What they hold; null where it asks for none, or for several kinds. */
export function askedKind({ constants, signals }: PlanContext, module: Module, fn: Node | null): KeyKind | null {
  const comparisons = fn
    ? findAll(fn, (node) => node.type === 'BinaryExpression' && /^[!=]==?$/.test(node['operator']))
    : [];
  const texts = comparisons.flatMap((node) => [
    constants.text(module, node['left']),
    constants.text(module, node['right']),
  ]);
  const kinds = new Set(texts.filter((text) => text !== null).map((text) => keyKind(text, signals)));
  const [kind] = kinds;
  return kinds.size === 1 && kind ? kind : null;
}
