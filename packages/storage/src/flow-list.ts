/** Lists what is stored, by name, time and size; never a value, and nothing is decrypted for it. */
import { decodeHead } from './envelope.js';
import { isReservedSlot, KEY_PREFIX, slotOfPhysicalKey } from './flow-key.js';
import type { TierHealth } from './tier-health.js';
import type { FlowKey } from './types/flow.js';
import type { FlowSummary } from './types/storage.js';
import type { StorageTier, TierRecord } from './types/tier.js';

/** Slots that have a record, the reserved ones included, with the most durable tier that has it. */
export async function listSlots(
  tiers: readonly StorageTier[],
  health: TierHealth,
  isPending: (slot: string) => boolean,
): Promise<Map<string, { tier: StorageTier; record: TierRecord }>> {
  const slots = new Map<string, { tier: StorageTier; record: TierRecord }>();
  let durableAnswered = false;
  for (const tier of [...tiers].reverse()) {
    const attempt = await health.attempt(tier, () => entriesOf(tier));
    if (!attempt.ok) continue;
    for (const [key, record] of attempt.value) {
      const slot = slotOfPhysicalKey(key);
      // A copy in memory counts only where no durable tier can be asked, or has not got it yet.
      if (slot === null || slots.has(slot) || (durableAnswered && !tier.durable && !isPending(slot))) continue;
      slots.set(slot, { tier, record });
    }
    durableAnswered ||= tier.durable;
  }
  return slots;
}

/** Null for what is not a flow, or has expired. */
export function summarize(slot: string, tier: StorageTier, record: TierRecord, now: number): FlowSummary | null {
  const text = record.text;
  if (isReservedSlot(slot) || text === null) return null;
  const decoded = record.problem ? { problem: record.problem } : decodeHead(text, slot, record.revision);
  const envelope = decoded.problem ? undefined : decoded.envelope;
  if (envelope?.exp !== undefined && envelope.exp <= now) return null;
  const summary = {
    flow: slot as FlowKey,
    savedAt: envelope?.t ?? null,
    tier: tier.name,
    size: text.length,
    encrypted: envelope?.alg !== undefined,
    revision: record.revision,
  };
  return decoded.problem ? { ...summary, problem: decoded.problem } : summary;
}

async function entriesOf(tier: StorageTier): Promise<[string, TierRecord][]> {
  if (tier.entries) return tier.entries(KEY_PREFIX);
  const entries: [string, TierRecord][] = [];
  for (const key of await tier.keys(KEY_PREFIX)) {
    const record = await tier.get(key);
    if (record) entries.push([key, record]);
  }
  return entries;
}
