/** Records in a Map: gone with the page or process, never encrypted, never shared with another tab. */
import type { StorageTier, TierRecord } from '../types/tier.js';

/** The fastest tier, and the last one left when everything else is denied. */
export function memoryTier(): StorageTier {
  const records = new Map<string, TierRecord>();
  return {
    name: 'memory',
    source: 'memory',
    durable: false,
    atomic: true,
    async get(key) {
      return records.get(key) ?? null;
    },
    async compareAndSet(key, expectedRevision, { revision, text }) {
      const current = records.get(key)?.revision ?? null;
      if (current !== expectedRevision) return { ok: false, revision: current };
      records.set(key, Object.freeze({ revision, text }));
      return { ok: true };
    },
    async keys(prefix) {
      return [...records].filter(([key, { text }]) => text !== null && key.startsWith(prefix)).map(([key]) => key);
    },
    async entries(prefix) {
      return [...records].filter(([key, { text }]) => text !== null && key.startsWith(prefix));
    },
  };
}
