/** The default of a parameter that no caller overrides, so that a key in it is a constant. */
import { findAll, type Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isCall } from '../ast/shapes.js';
import { parameterDefault } from './constant-values.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

export function makeDefaultOf(project: () => Project): (module: Module, param: Binding) => Node | null {
  const known = new Map<Binding, Node | null>();
  return (module, param) => {
    if (known.has(param)) return known.get(param) ?? null;
    known.set(param, null);
    const value = parameterDefault(param);
    const isConstant = value !== null && !isOverridden(project(), module, value);
    known.set(param, isConstant ? value.value : null);
    return isConstant ? value.value : null;
  };
}

type Default = NonNullable<ReturnType<typeof parameterDefault>>;

function isOverridden(project: Project, module: Module, value: Default): boolean {
  const { owner } = value;
  const id: Node | null = owner.type === 'FunctionDeclaration' ? owner['id'] : (owner.parent?.['id'] ?? null);
  const binding = id?.type === 'Identifier' ? module.scopes.bindingOf(id) : undefined;
  if (!binding) return true;
  return project.modules.some((other) => mentions(project, other, binding).some((mention) => passes(mention, value)));
}

/** Where a function of one file is named in another (or its own). */
function mentions(project: Project, module: Module, binding: Binding): Node[] {
  return module.scopes.all
    .filter((candidate) => candidate === binding || project.follow(module, candidate)?.binding === binding)
    .flatMap((candidate) => candidate.references);
}

/** The mention passes the parameter, or could. */
function passes(mention: Node, { index, property }: Default): boolean {
  const parent = mention.parent;
  if (!parent || /^(Import|Export)|^TS|^JSXClosing/.test(parent.type)) return false;
  if (parent.type === 'JSXOpeningElement') {
    const attributes = parent['attributes'] as Node[];
    return property === null || attributes.some((a) => a.type === 'JSXSpreadAttribute' || a['name'].name === property);
  }
  if (!isCall(parent) || parent['callee'] !== mention) return true;
  const argument: Node | undefined = parent['arguments'][index];
  if (!argument) return (parent['arguments'] as Node[]).some((a) => a.type === 'SpreadElement');
  if (property === null || argument.type !== 'ObjectExpression') return true;
  return findAll(argument, (at) => at.type === 'SpreadElement' || at['key']?.name === property).length > 0;
}
