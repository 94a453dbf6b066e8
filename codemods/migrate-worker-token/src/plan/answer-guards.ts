/** Checks of a token endpoint's answer: what they ask, and what they do when no token came. Nothing is rewritten here. */
import { closest, isInside, type Node } from '../ast/node.js';
import { patternNames } from '../ast/scopes.js';
import {
  enclosingStatement,
  isCall,
  isFunction,
  isIdentifier,
  isMember,
  propertyName,
  statementList,
  unwrap,
} from '../ast/shapes.js';
import type { Module } from './module.js';
import { alwaysLeaves, alwaysThrows } from './surroundings.js';

/** `if (!response.ok) { … }`, `if (response.ok) { … } else { … }`, `if (!data.access_token) return`. */
export interface AnswerGuard {
  statement: Node;
  /** Runs where a token came; null where that goes on behind the check. */
  success: Node | null;
  /** Runs where none came: a branch, or the throw behind the check. */
  failure: Node | null;
  /** Expressions in it that are a text about the answer. */
  texts: Set<Node>;
  /** Statements in it that read the answer for such a text. */
  reads: Set<Node>;
}

export type IsAnswer = (identifier: Node) => boolean;

/** Does the test ask whether a token came, or whether the request failed? Null where it asks for anything else, too. */
export function asksAnswer(raw: Node, isAnswer: IsAnswer): 'came' | 'failed' | null {
  const test = unwrap(raw);
  if (test.type === 'UnaryExpression' && test['operator'] === '!')
    return opposite(asksAnswer(test['argument'], isAnswer));
  if (test.type === 'LogicalExpression') {
    const both = [asksAnswer(test['left'], isAnswer), asksAnswer(test['right'], isAnswer)];
    const wanted = test['operator'] === '||' ? 'failed' : 'came';
    return test['operator'] !== '??' && both.every((part) => part === wanted) ? wanted : null;
  }
  if (test.type === 'BinaryExpression') return asksComparison(test, isAnswer);
  if (isCall(test) && isIdentifier(test['callee'], 'Boolean')) return asksAnswer(test['arguments'][0], isAnswer);
  if (test.type === 'Identifier') return isAnswer(test) ? 'came' : null;
  return fieldOf(test, isAnswer, /^(ok|access_token)$/) ? 'came' : fieldOf(test, isAnswer, /^error$/) ? 'failed' : null;
}

const opposite = (asked: 'came' | 'failed' | null) => (asked === null ? null : asked === 'came' ? 'failed' : 'came');

/** `response.status !== 200`, `status >= 400`, `typeof data.access_token !== 'string'`, `'error' in data`. */
function asksComparison(test: Node, isAnswer: IsAnswer): 'came' | 'failed' | null {
  const [left, right]: [Node, Node] = [unwrap(test['left']), unwrap(test['right'])];
  const operator: string = test['operator'];
  if (operator === 'in') return left['value'] === 'error' && isAnswerName(right, isAnswer) ? 'failed' : null;
  const isStatus = fieldOf(left, isAnswer, /^status$/) && right.type === 'NumericLiteral';
  if (isStatus && /^[!=]==?$/.test(operator) && right['value'] === 200)
    return operator.startsWith('!') ? 'failed' : 'came';
  if (isStatus && /^>=?$/.test(operator) && right['value'] >= 299) return 'failed';
  if (isStatus && /^<=?$/.test(operator) && right['value'] >= 299) return 'came';
  const isType = left.type === 'UnaryExpression' && left['operator'] === 'typeof' && right['value'] === 'string';
  if (!isType || !fieldOf(unwrap(left['argument']), isAnswer, /^access_token$/)) return null;
  return operator.startsWith('!') ? 'failed' : 'came';
}

const isAnswerName = (node: Node, isAnswer: IsAnswer): boolean => node.type === 'Identifier' && isAnswer(node);

function fieldOf(node: Node, isAnswer: IsAnswer, name: RegExp): boolean {
  if (!isMember(node) || !name.test(propertyName(node) ?? '')) return false;
  const object = unwrap(node['object']);
  return (
    isAnswerName(object, isAnswer) ||
    (isMember(object) && propertyName(object) === 'data' && fieldOf(object, isAnswer, /^data$/))
  );
}

