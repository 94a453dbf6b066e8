/**
 * One slot over all tiers: reads, writes and removals one after the other, the copies in the faster tiers, and what still has to
 * reach the most durable tier after that had failed. Knows JSON, no types; calls no listeners.
 */
import { decodeEnvelope } from './envelope.js';
import { StorageUnavailableError } from './errors.js';
import { physicalKey } from './flow-key.js';
import { createSerialQueue } from './serial-queue.js';
import { createSlotReader, type RawRecord, type SlotReaderOptions } from './slot-reader.js';
import { createSlotWriter, newDraft, type Draft } from './slot-writer.js';
import type { Attempt } from './tier-health.js';
import type { SaveResult } from './types/record.js';
import type { StorageTier, TierRecord } from './types/tier.js';

export interface SlotStoreOptions extends SlotReaderOptions {
  /** Whether changes of other tabs are heard of; if not, a copy in memory is never trusted over a durable tier. */
  hearsOfChanges: () => boolean;
  /** A durable tier could not be asked, or did not take a write: somebody has to come back later. */
  onBehind: () => void;
  /** The most durable tier has what waited for it. */
  onCaughtUp: (type: 'saved' | 'cleared', revision: number) => void;
}

/** What is to be written, made inside the queue, so that a removal asked for later also comes later. */
export interface Write {
  json: string;
  schemaVersion: number;
  ttlMs?: number | undefined;
  ifRevision?: number | null | undefined;
}

export interface SlotStore {
  read(fresh: boolean): Promise<RawRecord>;
  write(prepare: () => Promise<Write>): Promise<SaveResult>;
  /** Resolves with the revision of the removal. @throws RevisionConflictError if `ifRevision` no longer holds. */
  remove(ifRevision?: number | null): Promise<number>;
  /** A write has not reached the most durable tier yet. */
  isPending(): boolean;
  /** It has not, or the durable tiers could not be asked the last time: a read catches up. */
  isBehind(): boolean;
}

