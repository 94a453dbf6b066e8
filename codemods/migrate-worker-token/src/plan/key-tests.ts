/** Conditions on the key of a `storage` event: do they ask for keys of ours, for others, or for both? */
import { isLegacyPrefix, keyKind } from '@worker-token/legacy-signals';
import type { Node } from '../ast/node.js';
import { isCall, isIdentifier, isMember, propertyName, unwrap } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';

export type KeyTest = { asks: 'ours' | 'others' | 'both'; keys: string[]; others: Node[]; negated: boolean };

/** Null where the expression does not ask about the event's key alone. */
export function keyTest(context: PlanContext, module: Module, raw: Node, event: string): KeyTest | null {
  const test = unwrap(raw);
  if (test.type === 'LogicalExpression') return combined(context, module, test, event);
  if (test.type === 'BinaryExpression' && /^[!=]==?$/.test(test['operator'])) {
    const [left, right]: [Node, Node] = [unwrap(test['left']), unwrap(test['right'])];
    const other = isKeyOf(left, event) ? right : isKeyOf(right, event) ? left : null;
    return other && ofKeys(context, module, [other], test, test['operator'].startsWith('!'));
  }
  if (test.type === 'UnaryExpression' && test['operator'] === '!') {
    const inner = keyTest(context, module, test['argument'], event);
    return inner && { ...inner, negated: !inner.negated };
  }
  if (!isCall(test) || !isMember(unwrap(test['callee']))) return null;
  const callee = unwrap(test['callee']);
  const [argument] = test['arguments'] as Node[];
  if (!argument) return null;
  if (propertyName(callee) === 'includes' && isKeyOf(unwrap(argument), event)) {
    const list = context.constants.elements(module, callee['object']);
    return list && ofKeys(context, list.module, list.nodes, test, false);
  }
  const isPrefix = propertyName(callee) === 'startsWith' || propertyName(callee) === 'includes';
  if (!isPrefix || !isKeyOf(unwrap(callee['object']), event)) return null;
  const text = context.constants.text(module, argument);
  const isOurs = text !== null && (keyKind(text, context.signals) !== null || isLegacyPrefix(text, context.signals));
  return isOurs
    ? { asks: 'ours', keys: [text], others: [], negated: false }
    : { asks: 'others', keys: [], others: [test], negated: false };
}

/** `a || b` of tests that ask for keys; `a && b` of tests that exclude keys. */
function combined(context: PlanContext, module: Module, test: Node, event: string): KeyTest | null {
  const parts = [keyTest(context, module, test['left'], event), keyTest(context, module, test['right'], event)];
  const [left, right] = parts;
  if (!left || !right) {
    // `e.key && e.key !== K`
    const present = isKeyOf(unwrap(test['left']), event) ? right : null;
    return test['operator'] === '&&' ? (present ?? null) : null;
  }
  const isUnion = test['operator'] === '||' && !left.negated && !right.negated;
  const isExclusion = test['operator'] === '&&' && left.negated && right.negated;
  if (!isUnion && !isExclusion) return null;
  const asks = left.asks === right.asks ? left.asks : 'both';
  return { asks, keys: [...left.keys, ...right.keys], others: [...left.others, ...right.others], negated: isExclusion };
}

function ofKeys(context: PlanContext, module: Module, nodes: Node[], test: Node, negated: boolean): KeyTest | null {
  const isClear = nodes.length === 1 && (nodes[0]?.type === 'NullLiteral' || isIdentifier(nodes[0], 'undefined'));
  if (isClear) return { asks: 'ours', keys: [], others: [], negated };
  const texts = nodes.map((node) => context.constants.text(module, node));
  const keys = texts.filter((text): text is string => text !== null && keyKind(text, context.signals) !== null);
  const asks = keys.length === nodes.length ? 'ours' : keys.length === 0 ? 'others' : 'both';
  return { asks, keys, others: asks === 'ours' ? [] : [test], negated };
}

/** `event.key` */
export function isKeyOf(node: Node, event: string): boolean {
  return isMember(node) && propertyName(node) === 'key' && isIdentifier(unwrap(node['object']), event);
}
