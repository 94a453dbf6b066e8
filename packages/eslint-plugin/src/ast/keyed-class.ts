// A class that is told its key: `new LocalStore('worker_credentials')`, whose methods then use `this.key`.
import type { NewExpression } from 'estree';
import { argumentAt, type Access } from './access.js';
import { parameterName } from './functions.js';
import type { Module } from './module.js';
import { resolve } from './resolve.js';

export function keyedClass(made: NewExpression, module: Module): Access[] {
  if (made.arguments.length === 0) return [];
  const { node: owner, module: home } = resolve(made.callee, module);
  if (owner.type !== 'ClassDeclaration' && owner.type !== 'ClassExpression') return [];
  const text = home.text.slice(...(owner.range ?? [0, 0]));
  const built = owner.body.body.find((entry) => entry.type === 'MethodDefinition' && entry.kind === 'constructor');
  if (built?.type !== 'MethodDefinition') return [];
  return built.value.params.flatMap((parameter, index) => {
    const name = parameterName(parameter)?.name;
    const key = argumentAt(made, index);
    if (!name || !key) return [];
    const field = new RegExp(`this\\.(#?\\w+)\\s*=\\s*${name}\\b`).exec(text)?.[1] ?? name;
    const isUsed = new RegExp(`(local|session)Storage\\.(get|set)Item\\(\\s*this\\.${field}\\b`).test(text);
    return isUsed ? [{ operation: 'write', store: 'Web Storage', key, value: null, node: made }] : [];
  });
}
