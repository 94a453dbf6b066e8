/** Names and what they are bound to, in one file. Other files are the project's matter. */
import { childrenOf, type Node } from './node.js';
import { isFunction } from './shapes.js';
import { isReference } from './references.js';

export type BindingKind =
  'import' | 'const' | 'let' | 'var' | 'param' | 'function' | 'class' | 'enum' | 'type' | 'catch';

export interface Binding {
  name: string;
  kind: BindingKind;
  /** The identifier that introduces the name. */
  id: Node;
  /** The declarator, import specifier, function, class, enum, type or parameter. */
  declaration: Node;
  scope: Scope;
  /** Every other mention of the name, types and JSX included. */
  references: Node[];
}

export interface Scope {
  node: Node;
  parent: Scope | null;
  bindings: Map<string, Binding>;
}

export interface Scopes {
  root: Scope;
  all: Binding[];
  /** What an identifier means; undefined for a global. */
  bindingOf(identifier: Node): Binding | undefined;
  /** What a name means at a node. */
  lookup(name: string, at: Node): Binding | undefined;
  /** True if the name means something at the node, or anywhere below its scope. */
  isTaken(name: string, at: Node): boolean;
}

const BLOCKS = new Set([
  'BlockStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'CatchClause',
  'SwitchStatement',
  'StaticBlock',
]);

export function analyseScopes(program: Node): Scopes {
  const root: Scope = { node: program, parent: null, bindings: new Map() };
  const scopeOf = new Map<Node, Scope>([[program, root]]);
  const all: Binding[] = [];
  const identifiers = new Map<Node, Binding>();
  const unresolved: { node: Node; scope: Scope }[] = [];

  const declare = (scope: Scope, id: Node, kind: BindingKind, declaration: Node) => {
    const known = scope.bindings.get(id['name']);
    if (known) {
      identifiers.set(id, known);
      return;
    }
    const binding: Binding = { name: id['name'], kind, id, declaration, scope, references: [] };
    scope.bindings.set(binding.name, binding);
    identifiers.set(id, binding);
    all.push(binding);
  };

  const visit = (node: Node, outer: Scope): void => {
    let scope = outer;
    if (node !== program && (isFunction(node) || BLOCKS.has(node.type) || node.type === 'ClassExpression')) {
      scope = { node, parent: outer, bindings: new Map() };
      scopeOf.set(node, scope);
    }
    declareNames(node, outer, scope, declare);
    if ((node.type === 'Identifier' || node.type === 'JSXIdentifier') && isReference(node)) {
      unresolved.push({ node, scope });
    }
    for (const child of childrenOf(node)) {
      if (!isShorthandKey(node, child)) visit(child, scope);
    }
  };
  visit(program, root);

  for (const { node, scope } of unresolved) {
    if (identifiers.has(node)) continue;
    const binding = find(scope, node['name']);
    if (!binding) continue;
    identifiers.set(node, binding);
    binding.references.push(node);
  }

  const scopeAt = (node: Node): Scope => {
    for (let at: Node | null = node; at; at = at.parent) {
      const scope = scopeOf.get(at);
      if (scope) return scope;
    }
    return root;
  };
  return {
    root,
    all,
    bindingOf: (identifier) => identifiers.get(identifier),
    lookup: (name, at) => find(scopeAt(at), name),
    isTaken(name, at) {
      const scope = scopeAt(at);
      if (find(scope, name)) return true;
      return (
        all.some((b) => b.name === name && isBelow(b.scope, scope)) ||
        unresolved.some((u) => u.node['name'] === name && !identifiers.has(u.node))
      );
    },
  };
}

function find(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const binding = at.bindings.get(name);
    if (binding) return binding;
  }
  return undefined;
}

function isBelow(scope: Scope, ancestor: Scope): boolean {
  for (let at: Scope | null = scope; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** `{ a }` has the key and the value at one place; the value is the mention. */
function isShorthandKey(node: Node, child: Node): boolean {
  return node.type === 'ObjectProperty' && node['shorthand'] === true && child === node['key'];
}

type Declare = (scope: Scope, id: Node, kind: BindingKind, declaration: Node) => void;

function declareNames(node: Node, outer: Scope, inner: Scope, declare: Declare): void {
  switch (node.type) {
    case 'VariableDeclaration':
      for (const declarator of node['declarations'] as Node[]) {
        const target = node['kind'] === 'var' ? functionScope(inner) : inner;
        const kind = node['kind'] === 'var' || node['kind'] === 'let' ? node['kind'] : 'const';
        for (const id of patternNames(declarator['id'])) declare(target, id, kind, declarator);
      }
      return;
    case 'ImportDeclaration':
      for (const specifier of node['specifiers'] as Node[]) declare(outer, specifier['local'], 'import', specifier);
      return;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      if (node['id']) declare(outer, node['id'], 'function', node);
      break;
    case 'FunctionExpression':
      if (node['id']) declare(inner, node['id'], 'function', node);
      break;
    case 'ClassDeclaration':
    case 'ClassExpression':
      if (node['id']) declare(node.type === 'ClassDeclaration' ? outer : inner, node['id'], 'class', node);
      break;
    case 'TSEnumDeclaration':
      declare(outer, node['id'], 'enum', node);
      break;
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      declare(outer, node['id'], 'type', node);
      break;
    case 'CatchClause':
      if (node['param']) for (const id of patternNames(node['param'])) declare(inner, id, 'catch', node);
      break;
  }
  if (isFunction(node)) {
    for (const param of node['params'] as Node[]) {
      for (const id of patternNames(param)) declare(inner, id, 'param', param);
    }
  }
}

function functionScope(scope: Scope): Scope {
  let at = scope;
  while (at.parent && !isFunction(at.node)) at = at.parent;
  return at;
}

/** The identifiers that a pattern introduces. */
export function patternNames(pattern: Node | null): Node[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return (pattern['properties'] as Node[]).flatMap((p) =>
        patternNames(p.type === 'RestElement' ? p['argument'] : p['value']),
      );
    case 'ArrayPattern':
      return (pattern['elements'] as (Node | null)[]).flatMap((element) => patternNames(element));
    case 'AssignmentPattern':
      return patternNames(pattern['left']);
    case 'RestElement':
      return patternNames(pattern['argument']);
    case 'TSParameterProperty':
      return patternNames(pattern['parameter']);
    default:
      return [];
  }
}
