/** What types say in writing: the fields of a declared type, and the type that a value is declared to have or to flow into. */
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { enclosingFunction, isCall, keyName, unwrap } from '../ast/shapes.js';
import type { Module } from './module.js';
import type { Project } from './project.js';

/** A type where it is written. */
export interface TypeAt {
  module: Module;
  node: Node;
}

/** Name of a field → `string`, `string[]` or `other`. */
export type Fields = Map<string, 'string' | 'string[]' | 'other'>;

export interface DeclaredTypes {
  fields(type: TypeAt): Fields | null;
  /** The type that the value of an expression is declared to have. */
  ofValue(module: Module, expression: Node): TypeAt | null;
  /** The type that the place of an expression demands. */
  ofPlace(module: Module, expression: Node): TypeAt | null;
}

const THROUGH = new Set(['Promise', 'Readonly', 'Partial', 'Required', 'PromiseLike']);

export function makeDeclaredTypes(project: Project): DeclaredTypes {
  const fields = (type: TypeAt, depth = 0): Fields | null => {
    const { module, node } = type;
    if (depth > 8) return null;
    switch (node.type) {
      case 'TSTypeAnnotation':
        return fields({ module, node: node['typeAnnotation'] }, depth);
      case 'TSTypeLiteral':
        return fieldsOfMembers(module, node['members']);
      case 'TSInterfaceBody':
        return fieldsOfMembers(module, node['body']);
      case 'TSUnionType': {
        const rest = (node['types'] as Node[]).filter((t) => !/^TS(Null|Undefined)Keyword$/.test(t.type));
        return rest.length === 1 && rest[0] ? fields({ module, node: rest[0] }, depth) : null;
      }
      case 'TSIntersectionType':
        return merge((node['types'] as Node[]).map((t) => fields({ module, node: t }, depth + 1)));
      case 'ObjectExpression':
        return fieldsOfLiteral(node);
      case 'TSTypeReference':
      case 'TSExpressionWithTypeArguments':
        return ofReference(module, node, depth);
      default:
        return null;
    }
  };

  const ofReference = (module: Module, node: Node, depth: number): Fields | null => {
    const name: Node = node['typeName'] ?? node['expression'];
    if (name.type !== 'Identifier') return null;
    const argument: Node | undefined = typeArguments(node)[0];
    if (THROUGH.has(name['name']) && argument) return fields({ module, node: argument }, depth + 1);
    const binding = module.scopes.bindingOf(name) ?? module.scopes.lookup(name['name'], node);
    const target = binding && project.follow(module, binding);
    const declaration = target?.binding?.declaration;
    if (!target || !declaration) return null;
    if (declaration.type === 'TSTypeAliasDeclaration') {
      return fields({ module: target.module, node: declaration['typeAnnotation'] }, depth + 1);
    }
    if (declaration.type !== 'TSInterfaceDeclaration') return null;
    const bases = ((declaration['extends'] as Node[] | null) ?? []).map((b) =>
      fields({ module: target.module, node: b }, depth + 1),
    );
    return merge([...bases, fieldsOfMembers(target.module, declaration['body'].body)]);
  };

  const ofBinding = (module: Module, binding: Binding): TypeAt | null => {
    const target = project.follow(module, binding);
    if (!target?.binding) return null;
    const { id, declaration } = target.binding;
    const at = target.module;
    if (id['typeAnnotation']) return { module: at, node: id['typeAnnotation'] };
    if (id.parent?.type === 'ArrayPattern' && declaration.type === 'VariableDeclarator') {
      return id.parent['elements'][0] === id ? ofState(at, declaration['init']) : null;
    }
    if (declaration.type === 'VariableDeclarator' && declaration['id'] === id && declaration['init']) {
      return ofValue(at, declaration['init']);
    }
    return id.parent?.type === 'ObjectProperty' ? ofDestructured(at, id) : null;
  };

  /** `{ worker }: { worker: Worker }`. */
  const ofDestructured = (module: Module, id: Node): TypeAt | null => {
    const property = id.parent;
    const pattern = property?.parent;
    const annotation: Node | undefined = pattern?.['typeAnnotation']?.typeAnnotation;
    const name = property && keyName(property);
    if (annotation?.type !== 'TSTypeLiteral') return null;
    const member = (annotation['members'] as Node[]).find((m) => keyName(m) === name);
    return member?.['typeAnnotation'] ? { module, node: member['typeAnnotation'] } : null;
  };

  const ofState = (module: Module, call: Node | null): TypeAt | null => {
    if (!call || !isCall(call)) return null;
    const written = typeArguments(call)[0];
    if (written) return { module, node: written };
    const initial: Node | undefined = call['arguments'][0];
    return initial ? ofValue(module, initial) : null;
  };

  const ofValue = (module: Module, raw: Node): TypeAt | null => {
    if (raw.type === 'TSAsExpression' || raw.type === 'TSSatisfiesExpression') {
      return { module, node: raw['typeAnnotation'] };
    }
    const node = unwrap(raw);
    if (node.type === 'AwaitExpression') return ofValue(module, node['argument']);
    if (node.type === 'ObjectExpression') return { module, node };
    if (node.type === 'Identifier') {
      const binding = module.scopes.bindingOf(node);
      return binding ? ofBinding(module, binding) : null;
    }
    if (!isCall(node) || node['callee'].type !== 'Identifier') return null;
    const binding = module.scopes.bindingOf(node['callee']);
    const target = binding && project.follow(module, binding);
    const fn: Node | undefined = target?.binding?.declaration['init'] ?? target?.binding?.declaration;
    return target && fn?.['returnType'] ? { module: target.module, node: fn['returnType'] } : null;
  };

  const ofPlace = (module: Module, expression: Node): TypeAt | null => {
    const parent = expression.parent;
    if (!parent) return null;
    switch (parent.type) {
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'AwaitExpression':
        return ofPlace(module, parent);
      case 'SpreadElement':
        return parent.parent?.type === 'ObjectExpression' ? ofPlace(module, parent.parent) : null;
      case 'ReturnStatement': {
        const fn = enclosingFunction(parent);
        return fn?.['returnType'] ? { module, node: fn['returnType'] } : null;
      }
      case 'ArrowFunctionExpression':
        return parent['body'] === expression && parent['returnType'] ? { module, node: parent['returnType'] } : null;
      case 'VariableDeclarator': {
        const annotation: Node | undefined = parent['id'].typeAnnotation;
        return annotation ? { module, node: annotation } : null;
      }
      case 'CallExpression':
        return ofArgument(module, parent, expression);
      default:
        return null;
    }
  };

  const ofArgument = (module: Module, call: Node, argument: Node): TypeAt | null => {
    const callee = unwrap(call['callee']);
    const binding = callee.type === 'Identifier' ? module.scopes.bindingOf(callee) : undefined;
    if (!binding) return null;
    const pattern = binding.id.parent;
    if (pattern?.type === 'ArrayPattern' && pattern['elements'][1] === binding.id) {
      return ofState(module, binding.declaration['init']);
    }
    const target = project.follow(module, binding);
    const fn: Node | undefined = target?.binding?.declaration['init'] ?? target?.binding?.declaration;
    const param: Node | undefined = fn?.['params']?.[call['arguments'].indexOf(argument)];
    return target && param?.['typeAnnotation'] ? { module: target.module, node: param['typeAnnotation'] } : null;
  };

  return { fields: (type) => fields(type), ofValue, ofPlace };
}

