/** A write of a token or expiry: it goes with the request that it caches; by itself it is left. A secret goes into the one save. */
import { findAll, isInside } from '../ast/node.js';
import { enclosingFunction, enclosingStatement } from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import type { StorageOperation } from './storage-operations.js';
import { lineSpan } from './text-edits.js';
import { comesFromMigratedRequest } from './token-origin.js';

export function planTokenWrite(context: PlanContext, operation: StorageOperation, writes: StorageOperation[]): void {
  const { module, node, keys, holds } = operation;
  const pattern = holds === 'secret' ? 'save-credentials' : 'save-token';
  const notes = { keys, holds };
  if (context.edits.isRemoved(module, node)) {
    addSite(context, module, node, pattern, notes);
    return;
  }
  if (holds === 'secret') {
    if (!isSavedWith(operation, writes)) leave(context, module, node, pattern, 'split-secret', notes);
    else remove(context, operation, pattern);
    return;
  }
  const isManagers = storesManagers(context, operation, writes);
  const reader = context.kept.readerOf(keys);
  if (isManagers && reader) {
    return leave(context, module, node, pattern, 'token-reader-left', { ...notes, because: reader });
  }
  if (isManagers || isBesideRemovedToken(context, operation, writes)) {
    if (isFreeToGo(operation)) remove(context, operation, pattern);
    else leave(context, module, node, pattern, 'token-copy', notes);
    return;
  }
  leave(context, module, node, pattern, holds === 'expiry' ? 'expiry-without-token' : 'token-without-request', notes);
}

function remove(context: PlanContext, operation: StorageOperation, pattern: string): void {
  const { module, node, keys, holds } = operation;
  const statement = enclosingStatement(node);
  if (statement.type !== 'ExpressionStatement' || statement['expression'] !== node) {
    return leave(context, module, node, pattern, 'token-without-request', { keys, holds });
  }
  addSite(context, module, node, pattern, { keys, holds });
  const span = lineSpan(module, statement);
  context.edits.remove(module, span.start, span.end, componentOf(module, node));
}

/** The record of the same function takes the secret in. */
export function isSavedWith(secret: StorageOperation, writes: StorageOperation[]): boolean {
  return writes.some((o) => o.holds === 'credentials' && enclosingFunction(o.node) === enclosingFunction(secret.node));
}

/** It stores what the manager got, or the expiry beside that. */
function storesManagers(context: PlanContext, operation: StorageOperation, writes: StorageOperation[]): boolean {
  const isToken = ({ holds, module, value }: StorageOperation) =>
    holds === 'token' && value !== undefined && comesFromMigratedRequest(context, module, value);
  if (operation.holds === 'token') return isToken(operation);
  return writes.some((other) => isBeside(operation, other) && isToken(other));
}

const isBeside = (a: StorageOperation, b: StorageOperation): boolean =>
  enclosingFunction(a.node) === enclosingFunction(b.node);

/** The token beside which the expiry is kept goes. */
const isBesideRemovedToken = (
  { edits }: PlanContext,
  operation: StorageOperation,
  writes: StorageOperation[],
): boolean =>
  operation.holds === 'expiry' &&
  writes.some((o) => o.holds === 'token' && isBeside(operation, o) && edits.isRemoved(o.module, o.node));

/** Nothing in the function is left without a use when the write goes. */
function isFreeToGo({ module, node, value }: StorageOperation): boolean {
  const statement = enclosingStatement(node);
  if (statement.type !== 'ExpressionStatement' || statement['expression'] !== node) return false;
  const names = value ? findAll(value, (at) => at.type === 'Identifier') : [];
  const params = names.flatMap((id) => module.scopes.bindingOf(id) ?? []).filter((binding) => binding.kind === 'param');
  return params.every((param) => param.references.some((reference) => !isInside(reference, statement)));
}
