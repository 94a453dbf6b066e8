/** A read of a stored expiry: the snapshot has it as a number, so the parsing around it goes. */
import type { Node } from '../ast/node.js';
import { isCall, isIdentifier, isMember, propertyName, wrapped } from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import { isAssigned } from './constant-values.js';
import type { Module } from './module.js';
import { timingIn } from './entry-gate.js';
import type { StorageOperation } from './storage-operations.js';
import { isGuarded, isTested } from './surroundings.js';
import { fit, type Strength } from './text-edits.js';

const PATTERN = 'read-expiry';
const EXPIRES_AT = 'workerTokenManager.getSnapshot().expiresAt';

export function planExpiryRead(context: PlanContext, operation: StorageOperation): void {
  const { module, node, keys, holds } = operation;
  const notes = { keys, holds };
  if (context.edits.isGone(module, node) || context.edits.isClaimed(module, node)) {
    addSite(context, module, node, PATTERN, notes);
    return;
  }
  if (timingIn(context, module, node) === 'module')
    return leave(context, module, node, PATTERN, 'evaluated-before-ready', notes);
  const edits = operation.parsed ? parsedEdits(module, operation) : readEdits(module, node);
  if (!edits) return leave(context, module, node, PATTERN, 'expiry-as-text', notes);
  addSite(context, module, node, PATTERN, { ...notes, peeks: true });
  for (const { place, text, strength } of edits) {
    context.edits.replace(module, place.start, place.end, fit(text, strength, place), componentOf(module, node));
  }
}

interface PlacedText {
  place: Node;
  text: string;
  strength: Strength;
}

/** A helper parses the number: the snapshot has it, or null, as the helper gives it. */
function parsedEdits(module: Module, { node, parsed }: StorageOperation): PlacedText[] {
  const fallback = parsed?.fallback;
  if (!fallback || fallback.type === 'NullLiteral') return [{ place: node, text: EXPIRES_AT, strength: 'call' }];
  const text = `${EXPIRES_AT} ?? ${module.text.slice(fallback.start, fallback.end)}`;
  return [{ place: node, text, strength: 'nullish' }];
}

/** What to write where; null if the text of the expiry is used in another way than as a number or in a test. */
function readEdits(module: Module, node: Node): PlacedText[] | null {
  const direct = numberAround(node);
  if (direct) return [{ place: direct, text: `${EXPIRES_AT} ?? 0`, strength: 'nullish' }];
  const place = wrapped(node);
  if (isTested(place)) return [{ place: node, text: EXPIRES_AT, strength: 'call' }];
  const declarator = place.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator['id'].type !== 'Identifier') return null;
  const binding = module.scopes.bindingOf(declarator['id']);
  if (!binding || isAssigned(binding) || declarator['id'].typeAnnotation) return null;
  const edits: PlacedText[] = [{ place, text: EXPIRES_AT, strength: 'call' }];
  for (const reference of binding.references) {
    const number = numberAround(reference);
    if (number) {
      const isThere = isGuarded(reference, binding.name);
      edits.push({
        place: number,
        text: isThere ? binding.name : `${binding.name} ?? 0`,
        strength: isThere ? 'call' : 'nullish',
      });
    } else if (!isTested(wrapped(reference))) return null;
  }
  return edits;
}

/** `Number(x)`, `parseInt(x, 10)`, `+x`, also with `?? 0` or `|| '0'` behind x. */
function numberAround(node: Node): Node | null {
  let inner = wrapped(node);
  const logical = inner.parent;
  const isDefault = logical?.type === 'LogicalExpression' && logical['left'] === inner && logical['operator'] !== '&&';
  if (isDefault && /^(0|)$/.test(String(logical['right'].value))) inner = wrapped(logical);
  const parent = inner.parent;
  if (parent?.type === 'UnaryExpression' && parent['operator'] === '+') return parent;
  if (!parent || !isCall(parent) || parent['arguments'][0] !== inner) return null;
  const callee: Node = parent['callee'];
  const name: string | null =
    isMember(callee) && isIdentifier(callee['object'], 'Number') ? propertyName(callee) : callee['name'];
  return name === 'Number' || name === 'parseInt' || name === 'parseFloat' ? parent : null;
}
