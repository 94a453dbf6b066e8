/**
 * The stored copy of the token: read with a time limit, committed only over what was read, compared before it is cleared.
 * Storage trouble is never the caller's: a copy that cannot be had is a miss.
 */
import type { Logger, SharedRecord, StoredToken } from '@worker-token/storage';
import { within } from './wait.js';

/** No storage operation holds a fetch up for longer. Milliseconds. */
export const STORAGE_LIMIT_MS = 1_000;

/** Each further try means that somebody has stored the very same token again. */
const MOST_TRIES = 5;

export type CommitOutcome = 'committed' | 'conflict' | 'not-stored';

export interface TokenRecord {
  /** Passes fast copies by. `base` is what a commit compares with; undefined: storage does not say. */
  load(): Promise<{ token: StoredToken | null; base: number | null | undefined }>;
  /** The token alone. Undefined: storage does not say. */
  peek(): Promise<StoredToken | null | undefined>;
  /** A write of this process is under way: what storage reports now is our own doing. */
  readonly busy: boolean;
  /** Writes only if nobody has written or cleared since the `load()` that brought `base`, our own `clearIf` excepted. Without `base` never. */
  commit(token: StoredToken, base: number | null | undefined): Promise<CommitOutcome>;
  clear(): Promise<void>;
  /** Clears if it is still that token: one that somebody stores meanwhile stays. */
  clearIf(matches: (token: StoredToken) => boolean): Promise<void>;
}

export function createTokenRecord(slot: SharedRecord<StoredToken>, logger: Logger): TokenRecord {
  /** The revisions before and after the last `clearIf`, when nothing came between. */
  let ownClear: { from: number; to: number } | undefined;
  let writes = 0;
  const writing = async <T>(work: () => Promise<T>): Promise<T> => {
    writes++;
    try {
      return await work();
    } finally {
      writes--;
    }
  };
  const read = () => within(STORAGE_LIMIT_MS, slot.load({ fresh: true }), undefined).catch(() => undefined);

  return {
    async load() {
      const result = await read();
      return {
        token: asStoredToken(result?.data),
        base: result?.problem?.kind === 'unavailable' ? undefined : result?.revision,
      };
    },
    async peek() {
      const result = await read();
      return result && !result.problem ? asStoredToken(result.data) : undefined;
    },
    get busy() {
      return writes > 0;
    },
    async commit(token, base) {
      // What nobody has seen is left alone: it may be newer, or removed on purpose.
      if (base === undefined) return 'not-stored';
      const ifRevision = ownClear && base === ownClear.from ? ownClear.to : base;
      try {
        const saved = await writing(() => within(STORAGE_LIMIT_MS, slot.save(token, { ifRevision }), undefined));
        return saved ? 'committed' : 'not-stored';
      } catch (error) {
        if (isRevisionConflict(error)) return 'conflict';
        logger.warn('The token could not be stored; it is kept in memory only.');
        return 'not-stored';
      }
    },
    clear: () => writing(() => slot.clear()),
    async clearIf(matches) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const before = await read();
        const stored = asStoredToken(before?.data);
        if (!before || !stored || !matches(stored)) return;
        if (await removed(before.revision)) return;
      }
    },
  };

  /** @returns whether it was still the one that was read: what somebody has just stored stays. */
  async function removed(ifRevision: number | null): Promise<boolean> {
    try {
      await writing(() => slot.clear({ ifRevision }));
    } catch (error) {
      if (isRevisionConflict(error)) return false;
      throw error;
    }
    const [from, to] = [ifRevision, (await read())?.revision];
    if (typeof from === 'number' && to === from + 1) ownClear = { from, to };
    return true;
  }
}

/** By its code, since there may be a second copy of storage. */
function isRevisionConflict(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'revision-conflict';
}

/** Stored values are untrusted: only what has the shape of a token is one. */
function asStoredToken(value: unknown): StoredToken | null {
  if (typeof value !== 'object' || value === null) return null;
  const { accessToken, tokenType, expiresAt, obtainedAt, fingerprint, scope } = value as Partial<StoredToken>;
  const usable =
    typeof accessToken === 'string' &&
    accessToken !== '' &&
    Number.isFinite(expiresAt) &&
    Number.isFinite(obtainedAt) &&
    typeof fingerprint === 'string';
  if (!usable) return null;
  return {
    accessToken,
    tokenType: typeof tokenType === 'string' ? tokenType : 'Bearer',
    expiresAt: expiresAt as number,
    obtainedAt: obtainedAt as number,
    fingerprint,
    ...(typeof scope === 'string' ? { scope } : {}),
  };
}
