/** The function of the project that a call calls, in this file or another. */
import type { Node } from '../ast/node.js';
import { isFunction, unwrap } from '../ast/shapes.js';
import { functionValue } from './constant-values.js';
import type { Module } from './module.js';
import type { Project } from './project.js';
import { functionBehind } from './subscriptions.js';

export interface CalledFunction {
  module: Module;
  fn: Node;
}

export function calledFunction(project: Project, module: Module, raw: Node): CalledFunction | null {
  const callee = unwrap(raw);
  const local = functionBehind(module, callee);
  if (local) return { module, fn: local };
  const binding = callee.type === 'Identifier' ? module.scopes.bindingOf(callee) : undefined;
  const target = binding && module.imports.has(binding) ? project.follow(module, binding) : null;
  const value = target && (target.expression ?? functionValue(target.binding));
  return target && value && isFunction(unwrap(value)) ? { module: target.module, fn: unwrap(value) } : null;
}
