/** Runs a tier's operations, and remembers which tiers fail and why. Retries nothing and gives nothing up: every call tries again. */
import { StorageError, StorageUnavailableError } from './errors.js';
import type { StorageTier } from './types/tier.js';

export type Attempt<T> = { ok: true; value: T } | { ok: false; reason: string };

export interface TierHealth {
  /** Turns a failing tier into `ok: false`. A conflict or a refusal is no failure of the tier and is thrown. */
  attempt<T>(tier: StorageTier, work: () => Promise<T>): Promise<Attempt<T>>;
  /** Something else worth showing, for example a lost key. An empty reason takes it back. */
  note(tier: StorageTier, topic: string, reason: string): void;
  isFailing(tier: StorageTier): boolean;
  /** It worked at least once. */
  hasWorked(tier: StorageTier): boolean;
  problems(): { tier: string; reason: string }[];
}

export function createTierHealth(onChange: () => void): TierHealth {
  const failing = new Map<StorageTier, string>();
  const worked = new Set<StorageTier>();
  const notes = new Map<string, { tier: string; reason: string }>();

  return {
    async attempt(tier, work) {
      try {
        const value = await work();
        worked.add(tier);
        if (failing.delete(tier)) onChange();
        return { ok: true, value };
      } catch (error) {
        if (error instanceof StorageError && !(error instanceof StorageUnavailableError)) throw error;
        const reason = describeFailure(error);
        const isNews = failing.get(tier) !== reason;
        failing.set(tier, reason);
        if (isNews) onChange();
        return { ok: false, reason };
      }
    },
    note(tier, topic, reason) {
      const id = `${tier.name} ${topic}`;
      if ((notes.get(id)?.reason ?? '') === reason) return;
      if (reason) notes.set(id, { tier: tier.name, reason });
      else notes.delete(id);
      onChange();
    },
    isFailing: (tier) => failing.has(tier),
    hasWorked: (tier) => worked.has(tier),
    problems: () => [...[...failing].map(([tier, reason]) => ({ tier: tier.name, reason })), ...notes.values()],
  };
}

const KNOWN_FAILURES: Readonly<Record<string, string>> = {
  QuotaExceededError: 'the quota is full',
  NS_ERROR_DOM_QUOTA_REACHED: 'the quota is full',
  SecurityError: 'access is denied',
  InvalidStateError: 'the database is closed',
};

/** Our own messages as they are; of others only the name, since a foreign message might quote a value. */
function describeFailure(error: unknown): string {
  if (error instanceof StorageUnavailableError) return error.message;
  const name = (error as { name?: unknown } | null | undefined)?.name;
  if (typeof name !== 'string') return 'it failed';
  return KNOWN_FAILURES[name] ?? `it failed (${name})`;
}
