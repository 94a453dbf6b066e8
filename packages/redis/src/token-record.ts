/**
 * One token that a fleet shares: what the manager takes for its slot of storage. Compared and written by Redis; what is written by a
 * turn that is over is refused.
 */
import { randomInt } from 'node:crypto';
import {
  type Clock,
  type LoadResult,
  RevisionConflictError,
  type SharedRecord,
  type StoredToken,
} from '@worker-token/storage';
import type { Fleet } from './fleet.js';
import { leaseOn } from './lease.js';
import { type Outcome, outcomeOf, valueOf } from './replies.js';
import { COMMIT, READ, REMOVE } from './scripts.js';
import type { Slot } from './slots.js';
import { decodeToken, encodeToken, revisionOf } from './token-payload.js';

/** Two readings of the same token differ by the time that Redis took to answer, and not by more. Milliseconds. */
const SAME_MS = 1_000;
/** Random, so that no number comes back after a restart. */
const newRevision = () => randomInt(1, 2 ** 47);

export type TokenRecord = Omit<SharedRecord<StoredToken>, 'subscribe'>;

/**
 * @param slot Named late: the key may come from elsewhere.
 * @param self Ends the messages of this process; see token-news.ts.
 */
export function createTokenRecord(fleet: Fleet, slot: () => Promise<Slot>, self: string, clock: Clock): TokenRecord {
  /** As this process has seen it last; undefined: it has never looked. */
  let seen: { revision: number | null; token?: StoredToken } | undefined;

  async function load(): Promise<LoadResult<StoredToken>> {
    const place = await slot();
    const now = clock.now();
    const value = valueOf(await fleet.evaluate(READ, [place.keys.token]));
    if (!value) return absent((seen = { revision: null }).revision);
    const token = decodeToken(place, value.text, value.leftMs, now);
    const revision = revisionOf(value.text);
    if (!token) return unreadable(value.text, (seen = { revision }).revision);
    const data = sameAsSeen(revision, token);
    seen = { revision, token: data };
    return { data, source: 'server', revision, savedAt: data.obtainedAt };
  }

  /** The very same object, or the same token would look like a newer one. */
  function sameAsSeen(revision: number | null, token: StoredToken): StoredToken {
    const before = seen?.revision === revision ? seen.token : undefined;
    return before && Math.abs(before.expiresAt - token.expiresAt) < SAME_MS ? before : token;
  }

  async function commit(token: StoredToken, ifRevision: number | null | undefined): Promise<number> {
    const { keys, ...place } = await slot();
    const lease = leaseOn(keys);
    const revision = newRevision();
    const left = Math.max(1, Math.round(token.expiresAt - clock.now()));
    const text = encodeToken(place, revision, token);
    const args = [
      lease?.owner ?? '',
      expectation(ifRevision),
      text,
      String(left),
      keys.channel,
      `saved ${revision} ${self}`,
    ];
    const outcome = outcomeOf(await fleet.evaluate(COMMIT, [keys.token, keys.lease], args));
    if (outcome.what === 'over') fleet.settings.onEvent({ type: 'refused' });
    if (outcome.what !== 'done') throw conflict(keys.token, ifRevision, outcome);
    if (lease) lease.spent = true;
    seen = { revision, token };
    return revision;
  }

  async function remove(ifRevision: number | null | undefined): Promise<void> {
    const { keys } = await slot();
    // What another process has stored since this one looked is not what it wants to be rid of.
    const isMeant = ifRevision !== undefined ? ifRevision : seen?.revision;
    const message = `cleared ${newRevision()} ${self}`;
    const outcome = outcomeOf(
      await fleet.evaluate(REMOVE, [keys.token], [expectation(isMeant), keys.channel, message]),
    );
    if (outcome.what !== 'done' && ifRevision !== undefined) throw conflict(keys.token, ifRevision, outcome);
    if (outcome.what === 'done') seen = { revision: null };
  }

  return {
    load,
    async save(token, { ifRevision } = {}) {
      return { revision: await commit(token, ifRevision), savedAt: token.obtainedAt, tiers: ['redis'], failed: [] };
    },
    async clear({ ifRevision } = {}) {
      try {
        await remove(ifRevision);
      } catch (error) {
        // Where nothing was ever seen there is nothing that would be kept against the caller's will.
        if (isOutOfOrder(error) && typeof seen?.revision !== 'number') return;
        throw error;
      }
    },
  };
}

/** By its code, since there may be a second copy of storage. */
function isOutOfOrder(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'storage-unavailable';
}

function absent(revision: number | null): LoadResult<StoredToken> {
  return { data: null, source: 'none', revision, savedAt: null };
}

function unreadable(text: string, revision: number | null): LoadResult<StoredToken> {
  const message = 'The token in Redis was sealed with another key, or changed.';
  return { ...absent(revision), problem: { kind: 'undecryptable', message, bytes: text.length } };
}

/** As the scripts want it. */
function expectation(revision: number | null | undefined): string {
  if (revision === undefined) return '*';
  return revision === null ? '' : String(revision);
}

function conflict(key: string, expected: number | null | undefined, { revision }: Outcome): RevisionConflictError {
  return new RevisionConflictError(key, expected ?? null, revision);
}
