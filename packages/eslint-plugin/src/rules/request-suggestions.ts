// What can be suggested for a token requested by hand: where the answer is used for nothing but its `access_token`, the request and what
// leads from it to the token make way for the manager.
import type { Rule } from 'eslint';
import type { Identifier, Node, Statement, VariableDeclarator } from 'estree';
import { variableOf } from '../ast/binding.js';
import { isFunction } from '../ast/functions.js';
import { parentOf, type Module } from '../ast/module.js';
import { keyOf } from '../ast/property.js';
import { canNameManager, importManager, isInAsync } from '../ast/replacement.js';

/** The expression that is the token, and the statements that only lead to it. */
interface Way {
  token: Node;
  needless: Statement[];
  /** Of a chain of `then`: the expression is a promise already. */
  isPromise: boolean;
}

const code = 'workerTokenManager.getWorkerToken()';
const deepest = 12;

export function requestSuggestions(
  call: Node,
  module: Module,
  source: string,
  hasComments: (node: Node) => boolean,
): Rule.ReportFixer[] {
  const way = canNameManager(call, module) ? wayToToken(call, module) : null;
  if (!way) return [];
  const needless = [...new Set(way.needless)]; // a guard may ask for both the response and its body
  if ([way.token, ...needless].some(hasComments)) return [];
  if (!way.isPromise && !(isInAsync(way.token) && functionOf(way.token) === functionOf(call))) return [];
  return [
    (fixer) => [
      ...needless.map((statement) => removed(statement, module, fixer)),
      fixer.replaceText(way.token, way.isPromise ? code : tokenCode(way.token)),
      ...importManager(source, module, fixer),
    ],
  ];
}

function tokenCode(token: Node): string {
  if (token.type === 'VariableDeclarator') return `${boundName(token)} = await ${code}`;
  return parentOf(token)?.type === 'MemberExpression' ? `(await ${code})` : `await ${code}`;
}

/** `{ access_token: token }` → `token`. */
function boundName({ id }: VariableDeclarator): string {
  const [only] = id.type === 'ObjectPattern' ? id.properties : [];
  return only?.type === 'Property' && only.value.type === 'Identifier' ? only.value.name : '';
}

function functionOf(node: Node): Node | null {
  let current = parentOf(node);
  while (current && !isFunction(current)) current = parentOf(current);
  return current;
}

/** With its line, where it stands alone on it. */
function removed(statement: Statement, { text }: Module, fixer: Rule.RuleFixer): Rule.Fix {
  const [from = 0, to = 0] = statement.range ?? [];
  const end = to + (/^[ \t]*\r?\n?[ \t]*/.exec(text.slice(to))?.[0].length ?? 0);
  return fixer.removeRange([from, end]);
}

function wayToToken(call: Node, module: Module): Way | null {
  const needless: Statement[] = [];
  let current = call;
  for (let step = 0; step < deepest; step += 1) {
    const parent = parentOf(current);
    if (!parent) return null;
    if (/^(AwaitExpression|ChainExpression|TSAsExpression|TSNonNullExpression)$/.test(parent.type)) {
      current = parent;
    } else if (parent.type === 'MemberExpression' && parent.object === current) {
      const name = keyOf({ key: parent.property, computed: parent.computed });
      if (name === 'access_token') return { token: parent, needless, isPromise: false };
      if (name === 'then') return byThen(parent, needless);
      const around = parentOf(parent);
      if (!/^(json|data|body)$/.test(name ?? '')) return null;
      current = around?.type === 'CallExpression' && around.callee === parent ? around : parent;
    } else if (parent.type === 'VariableDeclarator' && parent.init === current) {
      const next = afterDeclared(parent, needless, module);
      if (next === 'token') return { token: parent, needless, isPromise: false };
      if (!next) return null;
      current = next;
    } else return null;
  }
  return null;
}

/** `.then((r) => r.json()).then((d) => d.access_token)`. */
function byThen(member: Node, needless: Statement[]): Way | null {
  const call = parentOf(member);
  const [handler, other] = call?.type === 'CallExpression' && call.callee === member ? call.arguments : [];
  if (!call || other || handler?.type !== 'ArrowFunctionExpression' || handler.async) return null;
  const [parameter] = handler.params;
  let { body }: { body: Node } = handler;
  if (parameter?.type !== 'Identifier') return null;
  if (body.type === 'CallExpression' && body.arguments.length === 0) body = body.callee;
  const names: (string | null)[] = [];
  for (; body.type === 'MemberExpression'; body = body.object as Node)
    names.unshift(keyOf({ key: body.property, computed: body.computed }));
  if (body.type !== 'Identifier' || body.name !== parameter.name) return null;
  if (names.at(-1) === 'access_token') return { token: call, needless, isPromise: true };
  const next = parentOf(call);
  const isOn = names.every((name) => /^(json|data)$/.test(name ?? ''));
  return isOn && next?.type === 'MemberExpression' && keyOf({ key: next.property }) === 'then'
    ? byThen(next, needless)
    : null;
}

/** Where the one use of a constant is; `token` where it takes the token out of the answer by itself. */
function afterDeclared(declarator: VariableDeclarator, needless: Statement[], module: Module): Node | 'token' | null {
  const declaration = parentOf(declarator);
  if (declaration?.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) return null;
  const name = declared(declarator);
  if (!name) return null;
  if (name.key === 'access_token') return 'token';
  if (name.key !== null && !/^(data|body)$/.test(name.key)) return null;
  const references = (variableOf(name.identifier, module)?.references ?? []).filter((one) => !one.init);
  const guards = references.map(({ identifier }) => guardOf(identifier as Node)).filter((one) => one !== null);
  const uses = references.filter(({ identifier }) => guardOf(identifier as Node) === null);
  const [use, other] = uses;
  if (!use || other) return null;
  needless.push(declaration, ...new Set(guards));
  return use.identifier as Node;
}

function declared({ id }: VariableDeclarator): { identifier: Identifier; key: string | null } | null {
  if (id.type === 'Identifier') return { identifier: id, key: null };
  const [only, other] = id.type === 'ObjectPattern' ? id.properties : [];
  if (only?.type !== 'Property' || other || only.value.type !== 'Identifier') return null;
  return { identifier: only.value, key: keyOf(only) };
}

/** `if (!response.ok) throw …`: the manager throws by itself. */
function guardOf(identifier: Node): Statement | null {
  let current = identifier;
  for (let parent = parentOf(current); parent; parent = parentOf(current)) {
    if (parent.type === 'IfStatement') {
      const { consequent, alternate } = parent;
      const last = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
      const throws = last.length === 1 && last[0]?.type === 'ThrowStatement';
      return throws && !alternate ? parent : null;
    }
    if (isFunction(parent) || parent.type === 'VariableDeclaration' || parent.type === 'ReturnStatement') return null;
    current = parent;
  }
  return null;
}
