/** Every call of a function in the project, where none can be missed. */
import { closest, findAll, isInside, type Node } from '../ast/node.js';
import { isCall, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import { mentionsOf } from './mentions.js';
import type { Module } from './module.js';

export interface Caller {
  module: Module;
  call: Node;
}

export function bindingOf(module: Module, fn: Node) {
  const id: Node | null =
    fn.type === 'FunctionDeclaration' ? fn['id'] : fn.parent?.type === 'VariableDeclarator' ? fn.parent['id'] : null;
  return id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined;
}

/** All calls of the function in the project; null if it is also used in another way, or if a caller may be missed. */
export function callersOf(context: PlanContext, module: Module, fn: Node): Caller[] | null {
  const { modules } = context.project;
  const binding = bindingOf(module, fn);
  const found: Caller[] = [];
  const add = (other: Module, mention: Node): boolean => {
    const parent = mention.parent;
    if (!parent || /^(Import|Export|TS)/.test(parent.type)) return true;
    if (!isCall(parent) || parent['callee'] !== mention) return false;
    found.push({ module: other, call: parent });
    return true;
  };
  if (binding) {
    const all = mentionsOf(context.project, module, binding);
    return all.every((mention) => isInside(mention.node, fn) || add(mention.module, mention.node)) ? found : null;
  }
  const name = /Method$/.test(fn.type) ? keyName(fn) : null;
  if (name === null) return null;
  const members = modules.flatMap((other) =>
    findAll(other.program, (node) => isMember(node) && propertyName(node) === name).map((node) => ({ other, node })),
  );
  const own = members.filter(({ other, node }) => !isForeign(context, other, node, module, fn));
  return own.every(({ other, node }) => isKnownOwner(context, other, node, module, fn) && add(other, node))
    ? found
    : null;
}

/** The object is certainly another one: a global, a name of another file, or an instance of something else. */
function isForeign(context: PlanContext, other: Module, member: Node, module: Module, fn: Node): boolean {
  const object = unwrap(member['object']);
  if (object.type === 'ThisExpression') return other !== module || !isInside(member, ownerOf(fn));
  if (isMember(object)) return isOtherValue(other, fieldBehind(object), fn);
  if (object.type !== 'Identifier') return true;
  const binding = other.scopes.bindingOf(object);
  if (!binding) return true;
  const { declaration, kind } = binding;
  if (
    declaration.type === 'VariableDeclarator' &&
    declaration['id'] === binding.id &&
    isOtherValue(other, declaration['init'], fn)
  )
    return true;
  if (kind === 'param' && isGlobalType(other, binding.id['typeAnnotation']?.typeAnnotation)) return true;
  const target = context.project.follow(other, binding);
  return kind === 'import' && (!target || target.module !== module);
}

/** `new Map()`, `[]`, `{…}`: not the owner of the function. */
function isOtherValue(module: Module, raw: Node | null | undefined, fn: Node): boolean {
  const value = raw && unwrap(raw);
  if (!value) return false;
  if (value.type === 'ObjectExpression') return !isInside(fn, value);
  if (value.type === 'ArrayExpression') return true;
  if (value.type !== 'NewExpression') return false;
  const name: Node = value['callee'];
  return (
    name.type === 'Identifier' &&
    (!module.scopes.bindingOf(name) || name['name'] !== ownerOf(fn)['id']?.name) &&
    !isImported(module, name)
  );
}

const isImported = (module: Module, name: Node): boolean => module.scopes.bindingOf(name)?.kind === 'import';

/** The initial value of `this.field`. */
function fieldBehind(member: Node): Node | null {
  if (unwrap(member['object']).type !== 'ThisExpression') return null;
  const owner = closest(member, (at) => /^Class(Declaration|Expression)$/.test(at.type));
  const name = propertyName(member);
  const field = (owner?.['body'].body as Node[] | undefined)?.find((entry) => keyName(entry) === name);
  return field?.['value'] ?? null;
}

/** A type that is no name of the file: `URLSearchParams`, `Headers`. */
function isGlobalType(module: Module, type: Node | undefined): boolean {
  const name: Node | undefined = type?.type === 'TSTypeReference' ? type['typeName'] : undefined;
  return name?.type === 'Identifier' && !module.scopes.lookup(name['name'], name);
}

function isKnownOwner(context: PlanContext, other: Module, member: Node, module: Module, fn: Node): boolean {
  const object = unwrap(member['object']);
  if (object.type === 'ThisExpression') return true;
  const binding = object.type === 'Identifier' ? other.scopes.bindingOf(object) : undefined;
  const target = binding && context.project.follow(other, binding);
  const declaration = target?.binding?.declaration;
  if (!declaration || target.module !== module) return false;
  if (isInside(fn, declaration)) return true;
  const init: Node | undefined = declaration.type === 'VariableDeclarator' ? declaration['init'] : undefined;
  return init?.type === 'NewExpression' && init['callee'].name === ownerOf(fn)['id']?.name;
}

const ownerOf = (fn: Node): Node =>
  closest(fn.parent, (at) => /^(Class(Declaration|Expression)|ObjectExpression)$/.test(at.type)) ?? fn;