/** The check that the mention of the answer belongs to: in its test, in its failing branch, or in the throw behind it. */
export function guardAround(node: Node, isAnswer: IsAnswer): AnswerGuard | null {
  for (let at = closest(node, isBoundary); at?.type === 'IfStatement'; at = closest(at.parent, isBoundary)) {
    const guard = guardOf(at, isAnswer);
    if (guard && (isInside(node, at['test']) || (guard.failure && isInside(node, guard.failure)))) return guard;
  }
  const statement = enclosingStatement(node);
  const before = statementList(statement)[statementList(statement).indexOf(statement) - 1];
  const guard = before?.type === 'IfStatement' ? guardOf(before, isAnswer) : null;
  return guard?.failure === statement ? guard : null;
}

const isBoundary = (node: Node): boolean => node.type === 'IfStatement' || isFunction(node);

function guardOf(statement: Node, isAnswer: IsAnswer): AnswerGuard | null {
  const asked = asksAnswer(statement['test'], isAnswer);
  if (!asked) return null;
  const [consequent, alternate]: [Node, Node | null] = [statement['consequent'], statement['alternate'] ?? null];
  const [success, own] = asked === 'came' ? [consequent, alternate] : [alternate, consequent];
  const failure = own ?? (success && alwaysLeaves(success) ? throwBehind(statement) : null);
  return { statement, success, failure, texts: new Set(), reads: new Set() };
}

function throwBehind(statement: Node): Node | null {
  const list = statementList(statement);
  const next = list[list.indexOf(statement) + 1];
  return next?.type === 'ThrowStatement' ? next : null;
}

/** Takes a mention in the failing branch in: as part of a text. False where it is used for more. */
export function takeMention(guard: AnswerGuard, module: Module, node: Node): boolean {
  if (isInside(node, guard.statement['test'])) return true;
  const statement = enclosingStatement(node);
  const [declarator, more] = statement.type === 'VariableDeclaration' ? (statement['declarations'] as Node[]) : [];
  if (declarator?.['init'] && !more && isInside(node, declarator['init'])) {
    guard.reads.add(statement);
    const names = patternNames(declarator['id']).flatMap((id) => module.scopes.bindingOf(id) ?? []);
    return names.flatMap((name) => name.references).every((reference) => takeMention(guard, module, reference));
  }
  const text = textAround(module, node);
  if (text) guard.texts.add(text);
  return text !== null;
}

const SAYS = /^(text|error|error_description|errorDescription|message|statusText|detail|details|title|error_message)$/;

/** The largest expression around a mention that is a text for people. */
function textAround(module: Module, node: Node): Node | null {
  let at = node;
  let isText = false;
  for (let parent = at.parent; parent; at = parent, parent = at.parent) {
    if (isMember(parent) && parent['object'] === at) isText ||= SAYS.test(propertyName(parent) ?? '');
    else if (parent.type === 'TemplateLiteral') isText = true;
    else if (parent.type === 'BinaryExpression' && parent['operator'] === '+') isText = true;
    else if (parent.type === 'LogicalExpression' && parent['operator'] !== '&&')
      isText ||= /^(StringLiteral|TemplateLiteral)$/.test(parent['right'].type);
    else if (isCall(parent) && parent['callee'] !== at) {
      const callee = module.text.slice(parent['callee'].start, parent['callee'].end);
      if (/^(console|logger?)\b/.test(callee)) return at;
      if (!/^(String|JSON\.stringify)$/.test(callee)) break;
      isText = true;
    } else if (!/^(Await|TSAs|TSNonNull|Parenthesized|Call|OptionalCall)Expression$/.test(parent.type)) break;
  }
  return isText ? at : null;
}

/** Nothing but reading the error, building a message, logging and throwing. */
export function isQuietThrow(module: Module, branch: Node): boolean {
  if (!alwaysThrows(branch)) return false;
  const statements: Node[] = branch.type === 'BlockStatement' ? branch['body'] : [branch];
  return statements.every((statement) => {
    if (/^(Throw|Return|If|Try)Statement$|^VariableDeclaration$/.test(statement.type)) return true;
    const text = module.text.slice(statement.start, statement.end);
    return statement.type === 'ExpressionStatement' && /^(await\s+)?(console|logger?)\b|^[\w.]+ = /.test(text);
  });
}
