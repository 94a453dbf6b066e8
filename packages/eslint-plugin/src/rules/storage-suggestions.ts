// What can be suggested for a worker's record in Web Storage. The manager is asynchronous, so nothing is fixed by itself.
import type { Rule } from 'eslint';
import type { MemberExpression, Node } from 'estree';
import type { Access } from '../ast/access.js';
import { variableOf } from '../ast/binding.js';
import { parentOf, type Module } from '../ast/module.js';
import { keyOf } from '../ast/property.js';
import { canNameManager, importManager, isInAsync } from '../ast/replacement.js';
import { unwrap } from '../ast/unwrap.js';
import type { Finding } from '../policy/judged-access.js';

interface Replacement {
  node: Node;
  code: string;
  /** Names beside the manager that the code needs. */
  names?: string[];
  /** Members taken of what is now nothing where there are no credentials. */
  members?: MemberExpression[];
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
  const { node, code, names = [], members = [] } = replacement;
  return [
    {
      messageId: 'useManager',
      data: { code },
      fix: (fixer) => [
        fixer.replaceText(node, code),
        ...members.map((member) => optional(member, fixer)),
        ...importManager(source, module, fixer, names),
      ],
    },
  ];
}

function replacementFor({ operation, node, value }: Access, { kind }: Finding, module: Module): Replacement | null {
  const isAsync = isInAsync(node);
  if (operation === 'read') {
    if (kind === 'token') return node.type === 'Property' ? null : { node, code: 'workerTokenManager.peekToken()' };
    const parsed = parsedRead(node);
    const members = parsed && membersOf(parsed, module);
    if (!parsed || !members) return null;
    return {
      node: parsed,
      members,
      code: isAsync ? '(await workerTokenManager.loadCredentials())' : 'workerTokenManager.peekCredentials()',
    };
  }
  const isStatement = parentOf(node)?.type === 'ExpressionStatement';
  if (!isAsync || !isStatement) return null;
  if (operation === 'remove')
    return { node, code: `await workerTokenManager.${kind === 'token' ? 'invalidateToken' : 'clearAll'}()` };
  const saved = value && stringified(value);
  if (kind === 'token' || !saved) return null;
  const text = module.text.slice(...(saved.range ?? [0, 0]));
  if (fits(saved)) return { node, code: `await workerTokenManager.saveCredentials(${text})` };
  return {
    node,
    code: `await workerTokenManager.saveCredentials(toWorkerTokenCredentials(${text}))`,
    names: ['toWorkerTokenCredentials'],
  };
}

const fields = /^(environmentId|clientId|clientSecret|scopes|region|tokenEndpoint|tokenEndpointAuthMethod)$/;

/** An object that is written out with the manager's own fields; whatever is not written out is taken as it is. */
const fits = (saved: Node) =>
  saved.type !== 'ObjectExpression' ||
  saved.properties.every((entry) => entry.type === 'Property' && fields.test(keyOf(entry) ?? ''));

/** `.region` → `?.region`. */
function optional(member: MemberExpression, fixer: Rule.RuleFixer): Rule.Fix {
  const [, end = 0] = member.object.range ?? [];
  return member.computed ? fixer.insertTextAfterRange([end, end], '?.') : fixer.insertTextAfterRange([end, end], '?');
}

/** The members that are taken of the record, itself or its constant; null where it is taken apart, which needs a person. */
function membersOf(parsed: Node, module: Module): MemberExpression[] | null {
  let outer = parsed;
  for (let parent = parentOf(outer); parent && /^(TS\w+Expression|AwaitExpression)$/.test(parent.type);)
    parent = parentOf((outer = parent));
  const around = parentOf(outer);
  if (around?.type === 'MemberExpression' && around.object === outer) return around.optional ? [] : [around];
  if (around?.type !== 'VariableDeclarator') return [];
  if (around.id.type !== 'Identifier') return null;
  return (variableOf(around.id, module)?.references ?? []).flatMap(({ identifier }) => {
    const member = parentOf(identifier as Node);
    return member?.type === 'MemberExpression' && member.object === identifier && !member.optional ? [member] : [];
  });
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
