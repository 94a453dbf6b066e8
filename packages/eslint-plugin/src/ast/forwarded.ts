// A wrapper that hands all of its arguments on: `(...args) => localStorage.setItem(...args)`, `setItem.apply(localStorage, arguments)`.
import type { CallExpression, Node } from 'estree';
import type { Access } from './access.js';
import type { FunctionNode } from './functions.js';
import type { Module } from './module.js';
import type { Source } from './parameter-source.js';
import { propertyName } from './resolve.js';
import { isStorageArea } from './storage-area.js';
import { unwrap } from './unwrap.js';

const operations = { getItem: 'read', setItem: 'write', removeItem: 'remove' } as const;

/** The access, and the parameters that its key and value come from. */
interface Forwarded {
  access: Access;
  key: Source;
  value: Source;
}

export function forwarded(call: CallExpression, owner: FunctionNode, module: Module): Forwarded | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return null;
  const name = propertyName(callee, module);
  const [first, second] = call.arguments;
  if (name === 'apply') return first && second ? at(callee.object, second, call, owner, module) : null;
  return first?.type === 'SpreadElement' ? at(callee, first.argument, call, owner, module) : null;
}

function at(method: Node, list: Node, call: CallExpression, owner: FunctionNode, module: Module): Forwarded | null {
  const index = firstOf(list, owner);
  const target = unwrap(method);
  if (index === null || target.type !== 'MemberExpression') return null;
  const name = propertyName(target, module) ?? '';
  if (!(name in operations) || !isStorageArea(target.object, module)) return null;
  const operation = operations[name as keyof typeof operations];
  const access: Access = { operation, store: 'Web Storage', key: null, value: null, node: call };
  return { access, key: { index, path: [] }, value: { index: index + 1, path: [] } };
}

/** The place of the first argument in the list: of `arguments`, or of a rest parameter. */
function firstOf(list: Node, owner: FunctionNode): number | null {
  if (list.type !== 'Identifier') return null;
  if (list.name === 'arguments') return 0;
  const index = owner.params.findIndex(
    (parameter) =>
      parameter.type === 'RestElement' &&
      parameter.argument.type === 'Identifier' &&
      parameter.argument.name === list.name,
  );
  return index < 0 ? null : index;
}
