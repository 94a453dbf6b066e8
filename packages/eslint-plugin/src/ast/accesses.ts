// All accesses that a node is, by any of the recognisers.
import type { CallExpression, Node } from 'estree';
import type { Access } from './access.js';
import { callBehind } from './call-view.js';
import { cookieAssignment, cookieCall, cookieRead } from './cookies.js';
import { indexedDbCall } from './indexed-db.js';
import { keyedClass, keyedField, keyedSuper } from './keyed-class.js';
import type { Module } from './module.js';
import { persistedField, persistingCall } from './persist-options.js';
import { persistedCall } from './persisted-store.js';
import { webStorageCall, webStorageDestructuring, webStorageProperty } from './web-storage.js';

export function accessesOf(node: Node, module: Module): Access[] {
  const one = (access: Access | null) => (access ? [access] : []);
  switch (node.type) {
    case 'CallExpression':
      return node.callee.type === 'Super' ? keyedSuper(node, module) : calledAs(node, module);
    case 'MemberExpression':
      return one(cookieRead(node, module) ?? webStorageProperty(node, module));
    case 'AssignmentExpression':
      return one(cookieAssignment(node, module));
    case 'NewExpression':
      return [...keyedClass(node, module), ...one(persistingCall(node, module))];
    case 'MethodDefinition':
      return node.kind === 'get' ? keyedField(node, module) : [];
    case 'PropertyDefinition':
      return [...keyedField(node, module), ...one(persistedField(node))];
    case 'VariableDeclarator':
      return webStorageDestructuring(node, module);
    default:
      return [];
  }
}

/** Of a call, or of the call that it leads to. */
function calledAs(call: CallExpression, module: Module): Access[] {
  const found = called(call, module);
  const inner = found.length === 0 ? callBehind(call) : null;
  return inner ? called(inner, module).map((access) => ({ ...access, node: call })) : found;
}

function called(call: CallExpression, module: Module): Access[] {
  const access = webStorageCall(call, module) ?? cookieCall(call, module);
  if (access) return [access];
  const found = indexedDbCall(call, module);
  if (found.length > 0) return found;
  const persisted = persistedCall(call, module) ?? persistingCall(call, module);
  return persisted ? [persisted] : [];
}
