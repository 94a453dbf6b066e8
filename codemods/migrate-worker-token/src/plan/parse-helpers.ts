/** Project functions that only parse text, or give a default for it: `parseOr(text, fallback)`. */
import { findAll, type Node } from '../ast/node.js';
import { isFunction, isIdentifier, unwrap } from '../ast/shapes.js';
import type { Module } from './module.js';
import type { Project } from './project.js';
import { isJsonCall } from './value-usage.js';

/** The default that the helper gives for missing or broken text; null if the call is not one of a parse helper. */
export function parseHelperCall(project: Project, module: Module, call: Node): { fallback: Node | null } | null {
  if (call.type !== 'CallExpression' || call['callee'].type !== 'Identifier') return null;
  const binding = module.scopes.bindingOf(call['callee']);
  const target = binding && project.follow(module, binding);
  const fn: Node | undefined = unwrapInit(target?.binding?.declaration) ?? target?.expression;
  if (!target || !fn || !isFunction(fn) || fn['async']) return null;
  const [text, fallback] = (fn['params'] as Node[]).map((param) =>
    param.type === 'AssignmentPattern' ? param['left'] : param,
  );
  if (!isIdentifier(text) || (fallback && !isIdentifier(fallback)) || fn['params'].length > 2) return null;
  if (!onlyParses(target.module, fn, text as Node, fallback ?? null)) return null;
  return { fallback: fallback ? (call['arguments'][1] ?? fn['params'][1]['right'] ?? null) : null };
}

const unwrapInit = (declaration: Node | undefined): Node | undefined =>
  declaration?.type === 'VariableDeclarator' && declaration['init'] ? unwrap(declaration['init']) : declaration;

/** Every result is `JSON.parse(text)`, the fallback, or null; and nothing else happens. */
export function onlyParses(
  module: Module,
  fn: Node,
  text: Node,
  fallback: Node | null,
  own: Node | null = null,
): boolean {
  const results = fn['body'].type === 'BlockStatement' ? returned(fn['body']) : [fn['body'] as Node];
  const isResult = (raw: Node | null): boolean => {
    if (!raw) return true;
    const node = unwrap(raw);
    if (node.type === 'ConditionalExpression') return isResult(node['consequent']) && isResult(node['alternate']);
    if (node.type === 'LogicalExpression') return isResult(node['left']) && isResult(node['right']);
    if (node.type === 'NullLiteral' || isIdentifier(node, 'undefined') || isSame(module, node, text)) return true;
    if (fallback && isSame(module, node, fallback)) return true;
    return isJsonCall(node, 'parse');
  };
  const parses = findAll(fn['body'], (node) => isJsonCall(node, 'parse'));
  const calls = findAll(
    fn['body'],
    (node) => node.type === 'CallExpression' && node !== own && !isJsonCall(node, 'parse'),
  );
  const isQuiet = calls.every((call) => /^console\./.test(module.text.slice(call.start, call.end)));
  return parses.length > 0 && results.length > 0 && results.every(isResult) && isQuiet;
}

const returned = (body: Node): (Node | null)[] =>
  findAll(body, (node) => node.type === 'ReturnStatement').map((statement) => statement['argument']);

function isSame(module: Module, node: Node, parameter: Node): boolean {
  return node.type === 'Identifier' && module.scopes.bindingOf(node) === module.scopes.bindingOf(parameter);
}
