/** Is an identifier a mention of a name, or a property, label or key that only looks like one? */
import type { Node } from './node.js';

export function isReference(id: Node): boolean {
  const parent = id.parent;
  if (!parent) return false;
  if (id.type === 'JSXIdentifier') return isJsxReference(id, parent);
  switch (parent.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return parent['object'] === id || parent['computed'] === true;
    case 'ObjectProperty':
      return parent['value'] === id || (parent['computed'] === true && parent['key'] === id);
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent['key'] !== id || parent['computed'] === true;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
    case 'ImportSpecifier':
    case 'ImportAttribute':
    case 'TSTypeParameter':
    case 'TSNamedTupleMember':
      return false;
    case 'ExportSpecifier':
      return parent['local'] === id && !parent.parent?.['source'];
    case 'TSEnumMember':
      return parent['id'] !== id;
    case 'TSQualifiedName':
      return parent['left'] === id;
    case 'TSFunctionType':
    case 'TSConstructorType':
    case 'TSCallSignatureDeclaration':
    case 'TSIndexSignature':
    case 'TSDeclareFunction':
    case 'TSTypePredicate':
      return false;
    default:
      return true;
  }
}

function isJsxReference(id: Node, parent: Node): boolean {
  if (parent.type === 'JSXAttribute' || parent.type === 'JSXNamespacedName') return false;
  if (parent.type === 'JSXMemberExpression') return parent['object'] === id;
  return /^[A-Z_$]/.test(id['name']);
}
