/** A write of a token or expiry: it goes with the request that it caches; by itself it is left. A secret goes into the one save. */
import { findAll, isInside, type Node } from '../ast/node.js';
import {
  enclosingFunction,
  enclosingStatement,
  isCall,
  isIdentifier,
  isMember,
  propertyName,
  unwrap,
} from '../ast/shapes.js';
import { addSite, componentOf, leave, type PlanContext } from './context.js';
import { tokenUses } from './request-edits.js';
import type { ResponseUsage } from './response-usage.js';
import type { StorageOperation } from './storage-operations.js';
import { lineSpan } from './text-edits.js';

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
  const reader = context.kept.readerOf(keys);
  if (reader && servesReader(context, operation, writes)) {
    return leave(context, module, node, pattern, 'token-reader-left', { ...notes, because: reader });
  }
  if (comesFromMigratedRequest(context, operation) || isBesideRemovedToken(context, operation, writes)) {
    remove(context, operation, pattern);
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

/** `const token = await requestToken()`: what is stored here is stored already. */
function comesFromMigratedRequest(context: PlanContext, operation: StorageOperation): boolean {
  const { module, value } = operation;
  if (operation.holds !== 'token' || !value) return false;
  const node = unwrap(value);
  const binding = node.type === 'Identifier' ? module.scopes.bindingOf(node) : undefined;
  const source = binding ? initialValue(binding.declaration) : node;
  return (
    source !== null &&
    findAll(source, isCall).some((call) => isManagerCall(call) || callsMigratedRequest(context, module, call))
  );
}

/** Of a variable with one name; parameters and parts of a pattern have none that is known. */
function initialValue(declaration: Node): Node | null {
  if (declaration.type !== 'VariableDeclarator' || declaration['id'].type !== 'Identifier') return null;
  return declaration['init'] ?? null;
}

/** `await workerTokenManager.getWorkerToken()`, of an earlier run. */
const isManagerCall = (call: Node): boolean =>
  isMember(call['callee']) &&
  isIdentifier(unwrap(call['callee']['object']), 'workerTokenManager') &&
  propertyName(call['callee']) === 'getWorkerToken';

function callsMigratedRequest(context: PlanContext, module: StorageOperation['module'], call: Node): boolean {
  const callee = unwrap(call['callee']);
  const binding = callee.type === 'Identifier' ? module.scopes.bindingOf(callee) : undefined;
  const target = binding && context.project.follow(module, binding);
  const declaration = target?.binding?.declaration;
  if (!declaration) return false;
  const fn: Node = declaration.type === 'VariableDeclarator' ? unwrap(declaration['init'] ?? declaration) : declaration;
  return context.sites.some(
    (site) =>
      site.holds === 'request' &&
      site.status === 'migrated' &&
      site.module === target.module &&
      enclosingFunction(site.node) === fn,
  );
}

/** It stores what the manager got, or the expiry beside that. */
function servesReader(context: PlanContext, operation: StorageOperation, writes: StorageOperation[]): boolean {
  const fn = enclosingFunction(operation.node);
  const isToken = ({ holds, module, node, value }: StorageOperation) =>
    holds === 'token' &&
    value !== undefined &&
    (context.requests.some(({ rewritten, module: at }) => at === module && holdsToken(rewritten.usage, value)) ||
      comesFromMigratedRequest(context, { ...operation, node, value, holds }));
  if (operation.holds === 'token') return isToken(operation);
  return writes.some((other) => enclosingFunction(other.node) === fn && isToken(other));
}

const holdsToken = (usage: ResponseUsage, value: Node): boolean =>
  tokenUses(usage).some((use) => use === value || isInside(use, value));

/** The expiry that is kept beside a token that goes. */
function isBesideRemovedToken(context: PlanContext, operation: StorageOperation, writes: StorageOperation[]): boolean {
  if (operation.holds !== 'expiry') return false;
  const fn = enclosingFunction(operation.node);
  return writes.some(
    (o) => o.holds === 'token' && enclosingFunction(o.node) === fn && context.edits.isRemoved(o.module, o.node),
  );
}
