/** The contract of a tier. Whoever writes one needs this file and no other. */
import type { KeySource } from './cipher.js';
import type { LoadSource, RecordProblem } from './record.js';

/** What a tier keeps for a key: the bytes of an envelope, or the mark of a removal. */
export interface TierRecord {
  revision: number;
  /** The envelope as text; null is a tombstone: the value is gone, the revision stays. */
  text: string | null;
  /** Only read: why the tier does not vouch for what is there. Storage does not look at `text` then. */
  problem?: RecordProblem;
}

export type CompareAndSetResult = { ok: true } | { ok: false; revision: number | null };

/**
 * One storage layer. Small, so that anybody can write one; revisions and removal epochs hold in it.
 * A method rejects when the layer is not to be had (quota, private mode, blocked); storage degrades visibly then.
 */
export interface StorageTier {
  /** For status and messages: `memory`, `indexeddb`, `local`. */
  readonly name: string;
  readonly source: Exclude<LoadSource, 'none'>;
  /** Survives the page or process. */
  readonly durable: boolean;
  /** `compareAndSet` cannot lose against another writer, tabs and processes included. */
  readonly atomic: boolean;
  /** What this tier can offer for encryption at rest: a key of its own, or none. */
  readonly keySource?: KeySource;
  /** What is behind the tier encrypts at rest, as a server does: records are handed over plain, unless there is a `Cipher`. */
  readonly encryptsItself?: boolean;
  get(key: string): Promise<TierRecord | null>;
  /** Writes only if the slot is still at `expectedRevision` (null: never written). */
  compareAndSet(key: string, expectedRevision: number | null, record: TierRecord): Promise<CompareAndSetResult>;
  /** All physical keys that have a value (no tombstones) and start with `prefix`. */
  keys(prefix: string): Promise<string[]>;
  /** The same with their records, in one go; without it `keys` and `get` are used. */
  entries?(prefix: string): Promise<[key: string, record: TierRecord][]>;
  /** Calls back with a physical key that another tab or process changed. Returns its own undo. */
  subscribe?(listener: (key: string) => void): () => void;
  dispose?(): void;
}
