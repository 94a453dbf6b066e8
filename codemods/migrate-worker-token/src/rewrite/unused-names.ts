/** Imports, locals, functions and types that were used before the edits and are not any more. */
import { closest, type Node } from '../ast/node.js';
import { isInside } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';
import { isCall, isMember, propertyName } from '../ast/shapes.js';
import { lineSpan } from '../plan/text-edits.js';
import type { Parsed, Span } from './parsed-text.js';
import { isPure } from './purity.js';

export function unusedNames(before: Parsed, now: Parsed): Span[] {
  const known = deadNames(before);
  return now.scopes.all
    .filter((binding) => isDead(binding) && !known.has(`${binding.kind} ${binding.name}`) && !isExported(binding))
    .flatMap((binding) => spansOf(now, binding));
}

const deadNames = ({ scopes }: Parsed): Set<string> =>
  new Set(scopes.all.filter(isDead).map((binding) => `${binding.kind} ${binding.name}`));

/** Nothing reads it: no mention outside of itself but writes into it. */
function isDead(binding: Binding): boolean {
  return binding.references.every(
    (reference) => (isInside(reference, binding.declaration) && isSelf(binding)) || isWriteInto(reference),
  );
}

const isSelf = (binding: Binding) => ['function', 'type', 'class'].includes(binding.kind);

function isExported(binding: Binding): boolean {
  const statement =
    binding.declaration.type === 'VariableDeclarator' ? binding.declaration.parent : binding.declaration;
  return statement?.parent !== null && /^Export/.test(statement?.parent?.type ?? '');
}

/** The statement `x = …`, `x.a = …`, `x.append(…)`, `x.set(…)`, whose value goes nowhere. */
function isWriteInto(reference: Node): boolean {
  return writeStatement(reference) !== null;
}

function writeStatement(reference: Node): Node | null {
  const target =
    reference.parent && isMember(reference.parent) && reference.parent['object'] === reference
      ? reference.parent
      : reference;
  const action = target.parent;
  if (action?.parent?.type !== 'ExpressionStatement') return null;
  if (action.type === 'AssignmentExpression')
    return action['left'] === target && isPure(action['right']) ? action.parent : null;
  const isAdding =
    target !== reference &&
    isCall(action) &&
    action['callee'] === target &&
    /^(append|set|delete)$/.test(propertyName(target) ?? '');
  return isAdding && (action['arguments'] as Node[]).every(isPure) ? action.parent : null;
}

function spansOf(now: Parsed, binding: Binding): Span[] {
  const { declaration } = binding;
  const removal = (node: Node): Span => ({ ...lineSpan(now, node), text: '' });
  switch (binding.kind) {
    case 'import':
      return [
        declaration.type === 'VariableDeclarator'
          ? removal(declaration.parent as Node)
          : withoutSpecifier(now, declaration),
      ];
    case 'function':
    case 'type':
    case 'enum':
    case 'class':
      return /Expression$/.test(declaration.type) ? [] : [removal(declaration)];
    case 'const':
    case 'let':
    case 'var':
      return ofVariable(now, binding, removal);
    default:
      return [];
  }
}

function withoutSpecifier(now: Parsed, specifier: Node): Span {
  const statement = specifier.parent as Node;
  const all: Node[] = statement['specifiers'];
  if (all.length === 1) return { ...lineSpan(now, statement), text: '' };
  const named = all.filter((other) => other.type === 'ImportSpecifier');
  if (specifier.type === 'ImportSpecifier' && named.length === 1) {
    const rest = all.find((other) => other !== specifier) as Node;
    const close = now.text.indexOf('}', specifier.end) + 1;
    return { start: rest.end, end: close, text: '' };
  }
  return listItem(now.text, all, specifier);
}

/** An item of a list, with the comma that belongs to it. */
function listItem(text: string, all: Node[], item: Node): Span {
  const index = all.indexOf(item);
  const next = all[index + 1];
  if (next) return { start: item.start, end: next.start, text: '' };
  const previous = all[index - 1];
  return { start: previous ? previous.end : item.start, end: item.end, text: '' };
}

function ofVariable(now: Parsed, binding: Binding, removal: (node: Node) => Span): Span[] {
  const declarator = binding.declaration;
  const statement = declarator.parent;
  if (declarator.type !== 'VariableDeclarator' || !statement || /^For/.test(statement.parent?.type ?? '')) return [];
  const init: Node | null = declarator['init'];
  const writes = binding.references.map(writeStatement).filter((write) => write !== null);
  const pattern: Node = declarator['id'];
  if (pattern.type === 'ObjectPattern') return ofPattern(now, binding, pattern, statement, init, removal);
  if (pattern.type !== 'Identifier') return [];
  const declarators: Node[] = statement['declarations'];
  if (init && !isPure(init)) {
    // What the value was made of may do something: it stays, without the name.
    const isAlone = declarators.length === 1 && writes.length === 0;
    return isAlone
      ? [{ start: statement.start, end: init.start, text: startsStatement(now.text, init) ? '' : 'void ' }]
      : [];
  }
  const own = declarators.length === 1 ? removal(statement) : listItem(now.text, declarators, declarator);
  return [own, ...writes.map(removal)];
}

/** The expression can stand as a statement of its own. */
const startsStatement = (text: string, init: Node): boolean =>
  !/^[({[`/+-]/.test(text.slice(init.start)) && !init.extra?.parenthesized;

function ofPattern(
  now: Parsed,
  binding: Binding,
  pattern: Node,
  statement: Node,
  init: Node | null,
  removal: (node: Node) => Span,
): Span[] {
  const property = closest(binding.id, (at) => at.parent === pattern);
  const properties: Node[] = pattern['properties'];
  if (!property || properties.some((p) => p.type === 'RestElement')) return [];
  if (properties.length > 1) return [listItem(now.text, properties, property)];
  return init && isPure(init) && statement['declarations'].length === 1 ? [removal(statement)] : [];
}
