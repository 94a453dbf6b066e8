// What calls make of a value that may be sensitive: a callback's items, an instance's JSON, `JSON.stringify` with a replacer.
import { calleeName } from '../ast/callee-name.js';
import type { CallExpression, Class, MemberExpression, Node } from 'estree';
import { fieldsOf } from '../ast/class-member.js';
import { calledFunction, isFunction, returnsOf } from '../ast/functions.js';
import type { Module } from '../ast/module.js';
import { memberOf, resolve } from '../ast/resolve.js';
import { unwrap } from '../ast/unwrap.js';
import { sensitiveName, strongest, type NameVerdict } from './sensitive-name.js';

/** The verdict on a part of what is made. */
export type Judge = (value: Node, home: Module) => NameVerdict | null;

/** `apps.map(({ clientSecret }) => …)`: what the callback makes; what is only sorted or filtered stays what it is. */
export function ofItems(
  name: string,
  callee: MemberExpression,
  call: CallExpression,
  module: Module,
  judge: Judge,
): NameVerdict | null {
  const [callback] = call.arguments;
  if (!/[mM]ap$/.test(name)) return judge(callee.object, module);
  const called = callback ? calledFunction(callback, module) : null;
  return called && strongest(returnsOf(called.node).map((value) => judge(value, called.module)));
}

/** What `JSON.stringify` makes of an instance: its `toJSON()`, or what its fields and its constructor keep. */
export function ofInstance(callee: Node, module: Module, judge: Judge): NameVerdict | null {
  const { node, module: home } = resolve(callee, module);
  if (!/^Class/.test(node.type)) return null;
  const json = memberOf({ node, module: home }, 'toJSON');
  if (json && isFunction(json.node)) return strongest(returnsOf(json.node).map((value) => judge(value, home)));
  return strongest(fieldsOf(node as Class).map(sensitiveName));
}

/** `JSON.stringify(value, ['a', 'b'])` keeps only those; a function as replacer is taken at its word; `null` is none. */
export function ofReplaced([value, replacer]: Node[], module: Module, judge: Judge): NameVerdict | null {
  if (!value || !replacer) return null;
  const list = resolve(replacer, module).node;
  if (list.type === 'ArrayExpression')
    return strongest(
      list.elements.map((entry) =>
        entry?.type === 'Literal' && typeof entry.value === 'string' ? sensitiveName(entry.value) : null,
      ),
    );
  const isNone =
    (list.type === 'Literal' && list.value === null) || (list.type === 'Identifier' && list.name === 'undefined');
  return isNone ? judge(value, module) : null;
}

/** Made by a function that gives something else than what its argument holds: `jwtDecode(token)`, `uuid()`. */
export function isGivenAway(init: Node, module: Module): boolean {
  const expression = unwrap(init);
  const call = expression.type === 'AwaitExpression' ? unwrap(expression.argument) : expression;
  if (call.type !== 'CallExpression') return false;
  const name = calleeName(call.callee, module) ?? '';
  return /uuid|nanoid|decode|parseJwt|verify|validate|random|count|estimate|cursor|hash|digest|encrypt|seal|mask|redact|sanitize|strip|omit|subscribe|setTimeout|setInterval/i.test(
    name,
  );
}

/** `params.get('access_token')`, of an address or a form. */
export function ofForm({ object }: MemberExpression, call: CallExpression, module: Module): NameVerdict | null {
  const [first] = call.arguments;
  if (first?.type !== 'Literal' || typeof first.value !== 'string') return null;
  const { node: made } = resolve(object, module);
  const isForm =
    made.type === 'NewExpression' && /^(URLSearchParams|FormData)$/.test(calleeName(made.callee, module) ?? '');
  const isCalledSo = /(params|query|hash|form|formData)$/i.test(calleeName(object, module) ?? '');
  return isForm || isCalledSo ? sensitiveName(first.value) : null;
}
