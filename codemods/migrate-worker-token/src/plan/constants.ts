/** The text that an expression always has: literals, constants, enums, maps, templates, one-expression functions, fields. */
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isFunction, isMember, keyName, propertyName, unwrap } from '../ast/shapes.js';
import {
  fieldOf,
  functionValue,
  joinTemplate,
  onlyExpression,
  propertyOf,
  unwrapFrozen,
  valueOf,
} from './constant-values.js';
import { classAround, classChain } from './class-chain.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

/** `text` is complete; `prefix` is what could be read before a part that is not constant. */
export type Constant = { text: string } | { prefix: string } | null;

export interface Constants {
  /** The value, or null if it is not constant. */
  text(module: Module, node: Node): string | null;
  read(module: Module, node: Node): Constant;
  /** What the expression may be, where it chooses: `own ? KEY_OF_FLOW : KEY`, also in a function of one expression. */
  choices(module: Module, node: Node): string[];
  /** The value where dynamic parts stand as `${…}`, for addresses; null if nothing of it is known. */
  pattern(module: Module, node: Node): string | null;
  /** The elements of a literal array, possibly a named one; null if it is none. */
  elements(module: Module, node: Node): { module: Module; nodes: Node[] } | null;
}

type Locals = Map<Binding, { module: Module; node: Node; locals: Locals | null }>;
const DYNAMIC = '${…}';
const MAX_DEPTH = 12;

