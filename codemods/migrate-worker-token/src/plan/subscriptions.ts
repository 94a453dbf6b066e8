/** Writes subscriptions: the manager tells about changes, so a listener or a polling timer becomes `subscribe(…)` with its undo. */
import { closest, isInside, type Node } from '../ast/node.js';
import {
  enclosingFunction,
  enclosingStatement,
  isMember,
  isStatementInList,
  keyName,
  propertyName,
  unwrap,
} from '../ast/shapes.js';
import type { PlanContext } from './context.js';
import type { Module } from './module.js';
import { eolOf, indentOf, lineSpan, usesSemicolons } from './text-edits.js';

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

/** Where the undo is kept, so that the removals can call it. */
export interface UndoPlace {
  /** `const` beside the registration, `let` in front of a statement around both, or a field of the class around both. */
  kind: 'const' | 'let' | 'field';
  /** The statement, or the body of the class. */
  at: Node;
}

/** Null where the registration has no place from which each removal could call its undo. */
export function undoPlace(registration: Node, removals: Node[]): UndoPlace | null {
  const statement = enclosingStatement(registration);
  if (!isStatementInList(statement) || !statement.parent) return null;
  const block = statement.parent;
  if (removals.every((removal) => isInside(removal, block))) return { kind: 'const', at: statement };
  if (statement.type !== 'ExpressionStatement' || statement['expression'] !== registration) return null;
  for (let at: Node | null = block; at; at = at.parent) {
    const outer = at.parent;
    if (!outer || !removals.every((removal) => isInside(removal, outer))) continue;
    if (outer.type === 'ClassBody') return { kind: 'field', at: outer };
    if (isStatementInList(at)) return { kind: 'let', at };
  }
  return null;
}

interface Undo {
  /** In front of the subscription: `const unsubscribe = `. */
  prefix: string;
  call: string;
}

/** Declares the undo in its place. */
function declareUndo(
  context: PlanContext,
  module: Module,
  { registration, removals, component }: { registration: Node; removals: Node[]; component: string },
): Undo {
  const place = removals.length > 0 ? undoPlace(registration, removals) : null;
  if (!place) return { prefix: '', call: '' };
  const isTyped = /\.[cm]?tsx?$/.test(module.path);
  const nothing = isTyped ? '(): void => {}' : '() => {}';
  const eol = eolOf(module.text);
  const end = usesSemicolons(module.text) ? ';' : '';
  if (place.kind === 'field') {
    const name = freeField(context, place.at);
    const [first] = place.at['body'] as [Node];
    const start = commentedStart(module, first);
    const line = `${isTyped ? 'private ' : ''}${name} = ${nothing}${end}${eol}${indentOf(module, first.start)}`;
    context.edits.insert(module, start, line, component);
    return { prefix: `this.${name} = `, call: `this.${name}()` };
  }
  const name = undoName(context, module, place.at);
  if (place.kind === 'const') return { prefix: `const ${name} = `, call: `${name}()` };
  const line = `let ${name} = ${nothing}${end}${eol}${indentOf(module, place.at.start)}`;
  context.edits.insert(module, place.at.start, line, component);
  return { prefix: `${name} = `, call: `${name}()` };
}

/** In front of the comment that speaks of the member. */
function commentedStart(module: Module, member: Node): number {
  const above = module.comments.filter(
    (comment) => comment.end <= member.start && module.text.slice(comment.end, member.start).trim() === '',
  );
  return above.at(-1)?.start ?? member.start;
}

function freeField({ undoNames: given }: PlanContext, body: Node): string {
  const used = given.get(body) ?? new Set((body['body'] as Node[]).map((member) => keyName(member) ?? ''));
  given.set(body, used);
  const name = ['unsubscribe', 'stopWatching', 'stopListening'].find((n) => !used.has(n)) ?? `unsubscribe${used.size}`;
  used.add(name);
  return name;
}

/** `addEventListener(…)` → `const unsubscribe = workerTokenManager.subscribe(…)`; `removeEventListener(…)` → `unsubscribe()`. */
export function replaceRegistration(
  context: PlanContext,
  module: Module,
  parts: { registration: Node; removals: Node[]; listener: string | (() => string); component: string },
): void {
  const { registration, removals, listener, component } = parts;
  const text = () => `workerTokenManager.subscribe(${typeof listener === 'string' ? listener : listener()})`;
  const { prefix, call } = declareUndo(context, module, parts);
  context.edits.replace(module, registration.start, registration.end, () => `${prefix}${text()}`, component);
  for (const removal of removals) context.edits.replace(module, removal.start, removal.end, call, component);
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
  const { prefix, call } = declareUndo(context, module, parts);
  const indent = indentOf(module, statement.start);
  const line = () => `${eol}${indent}${prefix}workerTokenManager.subscribe(${listener()})${end}`;
  context.edits.insert(module, statement.end, line, component);
  for (const removal of removals) {
    if (removal.parent?.type === 'ArrowFunctionExpression') {
      const old = module.text.slice(removal.start, removal.end);
      context.edits.replace(module, removal.start, removal.end, `{ ${call}; ${old}; }`, component);
    } else {
      context.edits.insert(module, removal.start, `${call}${end}${eol}${indentOf(module, removal.start)}`, component);
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

/** `this.onStorage`: a method, or a field with a function. */
function methodBehind(member: Node): Node | null {
  const owner = closest(member, (at) => /^Class(Declaration|Expression)$/.test(at.type));
  const name = propertyName(member);
  if (!owner || name === null || unwrap(member['object']).type !== 'ThisExpression') return null;
  const found = (owner['body'].body as Node[]).find((entry) => keyName(entry) === name);
  if (!found || /Method$/.test(found.type)) return found ?? null;
  const value: Node | null = found['value'] ?? null;
  return value && /Function/.test(value.type) ? value : null;
}

/** The function behind a name: declared, or a constant, possibly in `useCallback(…)`. */
export function functionBehind(module: Module, raw: Node): Node | null {
  if (/Function/.test(raw.type)) return raw;
  if (isMember(raw)) return methodBehind(raw);
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
