/** What export, import and the care of damaged records need of a storage, and how they know what a slot holds. */
import { CREDENTIALS_SLOT, TOKEN_SLOT } from './flow-key.js';
import type { StorageRecord } from './record.js';
import { shapeOfFlow, type RecordShape } from './record-shape.js';
import { credentialsShape } from './shared-shapes.js';
import type { FlowDefinition } from './types/flow.js';

export interface TransferContext {
  /** All slots that have a record. */
  slots: () => Promise<string[]>;
  record: (slot: string) => StorageRecord;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The worker token can be fetched anew: it neither leaves nor comes in. */
export function isTransferable(slot: string): boolean {
  return slot !== TOKEN_SLOT;
}

/** The definition given, or one that this storage has used; undefined: nobody described this flow. */
export function knownShape(
  { record }: TransferContext,
  slot: string,
  flows: readonly FlowDefinition<unknown>[] = [],
): RecordShape<unknown> | undefined {
  if (slot === CREDENTIALS_SLOT) return credentialsShape;
  const given = flows.find(({ key }) => key === slot);
  if (given) return shapeOfFlow<unknown>(given);
  const used = record(slot).shape();
  return used?.secretFields ? used : undefined;
}
