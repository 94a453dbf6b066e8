/** One source file as the plan sees it: text, syntax, names, imports and exports. */
import { findAll, type Node } from '../ast/node.js';
import { parseText, type Comment } from '../ast/parse.js';
import { analyseScopes, patternNames, type Binding, type Scopes } from '../ast/scopes.js';
import { isCall, isIdentifier, unwrap } from '../ast/shapes.js';

export interface Module {
  path: string;
  /** Relative to the root, with forward slashes. */
  rel: string;
  text: string;
  program: Node;
  comments: Comment[];
  scopes: Scopes;
  /** Names that come from elsewhere: where from, and what they are called there (`*`: the whole module). */
  imports: Map<Binding, { from: string; name: string }>;
  exports: Map<string, ExportTarget>;
  /** `export * from`. */
  starExports: string[];
  /** Everything that is imported, for the evidence and the graph. */
  specifiers: string[];
  kind: 'esm' | 'cjs' | 'script';
}

export type ExportTarget = { binding: Binding } | { expression: Node } | { from: string; name: string };

/** @throws SyntaxError if the text does not parse. */
export function makeModule(path: string, rel: string, text: string): Module {
  const { program, comments } = parseText(path, text);
  const scopes = analyseScopes(program);
  const module: Module = {
    path,
    rel,
    text,
    program,
    comments,
    scopes,
    imports: new Map(),
    exports: new Map(),
    starExports: [],
    specifiers: [],
    kind: 'script',
  };
  for (const statement of program['body'] as Node[]) {
    readImport(module, statement);
    readExport(module, statement);
  }
  readCommonJs(module);
  return module;
}

function readImport(module: Module, statement: Node): void {
  if (statement.type === 'TSImportEqualsDeclaration') module.kind = 'esm';
  if (statement.type !== 'ImportDeclaration') return;
  module.kind = 'esm';
  const from: string = statement['source'].value;
  module.specifiers.push(from);
  for (const specifier of statement['specifiers'] as Node[]) {
    const binding = module.scopes.bindingOf(specifier['local']);
    if (binding) module.imports.set(binding, { from, name: importedName(specifier) });
  }
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return specifier['imported'].name ?? specifier['imported'].value;
}

function readExport(module: Module, statement: Node): void {
  if (!/^Export|^TSExportAssignment/.test(statement.type)) return;
  module.kind = 'esm';
  const from: string | undefined = statement['source']?.value;
  if (from) module.specifiers.push(from);
  if (statement.type === 'ExportAllDeclaration' && from) module.starExports.push(from);
  if (statement.type === 'ExportDefaultDeclaration') readDefaultExport(module, statement['declaration']);
  if (statement.type !== 'ExportNamedDeclaration') return;
  for (const specifier of statement['specifiers'] as Node[]) {
    const exported: string = specifier['exported'].name ?? specifier['exported'].value;
    if (from) {
      const name = specifier.type === 'ExportNamespaceSpecifier' ? '*' : specifier['local'].name;
      module.exports.set(exported, { from, name });
    } else {
      const binding = module.scopes.bindingOf(specifier['local']);
      if (binding) module.exports.set(exported, { binding });
    }
  }
  for (const id of declaredNames(statement['declaration'])) {
    const binding = module.scopes.bindingOf(id);
    if (binding) module.exports.set(binding.name, { binding });
  }
}

function readDefaultExport(module: Module, declaration: Node): void {
  const id: Node | null = declaration.type === 'Identifier' ? declaration : (declaration['id'] ?? null);
  const binding = id && module.scopes.bindingOf(id);
  module.exports.set('default', binding ? { binding } : { expression: declaration });
}

function declaredNames(declaration: Node | null): Node[] {
  if (!declaration) return [];
  if (declaration.type !== 'VariableDeclaration') return declaration['id'] ? [declaration['id']] : [];
  return (declaration['declarations'] as Node[]).flatMap((declarator) => patternNames(declarator['id']));
}

/** `require('x')`, `module.exports = { … }`, `exports.x = …`. */
function readCommonJs(module: Module): void {
  if (module.kind === 'esm') return;
  for (const call of findAll(module.program, (node) => isCall(node) && isIdentifier(node['callee'], 'require'))) {
    const from: unknown = call['arguments'][0]?.value;
    if (typeof from !== 'string') continue;
    module.kind = 'cjs';
    module.specifiers.push(from);
    readRequire(module, call, from);
  }
  for (const assignment of findAll(module.program, (node) => node.type === 'AssignmentExpression')) {
    const target = module.text.slice(assignment['left'].start, assignment['left'].end);
    const value = unwrap(assignment['right']);
    if (target === 'module.exports') readExportsObject(module, value);
    const name = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
    if (name) setExport(module, name, value);
  }
}

function readRequire(module: Module, call: Node, from: string): void {
  const declarator = call.parent;
  if (declarator?.type !== 'VariableDeclarator') return;
  const target: Node = declarator['id'];
  const bind = (id: Node, name: string) => {
    const binding = module.scopes.bindingOf(id);
    if (binding) module.imports.set(binding, { from, name });
  };
  if (target.type === 'Identifier') bind(target, '*');
  if (target.type !== 'ObjectPattern') return;
  for (const property of target['properties'] as Node[]) {
    if (property.type === 'ObjectProperty' && property['value'].type === 'Identifier') {
      bind(property['value'], property['key'].name);
    }
  }
}

function readExportsObject(module: Module, value: Node): void {
  module.kind = 'cjs';
  if (value.type !== 'ObjectExpression') {
    setExport(module, 'default', value);
    return;
  }
  for (const property of value['properties'] as Node[]) {
    const name: unknown = property['key']?.name;
    if (typeof name === 'string') setExport(module, name, property['value'] ?? property);
  }
}

function setExport(module: Module, name: string, value: Node): void {
  module.kind = 'cjs';
  const binding = value.type === 'Identifier' ? module.scopes.bindingOf(value) : undefined;
  module.exports.set(name, binding ? { binding } : { expression: value });
}
