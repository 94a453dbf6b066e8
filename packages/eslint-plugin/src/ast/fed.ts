// What a callback is given by the chain that it stands in: `.then((answer) => answer.token).then((value) => …)`, `.pipe(map(…), tap(…))`,
// `reaction(() => state.token, (value) => …)`, `watch(token, (value) => …)`.
import type { Identifier, Node } from 'estree';
import { variableOf } from './binding.js';
import { calledFunction, isFunction, returnsOf } from './functions.js';
import { parentOf, type Module } from './module.js';
import { keyOf } from './property.js';
import { unwrap } from './unwrap.js';

const hands = /^(then|subscribe|tap|forEach|next)$/;
const watches = /^(reaction|watch|watchEffect|when|observe|createEffect|effect|on)$/;
const operators = /^(map|switchMap|mergeMap|concatMap|exhaustMap|select)$/;

/** The expressions that become the first parameter of a callback, when the name is that parameter. */
export function fedInto(identifier: Identifier, module: Module): Node[] {
  const definition = variableOf(identifier, module)?.defs[0];
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return [];
  const callback = definition.node;
  return callback.params[0] === definition.name ? givenTo(callback, module) : [];
}

function givenTo(callback: Node, module: Module): Node[] {
  const call = parentOf(callback);
  if (call?.type !== 'CallExpression') return [];
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') {
    if (hands.test(callee.name)) return beforeInPipe(call, module);
    const [watched] = call.arguments;
    return watches.test(callee.name) && watched && watched !== callback ? madeBy(watched, module) : [];
  }
  if (callee.type !== 'MemberExpression' || call.arguments[0] !== callback) return [];
  const name = keyOf({ key: callee.property, computed: callee.computed }) ?? '';
  return hands.test(name) && name !== 'forEach' ? producedBy(callee.object, module) : [];
}

/** What a promise or a stream gives: what the last step of it makes. */
function producedBy(source: Node, module: Module): Node[] {
  const expression = unwrap(source);
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') return [expression];
  const { object, property, computed } = expression.callee;
  const name = keyOf({ key: property, computed });
  const [first] = expression.arguments;
  if (name === 'then' && first) return madeBy(first, module);
  if (name === 'catch' || name === 'finally') return producedBy(object, module);
  if (name !== 'pipe') return [expression];
  return lastOf(expression.arguments, module) ?? producedBy(object, module);
}

function beforeInPipe(step: Node, module: Module): Node[] {
  const pipe = parentOf(step);
  if (pipe?.type !== 'CallExpression' || pipe.callee.type !== 'MemberExpression') return [];
  const steps = pipe.arguments as Node[];
  return lastOf(steps.slice(0, steps.indexOf(step)), module) ?? producedBy(pipe.callee.object, module);
}

/** What the last operator makes that makes anything; null where none does. */
function lastOf(steps: Node[], module: Module): Node[] | null {
  const last = steps.findLast(
    (step) => step.type === 'CallExpression' && step.callee.type === 'Identifier' && operators.test(step.callee.name),
  );
  const [maker] = last?.type === 'CallExpression' ? last.arguments : [];
  return maker ? madeBy(maker, module) : null;
}

function madeBy(maker: Node, module: Module): Node[] {
  const made = calledFunction(maker, module);
  return made?.module === module ? returnsOf(made.node) : isFunction(maker) ? [] : [maker];
}