const typeArguments = (node: Node): Node[] => (node['typeParameters'] ?? node['typeArguments'])?.params ?? [];

function fieldsOfMembers(_module: Module, members: Node[]): Fields | null {
  const found: Fields = new Map();
  for (const member of members) {
    const name = keyName(member);
    if (member.type !== 'TSPropertySignature' || name === null) return null;
    found.set(name, kindOf(member['typeAnnotation']?.typeAnnotation));
  }
  return found;
}

/** The fields of an object literal, as far as their values are literals. */
function fieldsOfLiteral(object: Node): Fields | null {
  const found: Fields = new Map();
  for (const property of object['properties'] as Node[]) {
    const name = keyName(property);
    if (property.type !== 'ObjectProperty' || name === null) return null;
    found.set(name, property['value'].type === 'StringLiteral' ? 'string' : 'other');
  }
  return found;
}

function kindOf(type: Node | undefined): 'string' | 'string[]' | 'other' {
  if (type?.type === 'TSStringKeyword') return 'string';
  return type?.type === 'TSArrayType' && type['elementType'].type === 'TSStringKeyword' ? 'string[]' : 'other';
}

function merge(parts: (Fields | null)[]): Fields | null {
  const all: Fields = new Map();
  for (const part of parts) {
    if (!part) return null;
    for (const [name, kind] of part) all.set(name, kind);
  }
  return all;
}
