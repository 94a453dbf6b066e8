/** Finds damaged records, hands their text out, and discards them when told to. What counts as damaged is the reader's business. */
import { InvalidFlowKeyError, NewerSchemaError, RevisionConflictError } from './errors.js';
import { isSlotName } from './flow-key.js';
import { anyValue, readValue } from './record-shape.js';
import type { RawRecord } from './slot-reader.js';
import { knownShape, type TransferContext } from './transfer-context.js';
import type { DamagedRecord, DamagedRecords } from './types/damage.js';
import type { RecordProblem } from './types/record.js';

interface Damage {
  raw: RawRecord;
  problem: RecordProblem;
}

export function damagedRecords(context: TransferContext): DamagedRecords {
  /** Null: not there, usable, or not to be had at the moment. */
  async function inspect(slot: string): Promise<Damage | null> {
    if (!isSlotName(slot)) throw new InvalidFlowKeyError('Expected the key of a flow or of a shared record.');
    const raw = await context.record(slot).raw();
    const problem = raw.problem ?? (await valueProblem(context, slot, raw));
    return problem && problem.kind !== 'unavailable' ? { raw, problem } : null;
  }

  return {
    async list() {
      const found: DamagedRecord[] = [];
      for (const key of (await context.slots()).sort()) {
        const damage = await inspect(key);
        if (damage) found.push({ key, tier: damage.raw.tier?.name ?? 'none', problem: damage.problem });
      }
      return found;
    },

    async exportRaw(key) {
      const damage = await inspect(key);
      return damage && damage.raw.text;
    },

    async discard(key) {
      const damage = await inspect(key);
      if (!damage) return false;
      try {
        await context.record(key).clear({ ifRevision: damage.raw.revision });
        return true;
      } catch (error) {
        if (error instanceof RevisionConflictError) return false;
        throw error;
      }
    },
  };
}

/** A value that its definition refuses. One of a newer version is no damage. */
async function valueProblem(
  context: TransferContext,
  slot: string,
  raw: RawRecord,
): Promise<RecordProblem | undefined> {
  const shape = knownShape(context, slot) ?? anyValue(slot, raw.header?.schemaVersion ?? 1);
  try {
    return (await readValue(shape, raw)).problem;
  } catch (error) {
    if (error instanceof NewerSchemaError) return undefined;
    throw error;
  }
}
