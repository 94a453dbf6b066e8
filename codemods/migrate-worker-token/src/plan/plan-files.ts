/** Takes the findings file by file to their recognisers: requests first, since they make writes and reads go away. */
import { removeCacheCheck } from './cache-check.js';
import { leave, type PlanContext } from './context.js';
import { planCredentialRead } from './credential-read.js';
import { planCredentialWrite } from './credential-write.js';
import { planDeadKeys } from './dead-keys.js';
import { removeDeadReads } from './dead-reads.js';
import { planExpiryRead } from './expiry-read.js';
import { reasonToLeave } from './file-role.js';
import type { TokenRequest } from './find-requests.js';
import { planLeftovers } from './leftovers.js';
import { planListeners } from './listeners.js';
import type { Module } from './module.js';
import type { Reason } from './reasons.js';
import { planRemovals } from './removals.js';
import { planRepeatedReads } from './repeated-reads.js';
import { planStorageHooks, type StorageHook } from './storage-hooks.js';
import type { StorageOperation } from './storage-operations.js';
import { planStateHooks } from './state-hooks.js';
import { planTimers } from './timers.js';
import { findTokenHelpers, planTokenHelpers } from './token-helpers.js';
import { planTokenRead } from './token-read.js';
import { planTokenRequest } from './token-request.js';
import { planTokenWrite } from './token-write.js';

export interface Findings {
  operations: StorageOperation[];
  requests: TokenRequest[];
  storageHooks: StorageHook[];
  hasEvidence(module: Module): boolean;
}

const PATTERNS = { get: 'read', set: 'save' } as const;

export function planFiles(context: PlanContext, findings: Findings): void {
  const open = findings.operations.filter((operation) => !leaveOperation(context, findings, operation));
  const requests = findings.requests.filter((request) => !leaveRequest(context, findings, request));
  planStorageHooks(context, findings.storageHooks, open);
  const helpers = findTokenHelpers(context, open);
  for (const request of requests) planTokenRequest(context, request, open, helpers);
  planTokenHelpers(context, helpers);
  for (const module of context.project.modules) removeDeadReads(context, module, open);
  for (const module of context.project.modules) {
    const own = open.filter((operation) => operation.module === module);
    planRemovals(context, module, own);
    planWrites(context, own);
    const parts = { own, all: findings.operations.filter((operation) => operation.module === module) };
    planStateHooks(context, module, parts.own);
    planListeners(context, module, parts, findings.hasEvidence(module) && !reasonToLeave(context.project, module));
    planTimers(context, module, parts, open);
  }
  for (const request of context.requests) removeCacheCheck(context, request, open);
  const reads = [...open, ...context.eventReads];
  for (const module of context.project.modules) {
    const own = reads.filter((operation) => operation.module === module);
    planRepeatedReads(context, module, own);
    for (const operation of own) if (operation.kind === 'get') planRead(context, operation, reads);
  }
  planDeadKeys(context, findings, planLeftovers(context, findings));
}

function planRead(context: PlanContext, operation: StorageOperation, open: StorageOperation[]): void {
  if (context.edits.isSettled(operation.node)) return;
  if (operation.holds === 'credentials') planCredentialRead(context, operation, open);
  else if (operation.holds === 'expiry') planExpiryRead(context, operation);
  else planTokenRead(context, operation);
}

function planWrites(context: PlanContext, own: StorageOperation[]): void {
  const writes = own.filter((operation) => operation.kind === 'set');
  for (const operation of writes) {
    if (operation.holds === 'credentials') planCredentialWrite(context, operation, writes);
    else planTokenWrite(context, operation, writes);
  }
}

function leaveOperation(context: PlanContext, findings: Findings, operation: StorageOperation): boolean {
  const { module, node, kind, holds, keys } = operation;
  const own = reasonFor(context, findings, operation);
  const writer = own || kind !== 'get' ? null : context.kept.writerOf(keys);
  const reason = own ?? (writer ? 'token-writer-left' : null);
  if (!reason) return false;
  const isNobodys =
    reason === 'test-file' || reason === 'server-code' || reason === 'no-evidence' || reason === 'the-manager-itself';
  const pattern =
    kind === 'remove' ? 'remove' : `${PATTERNS[kind]}-${holds === 'credentials' ? 'credentials' : 'token'}`;
  leave(context, module, node, pattern, reason, {
    keys,
    holds,
    because: writer,
    status: isNobodys ? 'skipped' : 'manual',
  });
  return true;
}

function reasonFor({ signals, project }: PlanContext, findings: Findings, operation: StorageOperation): Reason | null {
  const { module, holds, keys } = operation;
  const isSure = holds === 'credentials' || keys.some((key) => signals.explicitKeys.includes(key));
  if (!isSure && !findings.hasEvidence(module)) return 'no-evidence';
  const role = reasonToLeave(project, module);
  if (role) return role;
  if (holds === 'related') return 'page-key';
  return holds === 'dynamic' ? 'dynamic-key' : null;
}

function leaveRequest(context: PlanContext, findings: Findings, request: TokenRequest): boolean {
  const { module, node } = request;
  const reason = findings.hasEvidence(module) ? reasonToLeave(context.project, module) : 'no-evidence';
  if (!reason) return false;
  const status = reason === 'script-without-modules' || reason === 'served-as-is' ? 'manual' : 'skipped';
  leave(context, module, node, 'request-token', reason, { holds: 'request', status });
  return true;
}