export function createSlotStore(options: SlotStoreOptions): SlotStore {
  const { slot, tiers, health, codec, clock, hearsOfChanges, onBehind, onCaughtUp } = options;
  const key = physicalKey(slot);
  const enqueue = createSerialQueue();
  const reader = createSlotReader(options);
  const writer = createSlotWriter(slot, codec);
  const bySafety = [...tiers].reverse();
  const durable = bySafety.filter((tier) => tier.durable);
  const last = bySafety[0];

  /** The last revision seen anywhere. */
  let seen: number | null = null;
  /** The last revision seen in the most durable tier; undefined: it could never be asked. */
  let seenInLast: number | null | undefined;
  /** The copies in tiers that are not durable are those of the durable ones. */
  let copiesAreCurrent = false;
  /** The last read found no durable tier to ask. */
  let isCutOff = false;
  /** Newest value or removal that the most durable tier did not take. */
  let pending: { draft: Draft; revision: number; at: number; base: number | null | undefined } | null = null;

  async function read(fresh: boolean): Promise<RawRecord> {
    await flush();
    if (pending) return reader.readFirst(tiers);
    const trusted = !fresh && copiesAreCurrent && hearsOfChanges();
    const order = fresh ? durable : tiers.filter((tier) => tier.durable || trusted || durable.length === 0);
    const raw = await reader.readFirst(order.length > 0 ? order : tiers);
    isCutOff = raw.problem?.kind === 'unavailable';
    if (isCutOff) {
      onBehind();
      return readCopies(raw);
    }
    await adopt(raw);
    // The revision that the next write is compared with.
    return raw.problem && raw.tier !== last ? { ...raw, revision: seen } : { ...raw, revision: raw.revision ?? seen };
  }

  /** No durable tier can be asked: a copy in memory is better than nothing. */
  async function readCopies(unavailable: RawRecord): Promise<RawRecord> {
    const raw = await reader.readFirst(tiers.filter((tier) => !tier.durable));
    return raw.revision === null ? { ...unavailable, revision: seen } : raw;
  }

  /** Takes over what was read, and brings the faster tiers in step. */
  async function adopt(raw: RawRecord): Promise<void> {
    if (raw.tier === last || raw.tier === null) seenInLast = raw.revision;
    // A damaged record may have forgotten its revision.
    seen = raw.problem ? Math.max(raw.revision ?? 0, seen ?? 0) : (raw.revision ?? seen);
    if (raw.problem) {
      copiesAreCurrent = false;
      return;
    }
    if (seen === null || (raw.tier && !raw.tier.durable)) return;
    const draft: Draft = raw.json === null || !raw.header ? null : { header: raw.header, json: raw.json };
    await copyToFaster(raw.tier, draft, seen);
  }

  async function copyToFaster(
    from: StorageTier | null,
    draft: Draft,
    revision: number,
  ): Promise<[StorageTier, string | null][]> {
    const faster = from ? tiers.slice(0, tiers.indexOf(from)) : tiers.filter((tier) => !tier.durable);
    const results: [StorageTier, string | null][] = [];
    for (const tier of faster) {
      const attempt = await health.attempt(tier, () => writer.copy(tier, draft, revision));
      results.push([tier, attempt.ok ? null : attempt.reason]);
    }
    copiesAreCurrent = results.every(([tier, failure]) => tier.durable || failure === null);
    return results;
  }

  /** After a conflict the copy in memory is old news: the next read asks the tier that all share. */
  async function commit(tier: StorageTier, draft: Draft, ifRevision?: number | null): Promise<Attempt<number>> {
    try {
      return await health.attempt(tier, () => writer.commit(tier, draft, seen, ifRevision));
    } catch (error) {
      copiesAreCurrent = false;
      throw error;
    }
  }

  /** Into the most durable tier that takes it, then into the faster ones. */
  async function put(
    draft: Draft,
    ifRevision?: number | null,
  ): Promise<{ revision: number; results: [StorageTier, string | null][] }> {
    const refused: [StorageTier, string | null][] = [];
    for (const tier of bySafety) {
      const attempt = await commit(tier, draft, ifRevision);
      if (!attempt.ok) {
        refused.push([tier, attempt.reason]);
        continue;
      }
      const revision = attempt.value;
      seen = revision;
      if (tier === last) seenInLast = revision;
      pending = tier === last ? null : { draft, revision, at: clock.now(), base: pending ? pending.base : seenInLast };
      if (pending) onBehind();
      const copies = await copyToFaster(tier, draft, revision);
      return { revision, results: [...copies, [tier, null], ...refused.reverse()] };
    }
    throw new StorageUnavailableError(
      `No tier took "${key}": ${refused.map(([tier, why]) => `${tier.name}: ${why}`).join('; ')}`,
    );
  }

  /** Tries again to bring the most durable tier up to date; if another tab wrote there later, that stands. */
  async function flush(): Promise<void> {
    const waiting = pending;
    if (!waiting || !last) return;
    const attempt = await health.attempt(last, async () => {
      const theirs = await last.get(key);
      if (theirs && theirs.revision !== waiting.base && isLater(theirs, waiting)) return null;
      return writer.commit(last, waiting.draft, waiting.revision - 1);
    });
    if (!attempt.ok) return;
    pending = null;
    copiesAreCurrent = false;
    if (attempt.value !== null) {
      seen = seenInLast = attempt.value;
      await copyToFaster(last, waiting.draft, attempt.value);
      onCaughtUp(waiting.draft ? 'saved' : 'cleared', attempt.value);
    }
  }

  function isLater(theirs: TierRecord, mine: { at: number; base: number | null | undefined }): boolean {
    if (theirs.text === null) return mine.base !== undefined;
    if (theirs.problem) return false;
    const decoded = decodeEnvelope(theirs.text, slot, theirs.revision);
    return decoded.problem === undefined && decoded.envelope.t > mine.at;
  }

  return {
    read: (fresh) => enqueue(() => read(fresh)),

    write: (prepare) =>
      enqueue(async () => {
        const { json, schemaVersion, ttlMs, ifRevision } = await prepare();
        const savedAt = clock.now();
        await flush();
        const { revision, results } = await put(newDraft(slot, json, schemaVersion, savedAt, ttlMs), ifRevision);
        return {
          revision,
          savedAt,
          tiers: results.filter(([, failure]) => failure === null).map(([tier]) => tier.name),
          failed: results.flatMap(([tier, reason]) => (reason === null ? [] : [{ tier: tier.name, reason }])),
        };
      }),

    remove: (ifRevision) =>
      enqueue(async () => {
        // What waits is at the revision that the caller saw; without a condition it need not reach the tier at all.
        if (ifRevision !== undefined) await flush();
        const { revision, results } = await put(null, ifRevision);
        const kept = results.find(([tier, failure]) => failure !== null && tier.durable && health.hasWorked(tier));
        if (!kept) return revision;
        throw new StorageUnavailableError(`"${key}" could not be removed from ${kept[0].name}: ${kept[1]}. Try again.`);
      }),

    isPending: () => pending !== null,
    isBehind: () => isCutOff || pending !== null,
  };
}
