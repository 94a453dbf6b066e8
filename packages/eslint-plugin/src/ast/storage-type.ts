// Is something declared as the browser's Storage? `Storage`, `Storage | null`, `Pick<Storage, 'setItem'>`, `typeof localStorage`,
// `Window['localStorage']`, or a member of an interface of this file that is one. No type information is asked for.
import type { Node } from 'estree';
import { variableNamed, variableOf } from './binding.js';
import type { Module } from './module.js';
import { keyOf } from './property.js';

/** As much of a TypeScript node as is looked at. */
interface TypeNode {
  type: string;
  types?: TypeNode[];
  typeName?: { name?: string; right?: { name?: string } };
  typeArguments?: { params: TypeNode[] };
  exprName?: { name?: string; right?: { name?: string } };
  objectType?: TypeNode;
  indexType?: { literal?: { value?: unknown } };
  members?: MemberSignature[];
  body?: { body: MemberSignature[] };
  typeAnnotation?: TypeNode;
}
interface MemberSignature {
  key?: Node;
  computed?: boolean;
  typeAnnotation?: { typeAnnotation?: TypeNode };
}

const area = /^(local|session)Storage$/;
const narrows = /^(Pick|Omit|Readonly|Partial|Required|NonNullable)$/;

/** The type that a binding, a field or a function's result is declared with. */
export function declaredType(node: Node): TypeNode | null {
  const { typeAnnotation, returnType } = node as unknown as Record<string, { typeAnnotation?: TypeNode } | undefined>;
  return (typeAnnotation ?? returnType)?.typeAnnotation ?? null;
}

export function isStorageType(type: TypeNode | null | undefined): boolean {
  switch (type?.type) {
    case 'TSTypeReference': {
      const name = type.typeName?.name ?? type.typeName?.right?.name ?? '';
      return name === 'Storage' || (narrows.test(name) && isStorageType(type.typeArguments?.params[0]));
    }
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types?.some(isStorageType) ?? false;
    case 'TSTypeQuery':
      return area.test(type.exprName?.name ?? type.exprName?.right?.name ?? '');
    case 'TSIndexedAccessType':
      return area.test(String(type.indexType?.literal?.value));
    default:
      return false;
  }
}

/** `context.storage`, where the context's type is written in this file. */
export function isStorageMember(object: Node, name: string, module: Module): boolean {
  const definition = object.type === 'Identifier' ? variableOf(object, module)?.defs[0] : undefined;
  const type = definition && declaredType(definition.name);
  if (!definition || !type) return false;
  const members = membersOf(type, definition.name, module);
  const member = members.find(({ key, computed }) => key && keyOf({ key, computed: computed ?? false }) === name);
  return isStorageType(member?.typeAnnotation?.typeAnnotation);
}

function membersOf(type: TypeNode, at: Node, module: Module): MemberSignature[] {
  if (type.type === 'TSTypeLiteral') return type.members ?? [];
  const name = type.type === 'TSTypeReference' ? type.typeName?.name : undefined;
  const declared = name && (variableNamed(name, at, module)?.defs[0]?.node as TypeNode | undefined);
  if (!declared) return [];
  return declared.body?.body ?? declared.typeAnnotation?.members ?? [];
}
