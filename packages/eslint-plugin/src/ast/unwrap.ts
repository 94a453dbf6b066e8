// Takes off what TypeScript, `await` and optional chaining put around an expression. Leaves meaning to others.
import type { Node } from 'estree';

const wrappers = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ChainExpression',
]);

export function unwrap(node: Node): Node {
  let current = node;
  while (wrappers.has(current.type)) current = (current as unknown as { expression: Node }).expression;
  return current;
}
