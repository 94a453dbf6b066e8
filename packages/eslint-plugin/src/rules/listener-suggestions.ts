// What can be suggested for a listener of the old keys and events: a subscription, where the handler looks at nothing but the key.
import type { Rule } from 'eslint';
import type { CallExpression, Node } from 'estree';
import { variableNamed } from '../ast/binding.js';
import { isFunction, type FunctionNode } from '../ast/functions.js';
import { childrenOf, parentOf, type Module } from '../ast/module.js';
import { canNameManager, importManager } from '../ast/replacement.js';

/** An edit of the file: a node, and what stands in its place. */
interface Edit {
  node: Node;
  code: string;
}

export function listenerSuggestions(
  call: CallExpression,
  handler: FunctionNode | null,
  module: Module,
  source: string,
  hasComments: (node: Node) => boolean,
): Rule.ReportFixer[] {
  if (!handler || parentOf(call)?.type !== 'ExpressionStatement' || !canNameManager(call, module)) return [];
  const listener = listenerFor(call, handler, module);
  if (listener === null || hasComments(call)) return [];
  const edits = subscribed(call, listener, module);
  return [
    (fixer) => [
      ...edits.map(({ node, code }) => fixer.replaceText(node, code)),
      ...importManager(source, module, fixer),
    ],
  ];
}

const textOf = (node: Node, { text }: Module) => text.slice(...(node.range ?? [0, 0]));

/** The handler as it is where it takes no event; without its question for the key where that is all it does. */
function listenerFor(call: CallExpression, handler: FunctionNode, module: Module): string | null {
  const given = call.arguments[1];
  if (!given || call.arguments.length > 2) return null;
  if (handler.params.length === 0) return textOf(given, module);
  const [parameter, other] = handler.params;
  const [only, more] = handler.body.type === 'BlockStatement' ? handler.body.body : [];
  if (given !== handler || other || more || only?.type !== 'IfStatement' || only.alternate || handler.async)
    return null;
  const names = parameter ? namesIn(parameter) : [];
  if (mentions(only.consequent, names) || !asksOnlyForKey(only.test)) return null;
  const body = textOf(only.consequent, module);
  return only.consequent.type === 'BlockStatement' ? `() => ${body}` : `() => { ${body} }`;
}

const namesIn = (node: Node): string[] =>
  node.type === 'Identifier' ? [node.name] : childrenOf(node).flatMap((child) => namesIn(child));

const mentions = (node: Node, names: readonly string[]): boolean =>
  (node.type === 'Identifier' && names.includes(node.name)) || childrenOf(node).some((child) => mentions(child, names));

/** One comparison of a key, and nothing beside it. */
const asksOnlyForKey = (test: Node): boolean =>
  test.type === 'BinaryExpression' && /^===?$/.test(test.operator) && test.right.type === 'Literal';

/** With the end of the listener turned into the end of the subscription, where the file has it. */
function subscribed(call: CallExpression, listener: string, module: Module): Edit[] {
  const subscription = `workerTokenManager.subscribe(${listener})`;
  const given = call.arguments[1];
  const end = given?.type === 'Identifier' ? endOf(call, given.name, module) : null;
  const isFree = variableNamed('unsubscribe', call, module) === null;
  if (!end || !isFree) return [{ node: call, code: subscription }];
  return [
    { node: call, code: `const unsubscribe = ${subscription}` },
    { node: end, code: 'unsubscribe()' },
  ];
}

/** `removeEventListener(event, handler)` in the same block, or in a function that it returns. */
function endOf(call: CallExpression, handler: string, module: Module): Node | null {
  const block = parentOf(parentOf(call) ?? call);
  const event = call.arguments[0] ? textOf(call.arguments[0], module) : '';
  const find = (node: Node): Node | null => {
    if (node.type === 'CallExpression' && node.arguments.length === 2) {
      const [first, second] = node.arguments.map((argument) => textOf(argument, module));
      if (/removeEventListener$/.test(textOf(node.callee, module)) && first === event && second === handler)
        return node;
    }
    for (const child of childrenOf(node)) {
      const found = find(child);
      if (found) return found;
    }
    return null;
  };
  return block && (isFunction(block) || block.type === 'BlockStatement') ? find(block) : null;
}
