/**
 * The stored copy of the token: read with a time limit, committed only over what was read, compared before it is cleared.
 * Storage trouble is never the caller's: a copy that cannot be had is a miss.
 */
import type { Logger, SharedRecord, StoredToken } from '@worker-token/storage';
import { within } from './wait.js';

/** No storage operation holds a fetch up for longer. Milliseconds. */
export const STORAGE_LIMIT_MS = 1_000;

export type CommitOutcome = 'committed' | 'conflict' | 'not-stored';

export interface TokenRecord {
  /** Passes fast copies by. What it finds is the base of the next commit. */
  load(): Promise<StoredToken | null>;
  /**
   * The same, and the base stays what it was: what another tab has written meanwhile still makes a conflict. Undefined: storage
   * does not say.
   */
  peek(): Promise<StoredToken | null | undefined>;
  /** A write of this process is under way: what storage reports now is our own doing. */
  readonly busy: boolean;
  /** Writes only if nobody has written, cleared or invalidated since the last `load()` here. */
  commit(token: StoredToken): Promise<CommitOutcome>;
  clear(): Promise<void>;
  /** Clears if it is still that token. */
  clearIf(matches: (token: StoredToken) => boolean): Promise<void>;
}

export function createTokenRecord(slot: SharedRecord<StoredToken>, logger: Logger): TokenRecord {
  let base: number | null | undefined;
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
      base = result?.problem ? undefined : result?.revision;
      return asStoredToken(result?.data);
    },
    async peek() {
      const result = await read();
      return result && !result.problem ? asStoredToken(result.data) : undefined;
    },
    get busy() {
      return writes > 0;
    },
    async commit(token) {
      const options = base === undefined ? {} : { ifRevision: base };
      try {
        const saved = await writing(() => within(STORAGE_LIMIT_MS, slot.save(token, options), undefined));
        base = saved?.revision;
        return saved ? 'committed' : 'not-stored';
      } catch (error) {
        if (isRevisionConflict(error)) return 'conflict';
        logger.warn('The token could not be stored; it is kept in memory only.');
        return 'not-stored';
      }
    },
    async clear() {
      base = undefined;
      await writing(() => slot.clear());
    },
    async clearIf(matches) {
      const stored = asStoredToken((await read())?.data);
      if (!stored || !matches(stored)) return;
      await writing(() => slot.clear());
      base = (await read())?.revision;
    },
  };
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
