/** May an expression be dropped? Only if evaluating it does nothing that anybody could notice. */
import { childrenOf, type Node } from '../ast/node.js';
import { isFunction, isMember, propertyName } from '../ast/shapes.js';

const PURE_FUNCTIONS = new Set([
  'require',
  'String',
  'Number',
  'Boolean',
  'parseInt',
  'parseFloat',
  'btoa',
  'atob',
  'encodeURIComponent',
  'encodeURI',
]);
const PURE_OBJECTS = new Set(['JSON', 'Object', 'Math', 'Date', 'Array', 'Buffer', 'performance']);
const PURE_METHODS =
  /^(trim|split|join|map|filter|slice|concat|toString|toUpperCase|toLowerCase|replace|replaceAll|padStart|includes|find|some|every|entries|keys|values|getTime|toISOString|stringify|now|from|fromEntries|freeze|startsWith|endsWith|floor|max|min)$/;
const PURE_CLASSES = new Set([
  'URLSearchParams',
  'Headers',
  'URL',
  'Date',
  'Map',
  'Set',
  'FormData',
  'TextEncoder',
  'AbortController',
]);
const PLAIN =
  /^(StringLiteral|NumericLiteral|BooleanLiteral|NullLiteral|RegExpLiteral|BigIntLiteral|TemplateElement|Identifier|ThisExpression|MetaProperty|TS.*)$/;
const COMPOUND =
  /^(TemplateLiteral|BinaryExpression|LogicalExpression|ConditionalExpression|ObjectExpression|ObjectProperty|ArrayExpression|SpreadElement|MemberExpression|OptionalMemberExpression|ParenthesizedExpression|PrivateName)$/;

export function isPure(node: Node): boolean {
  if (isFunction(node)) return true;
  if (/^TS(As|NonNull|Satisfies)Expression$/.test(node.type)) return isPure(node['expression']);
  if (PLAIN.test(node.type)) return true;
  if (COMPOUND.test(node.type)) return childrenOf(node).every(isPure);
  // Reading from the manager changes nothing.
  if (node.type === 'AwaitExpression') return isManagerRead(node['argument']);
  if (isManagerRead(node)) return true;
  if (node.type === 'UnaryExpression') return node['operator'] !== 'delete' && isPure(node['argument']);
  const args = (): boolean => (node['arguments'] as Node[]).every(isPure);
  if (node.type === 'NewExpression') return PURE_CLASSES.has(node['callee'].name) && args();
  if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression')
    return isPureCallee(node['callee']) && args();
  return false;
}

const READS = /^(loadCredentials|loadToken|peekCredentials|peekToken|getSnapshot)$/;

function isManagerRead(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee: Node = node['callee'];
  if (callee.type === 'Identifier')
    return callee['name'] === 'toLegacyCredentials' && (node['arguments'] as Node[]).every(isPure);
  return isMember(callee) && callee['object'].name === 'workerTokenManager' && READS.test(propertyName(callee) ?? '');
}

function isPureCallee(callee: Node): boolean {
  if (callee.type === 'Identifier') return PURE_FUNCTIONS.has(callee['name']);
  if (!isMember(callee)) return false;
  const isKnown = PURE_METHODS.test(propertyName(callee) ?? '');
  return isKnown && (PURE_OBJECTS.has(callee['object'].name) || isPure(callee['object']));
}
