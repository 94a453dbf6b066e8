// What an object, enum, class, instance, array or made thing holds under a name. It is told how to resolve what it meets on its way.
import type { CallExpression, ClassBody, Node, ObjectExpression } from 'estree';
import { classMember, prototypeMember, returned, staticMember, type Resolve } from './class-member.js';
import { declaredAs, exportOf, type Place } from './exports.js';
import type { Module } from './module.js';
import { keyOf } from './property.js';
import { isWorthReading } from './worth-reading.js';

const deepest = 10;
/** Hooks and helpers that keep their argument under a name. */
const boxes: Record<string, string> = { useRef: 'current', createRef: 'current', ref: 'value', shallowRef: 'value' };

export function memberIn({ node, module }: Place, name: string, depth: number, resolve: Resolve): Place | null {
  if (depth > deepest) return null;
  const through = (child: Node | null | undefined) =>
    child ? memberIn(resolve(child, module, depth + 1), name, depth + 1, resolve) : null;
  switch (node.type as string) {
    case 'ObjectExpression':
      return ofObject(node as ObjectExpression, name, module, resolve, through);
    case 'ArrayExpression': {
      const item = (node as unknown as { elements: (Node | null)[] }).elements[Number(name)];
      return item && item.type !== 'SpreadElement' ? { node: item, module } : null;
    }
    case 'TSEnumDeclaration':
      return enumMember(node, name, module);
    case 'Program': // of `export * as keys`
      return exportOf(module, name);
    case 'TSModuleDeclaration':
      return namespaceMember(node, name, module);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return classMember((node as unknown as { body: ClassBody }).body, name, module, resolve, through);
    case 'FunctionDeclaration':
      return staticMember(node, name, module);
    case 'NewExpression': {
      const made = resolve((node as unknown as { callee: Node }).callee, module, depth + 1);
      if (made.node.type === 'FunctionDeclaration') return prototypeMember(made, name);
      return /^Class/.test(made.node.type) ? memberIn(made, name, depth + 1, resolve) : null;
    }
    case 'CallExpression':
      return ofMade(node as CallExpression, name, module, depth, resolve);
    case 'ConditionalExpression': {
      const { consequent, alternate } = node as unknown as { consequent: Node; alternate: Node };
      return through(consequent) ?? through(alternate);
    }
    case 'LogicalExpression': {
      const { left, right } = node as unknown as { left: Node; right: Node };
      return through(left) ?? through(right);
    }
    default:
      return null;
  }
}

type Through = (node: Node | null | undefined) => Place | null;

function ofObject(
  { properties }: ObjectExpression,
  name: string,
  module: Module,
  resolve: Resolve,
  through: Through,
): Place | null {
  for (const entry of properties.toReversed()) {
    if (entry.type === 'SpreadElement') {
      const spread = through(entry.argument);
      if (spread) return spread;
    } else if ((keyOf(entry) ?? computedKey(entry.key, module, resolve)) === name) {
      return { node: entry.kind === 'get' ? returned(entry.value) : entry.value, module };
    }
  }
  return null;
}

/** The member of the object that a function makes: `const store = createStore()`. */
function ofMade(call: CallExpression, name: string, module: Module, depth: number, resolve: Resolve): Place | null {
  const callee = call.callee as Node;
  const [first] = call.arguments;
  if (callee.type === 'Identifier' && boxes[callee.name] === name && first && first.type !== 'SpreadElement')
    return { node: first, module };
  if (!isWorthReading(callee, module)) return null;
  const made = resolve(callee, module, depth + 1);
  const { body } = made.node as { body?: Node };
  if (!/Function/.test(made.node.type) || !body) return null;
  const last =
    body.type === 'BlockStatement' ? body.body.findLast((statement) => statement.type === 'ReturnStatement') : null;
  const value = body.type === 'BlockStatement' ? (last?.type === 'ReturnStatement' ? last.argument : null) : body;
  return value ? memberIn(resolve(value, made.module, depth + 1), name, depth + 1, resolve) : null;
}

function enumMember(node: Node, name: string, module: Module): Place | null {
  interface Member {
    id: Node;
    initializer?: Node;
  }
  const held = node as unknown as { body?: { members: Member[] }; members?: Member[] };
  const members = held.body?.members ?? held.members ?? [];
  const nameOf = (id: Node) => (id.type === 'Identifier' ? id.name : id.type === 'Literal' ? id.value : null);
  const initializer = members.find(({ id }) => nameOf(id) === name)?.initializer;
  return initializer ? { node: initializer, module } : null;
}

/** `namespace Keys { export const TOKEN = '…' }`. */
function namespaceMember(node: Node, name: string, module: Module): Place | null {
  const { body } = node as unknown as { body?: { body?: Node[] } };
  const exported = (body?.body ?? []).flatMap((entry) =>
    entry.type === 'ExportNamedDeclaration' && entry.declaration ? [entry.declaration as Node] : [],
  );
  const found = exported.map((declaration) => declaredAs(declaration, name)).find(Boolean);
  return found ? { node: found, module } : null;
}

/** `{ [KEY]: value }`. */
function computedKey(key: Node, module: Module, resolve: Resolve): string | null {
  const { node } = resolve(key, module);
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** All that an object, an array or a Map holds: what a name that is only known at run time may stand for. */
export function everyMember({ node, module }: Place, resolve: Resolve): Place[] {
  if (node.type === 'ObjectExpression')
    return node.properties.flatMap((entry) => (entry.type === 'Property' ? [{ node: entry.value, module }] : []));
  if (node.type === 'ArrayExpression')
    return node.elements.flatMap((item) => (item && item.type !== 'SpreadElement' ? [{ node: item, module }] : []));
  const [list] = node.type === 'NewExpression' ? node.arguments : [];
  if (!list) return [];
  return everyMember(resolve(list, module), resolve).flatMap((pair) => {
    const value = memberIn(resolve(pair.node, pair.module), '1', 0, resolve);
    return value ? [value] : [];
  });
}
