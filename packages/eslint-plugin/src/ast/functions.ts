// Functions as values: which function a callee is, what it returns, and which parameter a name is.
import type { ArrowFunctionExpression, FunctionDeclaration, FunctionExpression, Identifier, Node } from 'estree';
import { argumentAt } from './access.js';
import { onlyDefinition, variableOf } from './binding.js';
import { childrenOf, parentOf, type Module } from './module.js';
import { resolve } from './resolve.js';
import { unwrap } from './unwrap.js';

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

export const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';

/** The function behind a callee, through constants, object literals, classes and imports; `useCallback(fn)` is fn, `make()` what it returns. */
export function calledFunction(callee: Node, module: Module, depth = 0): { node: FunctionNode; module: Module } | null {
  const place = resolve(callee, module);
  if (isFunction(place.node)) return { node: place.node, module: place.module };
  if (place.node.type !== 'CallExpression' || depth > 3) return declaredFunction(callee, module);
  const [first] = place.node.arguments;
  if (first && isFunction(first)) return { node: first, module: place.module };
  const maker = calledFunction(place.node.callee, place.module, depth + 1);
  const made = maker && returnsOf(maker.node)[0];
  return maker && made && isFunction(made) ? { node: made, module: maker.module } : null;
}

/** By type information: a function, a method, or a constant that holds one, wherever it is declared. */
function declaredFunction(callee: Node, module: Module): { node: FunctionNode; module: Module } | null {
  const declared = module.types?.declarationOf(module.file, unwrap(callee));
  const home = declared && (declared.file === module.file ? module : module.at(declared.file));
  if (!declared || !home) return null;
  const found = nodeWithin(home.ast, declared.range);
  const held = found?.type === 'MethodDefinition' || found?.type === 'Property' ? found.value : found;
  return held && isFunction(held) ? { node: held, module: home } : null;
}

/** The outermost node of a range that is a function or holds one. */
function nodeWithin(node: Node, [from, to]: [number, number]): Node | null {
  const [start = 0, end = 0] = node.range ?? [];
  if (start > from || end < to) return null;
  if (start === from && end === to && (isFunction(node) || /^(MethodDefinition|Property)$/.test(node.type)))
    return node;
  for (const child of childrenOf(node)) {
    const found = nodeWithin(child, [from, to]);
    if (found) return found;
  }
  return null;
}

/** The expressions that a function returns, not those of functions inside it. */
export function returnsOf(node: FunctionNode): Node[] {
  if (node.body.type !== 'BlockStatement') return [node.body];
  const found: Node[] = [];
  const visit = (current: Node): void => {
    if (current.type === 'ReturnStatement' && current.argument) found.push(current.argument);
    if (!isFunction(current)) childrenOf(current).forEach(visit);
  };
  visit(node.body);
  return found;
}

/** The name in a parameter: `a`, `a = 1`, TypeScript's `private a`. */
export function parameterName(parameter: Node): Identifier | null {
  if (parameter.type === 'Identifier') return parameter;
  if (parameter.type === 'AssignmentPattern') return parameterName(parameter.left);
  if ((parameter.type as string) === 'TSParameterProperty')
    return parameterName((parameter as unknown as { parameter: Node }).parameter);
  return null;
}

/** The function and the index of the parameter that an expression names; null for anything else. */
export function parameterOf(node: Node, module: Module): { owner: FunctionNode; index: number } | null {
  if (node.type !== 'Identifier') return null;
  const variable = variableOf(node, module);
  const definition = variable && onlyDefinition(variable);
  if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return null;
  const owner = definition.node;
  const index = owner.params.findIndex((parameter) => parameterName(parameter) === definition.name);
  return index < 0 ? null : { owner, index };
}

/** The default of a parameter that an expression names, also of a destructured one, and of a destructured constant. */
export function parameterDefault(node: Node, module: Module): Node | null {
  if (node.type !== 'Identifier') return null;
  const definition = variableOf(node, module)?.defs[0];
  if (definition?.type !== 'Parameter' && definition?.type !== 'Variable') return null;
  const around = parentOf(definition.name);
  return around?.type === 'AssignmentPattern' && around.left === definition.name ? around.right : null;
}

/** What this file's callers hand over for the parameter that an expression names. */
export function handedOver(node: Node, module: Module): Node[] {
  const parameter = parameterOf(node, module);
  if (!parameter) return [];
  const { owner, index } = parameter;
  const name = nameOfCallee(owner);
  const references = (name && variableOf(name, module)?.references) ?? [];
  return references.flatMap(({ identifier }) => {
    const call = parentOf(identifier as Node);
    const isCall = (call?.type === 'CallExpression' || call?.type === 'NewExpression') && call.callee === identifier;
    const argument = isCall ? argumentAt(call, index) : null;
    return argument ? [argument] : [];
  });
}

/** What a function is called by: its own name, its constant's, its class's where it is the constructor. */
function nameOfCallee(owner: FunctionNode): Identifier | null {
  if (owner.type === 'FunctionDeclaration') return owner.id;
  const around = parentOf(owner);
  if (around?.type === 'VariableDeclarator') return around.id.type === 'Identifier' ? around.id : null;
  if (around?.type !== 'MethodDefinition' || around.kind !== 'constructor') return null;
  const made = parentOf(parentOf(around) ?? around);
  return made?.type === 'ClassDeclaration' ? made.id : null;
}