export function makeConstants(project: Project, defaultOf: (module: Module, param: Binding) => Node | null): Constants {
  const evaluate = (module: Module, raw: Node, locals: Locals | null, depth = 0): string => {
    const node = unwrap(raw);
    if (depth > MAX_DEPTH) return DYNAMIC;
    const next = (child: Node, at = module, names = locals) => evaluate(at, child, names, depth + 1);
    switch (node.type) {
      case 'StringLiteral':
        return node['value'];
      case 'NumericLiteral':
        return String(node['value']);
      case 'TemplateLiteral':
        return joinTemplate(node, next);
      case 'BinaryExpression':
        return node['operator'] === '+' ? `${next(node['left'])}${next(node['right'])}` : DYNAMIC;
      case 'Identifier':
        return ofName(module, node, locals, next);
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const member = memberValue(module, node);
        return member ? next(member.node, member.module, null) : DYNAMIC;
      }
      case 'CallExpression':
        return ofCall(module, node, locals, next);
      default:
        return DYNAMIC;
    }
  };

  type Next = (child: Node, at?: Module, names?: Locals | null) => string;

  const ofName = (module: Module, id: Node, locals: Locals | null, next: Next): string => {
    const binding = module.scopes.bindingOf(id);
    if (!binding) return DYNAMIC;
    const local = locals?.get(binding);
    if (local) return next(local.node, local.module, local.locals);
    if (binding.kind === 'param') {
      const value = defaultOf(module, binding);
      return value ? next(value, module, null) : DYNAMIC;
    }
    const target = project.follow(module, binding);
    const value = target && valueOf(target);
    return target && value ? next(value, target.module, null) : DYNAMIC;
  };

  /** A call of a function of one expression, with constant arguments. */
  const ofCall = (module: Module, call: Node, locals: Locals | null, next: Next): string => {
    const found = functionOf(module, unwrap(call['callee']));
    const result = found && onlyExpression(found.node);
    if (!found || !result) return DYNAMIC;
    const names: Locals = new Map();
    for (const [index, param] of (found.node['params'] as Node[]).entries()) {
      const id = param.type === 'AssignmentPattern' ? param['left'] : param;
      const binding = found.module.scopes.bindingOf(id);
      const argument: Node | undefined = call['arguments'][index] ?? param['right'];
      if (binding && argument)
        names.set(binding, { module: call['arguments'][index] ? module : found.module, node: argument, locals });
    }
    return next(result, found.module, names);
  };

  const functionOf = (module: Module, callee: Node): { module: Module; node: Node } | null => {
    if (callee.type === 'Identifier') {
      const binding = module.scopes.bindingOf(callee);
      const target = binding && project.follow(module, binding);
      const value = target && (target.expression ?? functionValue(target.binding));
      return target && value && isFunction(unwrap(value)) ? { module: target.module, node: unwrap(value) } : null;
    }
    const member = isMember(callee) ? memberValue(module, callee) : null;
    return member && isFunction(member.node) ? member : null;
  };

  /** `KEYS.A`, `Enum.A`, `this.KEY`, `keys.A` of `import * as keys`. */
  const memberValue = (module: Module, member: Node): { module: Module; node: Node } | null => {
    const name = propertyName(member);
    if (name === null) return null;
    const object = unwrap(member['object']);
    if (object.type === 'ThisExpression') {
      return fieldOfClass(module, classAround(member), name);
    }
    if (object.type === 'Identifier') return memberOfName(module, object, name);
    const owner = isMember(object) ? memberValue(module, object) : null;
    const value = owner && propertyOf(unwrap(owner.node), name);
    return owner && value ? { module: owner.module, node: value } : null;
  };

  const fieldOfClass = (module: Module, first: Node | null, name: string): { module: Module; node: Node } | null => {
    for (const { module: at, owner } of classChain(project, module, first)) {
      const value = fieldOf(owner['body'], name);
      if (value) return { module: at, node: value };
    }
    return null;
  };

  const exportedValue = (module: Module, name: string): { module: Module; node: Node } | null => {
    const target = project.exported(module, name);
    const value = target && valueOf(target);
    return target && value ? { module: target.module, node: value } : null;
  };

  const memberOfName = (module: Module, object: Node, name: string): { module: Module; node: Node } | null => {
    const binding = module.scopes.bindingOf(object);
    if (!binding) return null;
    const imported = module.imports.get(binding);
    if (imported?.name === '*') {
      const path = project.resolve(module, imported.from);
      const other = path && project.moduleAt(path);
      return other ? exportedValue(other, name) : null;
    }
    const target = project.follow(module, binding);
    if (!target) return null;
    if (target.isNamespace) return exportedValue(target.module, name);
    if (target.binding?.kind === 'enum') {
      const members: Node[] =
        target.binding.declaration['members'] ?? target.binding.declaration['body']?.members ?? [];
      const value = members.find((entry) => keyName(entry) === name)?.['initializer'];
      return value ? { module: target.module, node: value } : null;
    }
    if (target.binding?.kind === 'class') {
      return fieldOfClass(target.module, target.binding.declaration, name);
    }
    const owner = valueOf(target);
    const value = owner && propertyOf(unwrapFrozen(owner), name);
    return value ? { module: target.module, node: value } : null;
  };

  const asConstant = (value: string): Constant => {
    const at = value.indexOf(DYNAMIC);
    if (at < 0) return { text: value };
    return at > 0 ? { prefix: value.slice(0, at) } : null;
  };
  const choices = (module: Module, raw: Node, depth = 0): string[] => {
    const node = unwrap(raw);
    if (depth > MAX_DEPTH) return [];
    const next = (child: Node, at = module) => choices(at, child, depth + 1);
    if (node.type === 'ConditionalExpression') return [...next(node['consequent']), ...next(node['alternate'])];
    if (node.type === 'LogicalExpression') return [...next(node['left']), ...next(node['right'])];
    const called = node.type === 'CallExpression' ? functionOf(module, unwrap(node['callee'])) : null;
    const result = called && onlyExpression(called.node);
    if (called && result) return next(result, called.module);
    const constant = read(module, node);
    return constant && 'text' in constant ? [constant.text] : [];
  };
  const read = (module: Module, node: Node) => asConstant(evaluate(module, node, null));
  return {
    read,
    choices,
    text(module, node) {
      const constant = read(module, node);
      return constant && 'text' in constant ? constant.text : null;
    },
    pattern(module, node) {
      const value = evaluate(module, node, null);
      return value.replaceAll(DYNAMIC, '') === '' ? null : value;
    },
    elements(module, raw) {
      let node = unwrapFrozen(raw);
      let at = module;
      if (node.type === 'Identifier') {
        const binding = module.scopes.bindingOf(node);
        const target = binding && project.follow(module, binding);
        const value = target && valueOf(target);
        if (!target || !value) return null;
        node = unwrapFrozen(value);
        at = target.module;
      } else if (isMember(node)) {
        const member = memberValue(module, node);
        if (!member) return null;
        node = unwrapFrozen(member.node);
        at = member.module;
      }
      if (node.type !== 'ArrayExpression') return null;
      const nodes = node['elements'] as (Node | null)[];
      return nodes.every((element) => element && element.type !== 'SpreadElement')
        ? { module: at, nodes: nodes as Node[] }
        : null;
    },
  };
}
