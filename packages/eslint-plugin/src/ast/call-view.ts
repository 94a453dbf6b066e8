// Calls that call something else: redux-saga's `call(fn, …)`, `fn.call(this, …)`, `partial(fn, …)`, `setTimeout(fn, 0, …)`. Each is seen
// as the call that it leads to, in its own place, so that whoever looks at calls need not know.
import type { CallExpression, Node } from 'estree';
import { argumentAt } from './access.js';
import { unwrap } from './unwrap.js';

const views = new WeakMap<CallExpression, CallExpression | null>();
const callers = /^(call|fork|spawn|partial|callback)$/;

/** The call behind a call; null where it is its own. */
export function callBehind(call: CallExpression): CallExpression | null {
  let view = views.get(call);
  if (view === undefined) views.set(call, (view = viewOf(call)));
  return view;
}

function viewOf(call: CallExpression): CallExpression | null {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') {
    if (callers.test(callee.name)) return seenAs(call, targetOf(argumentAt(call, 0)), call.arguments.slice(1));
    if (/^set(Timeout|Interval)$/.test(callee.name))
      return call.arguments.length > 2 ? seenAs(call, argumentAt(call, 0), call.arguments.slice(2)) : null;
    return null;
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return null;
  const { name } = callee.property;
  if (name === 'partial') return seenAs(call, argumentAt(call, 0), call.arguments.slice(1)); // `_.partial`
  const isBound = name === 'call' || (name === 'bind' && call.arguments.length > 1);
  return isBound ? seenAs(call, callee.object, call.arguments.slice(1)) : null;
}

/** `[object, 'method']` and `[object, fn]` of redux-saga. */
function targetOf(target: Node | null): Node | null {
  if (target?.type !== 'ArrayExpression') return target;
  const [object, method] = target.elements;
  if (!object || !method || object.type === 'SpreadElement' || method.type === 'SpreadElement') return null;
  if (method.type !== 'Literal') return method;
  const property = { ...method, type: 'Identifier', name: String(method.value) } as const;
  return { ...target, type: 'MemberExpression', object, property, computed: false, optional: false } as unknown as Node;
}

const seenAs = (call: CallExpression, callee: Node | null, args: CallExpression['arguments']): CallExpression | null =>
  callee && /^(Identifier|MemberExpression)$/.test(callee.type)
    ? ({ ...call, callee, arguments: args } as CallExpression)
    : null;
