// All accesses that a node is, by any of the recognisers.
import type { Node } from 'estree';
import type { Access } from './access.js';
import { cookieAssignment, cookieCall, cookieRead } from './cookies.js';
import { indexedDbCall } from './indexed-db.js';
import { keyedClass } from './keyed-class.js';
import type { Module } from './module.js';
import { persistedCall } from './persisted-store.js';
import { webStorageCall, webStorageDestructuring, webStorageProperty } from './web-storage.js';

export function accessesOf(node: Node, module: Module): Access[] {
  const one = (access: Access | null) => (access ? [access] : []);
  switch (node.type) {
    case 'CallExpression':
      return one(
        webStorageCall(node, module) ??
          cookieCall(node, module) ??
          indexedDbCall(node, module) ??
          persistedCall(node, module),
      );
    case 'MemberExpression':
      return one(cookieRead(node, module) ?? webStorageProperty(node, module));
    case 'AssignmentExpression':
      return one(cookieAssignment(node, module));
    case 'NewExpression':
      return keyedClass(node, module);
    case 'VariableDeclarator':
      return webStorageDestructuring(node, module);
    default:
      return [];
  }
}
