/** Reads one slot from the tiers: in which order, and what counts as absent. Writes nothing. */
import { physicalKey } from './flow-key.js';
import type { RecordCodec, RecordHeader } from './record-envelope.js';
import type { TierHealth } from './tier-health.js';
import type { LoadSource, RecordProblem } from './types/record.js';
import type { Clock } from './types/surroundings.js';
import type { StorageTier, TierRecord } from './types/tier.js';

/** What is known about a slot after reading it. */
export interface RawRecord {
  /** JSON of the value; null: absent, or there is a problem. */
  json: string | null;
  header: RecordHeader | null;
  /** Revision in the tier; null: no tier that could be asked ever had one. */
  revision: number | null;
  /** The tier it was found in; null: in none. */
  tier: StorageTier | null;
  source: LoadSource;
  /** As it is stored there; null: absent. */
  text: string | null;
  problem?: RecordProblem;
}

export interface SlotReaderOptions {
  slot: string;
  /** Fastest first. */
  tiers: readonly StorageTier[];
  health: TierHealth;
  codec: RecordCodec;
  clock: Clock;
  onKeyLost: (tier: StorageTier, header: RecordHeader) => void;
}

export interface SlotReader {
  /** The first tier, in this order, that has a usable record; else the problem of the most durable one; else nothing. */
  readFirst(order: readonly StorageTier[]): Promise<RawRecord>;
}

export function createSlotReader({ slot, tiers, health, codec, clock, onKeyLost }: SlotReaderOptions): SlotReader {
  const key = physicalKey(slot);
  const durability = (raw: RawRecord | undefined) => (raw?.tier ? tiers.indexOf(raw.tier) : -1);

  async function readFrom(tier: StorageTier): Promise<RawRecord | null> {
    const record = await tier.get(key);
    return record && interpret(tier, record);
  }

  async function interpret(tier: StorageTier, { revision, text, problem }: TierRecord): Promise<RawRecord> {
    const absent: RawRecord = { json: null, header: null, revision, tier, source: 'none', text };
    health.note(tier, `${slot} itself`, problem?.message ?? '');
    if (problem) return { ...absent, source: tier.source, problem };
    if (text === null) return absent;
    const decoded = await codec.decode(tier, slot, revision, text);
    if (decoded.kind === 'problem') return { ...absent, source: tier.source, problem: decoded.problem };
    if (decoded.kind === 'key-lost') {
      onKeyLost(tier, decoded.header);
      return absent;
    }
    const { header, json } = decoded;
    if (header.expiresAt !== undefined && header.expiresAt <= clock.now()) return absent;
    return { json, header, revision, tier, source: tier.source, text };
  }

  return {
    async readFirst(order) {
      let problem: RawRecord | undefined;
      let unavailable: string | undefined;
      for (const tier of order) {
        const attempt = await health.attempt(tier, () => readFrom(tier));
        if (!attempt.ok) unavailable ??= `${tier.name}: ${attempt.reason}`;
        else if (attempt.value && !attempt.value.problem) return attempt.value;
        else if (attempt.value && durability(attempt.value) > durability(problem)) problem = attempt.value;
      }
      return problem ?? nothing(unavailable);
    },
  };
}

function nothing(unavailable: string | undefined): RawRecord {
  const raw: RawRecord = { json: null, header: null, revision: null, tier: null, source: 'none', text: null };
  return unavailable === undefined ? raw : { ...raw, problem: { kind: 'unavailable', message: unavailable } };
}
