// All accesses that a node is, by any of the recognisers.
import type { CallExpression, Node } from 'estree';
import type { Access } from './access.js';
import { callBehind } from './call-view.js';
import { cookieAssignment, cookieCall, cookieRead } from './cookies.js';
import { indexedDbCall } from './indexed-db.js';
import { keyedClass, keyedField, keyedSuper } from './keyed-class.js';
import type { Module } from './module.js';
import { persistedCall } from './persisted-store.js';
import { webStorageCall, webStorageDestructuring, webStorageProperty } from './web-storage.js';

export function accessesOf(node: Node, module: Module): Access[] {
  const one = (access: Access | null) => (access ? [access] : []);
  switch (node.type) {
    case 'CallExpression':
      return node.callee.type === 'Super' ? keyedSuper(node, module) : one(called(node, module) ?? behind(node, module));
    case 'MemberExpression':
      return one(cookieRead(node, module) ?? webStorageProperty(node, module));
    case 'AssignmentExpression':
      return one(cookieAssignment(node, module));
    case 'NewExpression':
      return keyedClass(node, module);
    case 'MethodDefinition':
      return node.kind === 'get' ? keyedField(node, module) : [];
    case 'PropertyDefinition':
      return keyedField(node, module);
    case 'VariableDeclarator':
      return webStorageDestructuring(node, module);
    default:
      return [];
  }
}

function behind(call: CallExpression, module: Module): Access | null {
  const inner = callBehind(call);
  const access = inner && called(inner, module);
  return access && { ...access, node: call };
}

const called = (call: CallExpression, module: Module): Access | null =>
  webStorageCall(call, module) ??
  cookieCall(call, module) ??
  indexedDbCall(call, module) ??
  persistedCall(call, module);
