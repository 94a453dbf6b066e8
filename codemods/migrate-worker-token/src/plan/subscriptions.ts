/** Writes subscriptions: the manager tells about changes, so a listener or a polling timer becomes `subscribe(…)` with its undo. */
import { isInside, type Node } from '../ast/node.js';
import { enclosingFunction, enclosingStatement, isStatementInList } from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';
import { eolOf, indentOf, lineSpan } from './text-edits.js';

/** A free name for the undo. */
export function undoName({ undoNames: given }: PlanContext, module: Module, at: Node): string {
  const home = enclosingFunction(at) ?? module.program;
  const used = given.get(home) ?? new Set<string>();
  given.set(home, used);
  const isFree = (name: string) => !used.has(name) && !module.scopes.isTaken(name, home);
  const name = ['unsubscribe', 'stopWatching', 'stopListening'].find(isFree) ?? `unsubscribe${used.size + 1}`;
  used.add(name);
  return name;
}

/** The undo can be called where the listener was removed: in the same block as the registration, or in a function in it. */
export function canReach(registration: Node, removals: Node[]): boolean {
  const statement = enclosingStatement(registration);
  const block = statement.parent;
  return isStatementInList(statement) && block !== null && removals.every((removal) => isInside(removal, block));
}

/** `addEventListener(…)` → `const unsubscribe = workerTokenManager.subscribe(…)`; `removeEventListener(…)` → `unsubscribe()`. */
export function replaceRegistration(
  context: PlanContext,
  module: Module,
  parts: { registration: Node; removals: Node[]; listener: string | (() => string); component: string },
): void {
  const { registration, removals, listener, component } = parts;
  const text = () => `workerTokenManager.subscribe(${typeof listener === 'string' ? listener : listener()})`;
  const name = removals.length > 0 ? undoName(context, module, registration) : null;
  context.edits.replace(
    module,
    registration.start,
    registration.end,
    () => `${name ? `const ${name} = ` : ''}${text()}`,
    component,
  );
  for (const removal of removals) context.edits.replace(module, removal.start, removal.end, `${name}()`, component);
}

/** The registration stays for other news; a subscription stands beside it. */
export function addRegistration(
  context: PlanContext,
  module: Module,
  parts: { registration: Node; removals: Node[]; listener: () => string; component: string },
): void {
  const { registration, removals, listener, component } = parts;
  const statement = enclosingStatement(registration);
  const end = module.text[statement.end - 1] === ';' ? ';' : '';
  const eol = eolOf(module.text);
  const name = removals.length > 0 ? undoName(context, module, registration) : null;
  const indent = indentOf(module, statement.start);
  const line = () =>
    `${eol}${indent}${name ? `const ${name} = ` : ''}workerTokenManager.subscribe(${listener()})${end}`;
  context.edits.insert(module, statement.end, line, component);
  for (const removal of removals) {
    if (removal.parent?.type === 'ArrowFunctionExpression') {
      const old = module.text.slice(removal.start, removal.end);
      context.edits.replace(module, removal.start, removal.end, `{ ${name}(); ${old}; }`, component);
    } else {
      context.edits.insert(module, removal.start, `${name}()${end}${eol}${indentOf(module, removal.start)}`, component);
    }
  }
}

/** The same listener is subscribed already: registration and removal go. */
export function dropRegistration(context: PlanContext, module: Module, nodes: Node[], component: string): void {
  for (const node of nodes) {
    const statement = enclosingStatement(node);
    const isWhole = statement.type === 'ExpressionStatement' && statement['expression'] === node;
    const span = isWhole ? lineSpan(module, statement) : node;
    if (isWhole) context.edits.remove(module, span.start, span.end, component);
    else context.edits.replace(module, node.start, node.end, 'undefined', component);
  }
}

/** The function behind a name: declared, or a constant, possibly in `useCallback(…)`. */
export function functionBehind(module: Module, raw: Node): Node | null {
  if (/Function/.test(raw.type)) return raw;
  const binding = raw.type === 'Identifier' ? module.scopes.bindingOf(raw) : undefined;
  const { declaration } = binding ?? {};
  if (!declaration) return null;
  if (declaration.type === 'FunctionDeclaration') return declaration;
  const init: Node | null = declaration.type === 'VariableDeclarator' ? declaration['init'] : null;
  if (!init) return null;
  if (/Function/.test(init.type)) return init;
  const isCallback =
    init.type === 'CallExpression' && /useCallback$/.test(module.text.slice(init['callee'].start, init['callee'].end));
  const [inner] = isCallback ? (init['arguments'] as Node[]) : [];
  return inner && /Function/.test(inner.type) ? inner : null;
}
