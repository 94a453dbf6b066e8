/** A read of stored credentials: the call of the manager takes the place of storage call and parsing. */
import { closest, isInside, type Node } from '../ast/node.js';
import { addSite, leave, type PlanContext } from './context.js';
import { followRaw, type Parse, type RawValue } from './raw-value.js';
import { timingIn } from './entry-gate.js';
import type { StorageOperation } from './storage-operations.js';
import { ReadWriter } from './credential-read-edits.js';
import { adapterFor } from './read-adapter.js';

const PATTERN = 'read-credentials';

export function planCredentialRead(context: PlanContext, operation: StorageOperation, all: StorageOperation[]): void {
  const { module, node, keys } = operation;
  if (context.edits.isGone(module, node) || context.edits.isClaimed(module, node)) {
    addSite(context, module, node, PATTERN, { keys, holds: operation.holds });
    return;
  }
  const notes = { keys, holds: operation.holds };
  const timing = timingIn(context, module, node);
  if (timing === 'module') return leave(context, module, node, PATTERN, 'evaluated-before-ready', notes);
  const isSameRead = (other: Node) => all.some((o) => o.node === other && o.kind === 'get' && o.keys[0] === keys[0]);
  const raw = followRaw(context.project, module, node, isSameRead, operation.parsed ?? null);
  if (raw.escapes) return leave(context, module, node, PATTERN, 'escapes', notes);
  for (const parse of raw.parses) claimTwinReads(context, module, parse, operation, all);

  addSite(context, module, node, PATTERN, { ...notes, peeks: timing === 'sync', span: spanOf(raw, node) });
  const adapter = adapterFor(context, module, raw);
  const read =
    timing === 'async' ? 'await workerTokenManager.loadCredentials()' : 'workerTokenManager.peekCredentials()';
  const write = new ReadWriter(context, operation, raw, adapter, read, timing === 'async' ? 'await' : 'call');
  write.run();
}

/** The second read in `getItem(K) ? JSON.parse(getItem(K)) : null` is one and the same. */
function claimTwinReads(
  context: PlanContext,
  module: StorageOperation['module'],
  parse: Parse,
  own: StorageOperation,
  all: StorageOperation[],
): void {
  if (parse.whole === parse.call) return;
  for (const twin of all) {
    const isTwin = twin !== own && twin.module === module && twin.kind === 'get' && isInside(twin.node, parse.whole);
    if (isTwin && twin.keys[0] === own.keys[0]) context.edits.claim(module, twin.node);
  }
}

function spanOf(raw: RawValue, node: Node): { start: number; end: number } {
  const first = closest(node, (at) => /Statement$|Declaration$/.test(at.type)) ?? node;
  const last = raw.parses[0] && closest(raw.parses[0].whole, (at) => /Statement$|Declaration$/.test(at.type));
  const isNear = last && last.start >= first.start && last.end - first.start < 400;
  return { start: first.start, end: isNear ? Math.max(first.end, last.end) : first.end };
}
