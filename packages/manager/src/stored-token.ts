/**
 * The stored copy of the token: read with a time limit, committed only over what was read, compared before it is cleared.
 * Storage trouble is never the caller's: a copy that cannot be had is a miss.
 */
import type { LoadResult, Logger, SharedRecord, StoredToken } from '@worker-token/storage';
import { within } from './wait.js';

/** No storage operation holds a fetch up for longer. Milliseconds. */
export const STORAGE_LIMIT_MS = 1_000;

/** Each further try means that somebody has stored the very same token again. */
const MOST_TRIES = 5;

export type CommitOutcome = 'committed' | 'conflict' | 'not-stored';

export interface TokenRecord {
  /** Passes fast copies by. `base` is what a commit compares with; undefined: storage does not say. */
  load(): Promise<{ token: StoredToken | null; base: number | null | undefined }>;
  /** The token alone. Undefined: storage does not say. Who keeps nobody waiting is patient: an answer may take its time. */
  peek(o?: { patient: boolean }): Promise<StoredToken | null | undefined>;
  /** It was stored, and a later reading has brought another one, or none. */
  isReplaced(token: StoredToken): boolean;
  /** A write of this process is under way: what storage reports now is our own doing. */
  readonly busy: boolean;
  /** Writes only if nobody has written or cleared since the `load()` that brought `base`, our own `clearIf` excepted. Without `base` never. */
  commit(token: StoredToken, base: number | null | undefined): Promise<CommitOutcome>;
  clear(): Promise<void>;
  /**
   * Clears if it is still that token: one that somebody stores meanwhile stays. Where null matches, the record gets its next
   * revision although there is nothing to remove. Unknown: storage does not say what it has.
   */
  clearIf(matches: (token: StoredToken | null) => boolean): Promise<'cleared' | 'kept' | 'unknown'>;
}

export function createTokenRecord(slot: SharedRecord<StoredToken>, logger: Logger): TokenRecord {
  /** The revisions before and after a `clearIf` that came after the last `load()`, when nothing came between. */
  let ownClear: { from: number; to: number } | undefined;
  /** What storage has said last. */
  let last: { accessToken: string | undefined } | undefined;
  let writes = 0;
  const writing = async <T>(work: () => Promise<T>): Promise<T> => {
    writes++;
    try {
      return await work();
    } finally {
      writes--;
    }
  };
  async function read(patient = false) {
    const reading = slot.load({ fresh: true });
    const result = await (patient ? reading : within(STORAGE_LIMIT_MS, reading, undefined)).catch(() => undefined);
    if (!result) return undefined;
    const token = asStoredToken(result.data);
    if (!result.problem) last = { accessToken: token?.accessToken };
    return { ...result, token };
  }

  return {
    async load() {
      ownClear = undefined;
      const result = await read();
      return {
        token: result?.token ?? null,
        base: !result || isUnavailable(result) ? undefined : result.revision,
      };
    },
    async peek({ patient } = { patient: false }) {
      const result = await read(patient);
      return result && !result.problem ? result.token : undefined;
    },
    isReplaced: ({ accessToken }) => last !== undefined && last.accessToken !== accessToken,
    get busy() {
      return writes > 0;
    },
    async commit(token, base) {
      // What nobody has seen is left alone: it may be newer, or removed on purpose.
      if (base === undefined) return 'not-stored';
      const ifRevision = ownClear && base === ownClear.from ? ownClear.to : base;
      try {
        const saved = await writing(() => within(STORAGE_LIMIT_MS, slot.save(token, { ifRevision }), undefined));
        if (!saved) return 'not-stored';
        last = token;
        return 'committed';
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
        if (!before || isUnavailable(before)) return 'unknown';
        if (!matches(before.token)) return 'kept';
        if (await removed(before.revision)) return 'cleared';
      }
      return 'unknown';
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

function isUnavailable({ problem }: Pick<LoadResult<StoredToken>, 'problem'>): boolean {
  return problem?.kind === 'unavailable';
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
