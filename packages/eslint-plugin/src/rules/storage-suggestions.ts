// What can be suggested for a worker's record in Web Storage. The manager is asynchronous, so nothing is fixed by itself.
import type { Rule } from 'eslint';
import type { Node } from 'estree';
import type { Access } from '../ast/access.js';
import { parentOf, type Module } from '../ast/module.js';
import { canNameManager, importManager, isInAsync } from '../ast/replacement.js';
import { unwrap } from '../ast/unwrap.js';
import type { Finding } from '../policy/judged-access.js';

interface Replacement {
  node: Node;
  code: string;
}

export function storageSuggestions(
  access: Access,
  finding: Finding,
  module: Module,
  source: string,
  hasComments: (node: Node) => boolean,
): Rule.SuggestionReportDescriptor[] {
  if (!finding.known || access.store !== 'Web Storage' || !canNameManager(access.node, module)) return [];
  const replacement = replacementFor(access, finding, module);
  if (!replacement || hasComments(replacement.node)) return [];
  const { node, code } = replacement;
  return [
    {
      messageId: 'useManager',
      data: { code },
      fix: (fixer) => [fixer.replaceText(node, code), ...importManager(source, module, fixer)],
    },
  ];
}

function replacementFor({ operation, node, value }: Access, { kind }: Finding, module: Module): Replacement | null {
  const isAsync = isInAsync(node);
  if (operation === 'read') {
    if (kind === 'token') return node.type === 'Property' ? null : { node, code: 'workerTokenManager.peekToken()' };
    const parsed = parsedRead(node);
    if (!parsed) return null;
    return {
      node: parsed,
      code: isAsync ? '(await workerTokenManager.loadCredentials())' : 'workerTokenManager.peekCredentials()',
    };
  }
  const isStatement = parentOf(node)?.type === 'ExpressionStatement';
  if (!isAsync || !isStatement) return null;
  if (operation === 'remove')
    return { node, code: `await workerTokenManager.${kind === 'token' ? 'invalidateToken' : 'clearAll'}()` };
  const saved = value && stringified(value);
  if (kind === 'token' || !saved) return null;
  return { node, code: `await workerTokenManager.saveCredentials(${module.text.slice(...(saved.range ?? [0, 0]))})` };
}

/** `JSON.parse(read)`, also with `|| '{}'` behind the read: the whole of it gives the record. */
function parsedRead(node: Node): Node | null {
  let current = node;
  for (let parent = parentOf(current); parent; parent = parentOf(current)) {
    const isFallback =
      parent.type === 'LogicalExpression' && parent.left === current && parent.right.type === 'Literal';
    const isAround = /^(TSNonNullExpression|TSAsExpression|ChainExpression)$/.test(parent.type);
    if (!isFallback && !isAround) return isJson(parent, 'parse') && parent.arguments[0] === current ? parent : null;
    current = parent;
  }
  return null;
}

function stringified(value: Node): Node | null {
  const call = unwrap(value);
  return isJson(call, 'stringify') && call.arguments.length === 1 && call.arguments[0]?.type !== 'SpreadElement'
    ? (call.arguments[0] ?? null)
    : null;
}

function isJson(node: Node, method: string): node is Extract<Node, { type: 'CallExpression' }> {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  return (
    object.type === 'Identifier' && object.name === 'JSON' && property.type === 'Identifier' && property.name === method
  );
}
