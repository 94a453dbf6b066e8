/**
 * Everything that callers change: saved and cleared credentials, cleared and invalidated tokens. In memory at once, in storage
 * one after the other; a save that storage refuses is taken back.
 */
import type { SharedRecord, StoredToken, WorkerTokenCredentials } from '@worker-token/storage';
import { parseCredentials } from './parse-credentials.js';
import { isWorkerTokenError, WorkerTokenError } from './errors.js';
import type { FailureMemory } from './failure-memory.js';
import type { FetchFloor } from './fetch-floor.js';
import { fingerprintOf, type Identify } from './fingerprint.js';
import { type Held, type HeldToken, isOver } from './held.js';
import type { State } from './state.js';
import type { TokenRecord } from './stored-token.js';
import type { WorkerTokenCredentialsInput } from './types/credentials.js';

export interface WritesParts {
  held: Held;
  identify: Identify;
  state: State;
  slot: SharedRecord<WorkerTokenCredentials>;
  record: TokenRecord;
  failures: FailureMemory;
  floor: FetchFloor;
  /** Storage was read for the first time. */
  ready: () => Promise<void>;
  /** Nothing old is left that would win over what is written now; rejects where there is. */
  settleLegacy: () => Promise<void>;
}

export interface Writes {
  saveCredentials: (input: WorkerTokenCredentialsInput) => Promise<void>;
  clearToken: () => Promise<void>;
  invalidateToken: (token?: string) => Promise<void>;
  clearAll: () => Promise<void>;
  readonly busy: boolean;
  /** All writes have arrived or failed, those included that were begun meanwhile. */
  idle(): Promise<void>;
}

export function createWrites(parts: WritesParts): Writes {
  const { held, identify, state, slot, record, failures, floor } = parts;
  let last: Promise<unknown> = Promise.resolve();
  let pending = 0;

  /** One after the other, after storage was read. */
  function enqueue(what: string, write: () => Promise<void>): Promise<void> {
    pending++;
    const mine = last
      .then(parts.ready)
      .then(write)
      .catch((error: unknown) => {
        if (isWorkerTokenError(error)) throw error;
        throw new WorkerTokenError('storage', `${what} (${error instanceof Error ? error.name : 'unknown error'}).`);
      })
      .finally(() => pending--);
    last = mine.catch(() => {});
    return mine;
  }

  /** What went wrong before says nothing about what comes. */
  function freshStart(): void {
    failures.forget();
    floor.lift();
    state.report({ error: null });
  }

  function dropToken(): void {
    if (held.token) held.refuse(held.token.stored.accessToken);
    held.dropToken();
    held.newEra();
    floor.lift();
  }

  async function store(credentials: WorkerTokenCredentials): Promise<void> {
    await parts.settleLegacy();
    const before = (await slot.load()).data;
    await slot.save(credentials);
    const fingerprint = await fingerprintOf(identify(credentials) ?? '');
    const isSame = before !== null && identify(before) === identify(credentials);
    // With other credentials also when nothing is stored: what is being fetched with the old ones must not commit after this.
    const isOther = (token: StoredToken | null) => (token ? token.fingerprint !== fingerprint : !isSame);
    const outcome = await record.clearIf(isOther);
    if (outcome === 'unknown' && !isSame) return removeToken();
    if (outcome === 'cleared') held.dropToken();
  }

  /** The first reading of storage may have brought it back meanwhile; a new one is not fetched before this has ended. */
  async function removeToken(): Promise<void> {
    await record.clear();
    held.dropToken();
  }

  return {
    async saveCredentials(input) {
      const credentials = parseCredentials(input);
      const before = { credentials: held.credentials, token: held.token };
      if (held.setCredentials(credentials)) freshStart();
      failures.forget();
      const { era } = held;
      await enqueue('The credentials could not be stored', () => store(credentials)).catch((error: unknown) => {
        // A token that was cleared meanwhile stays so.
        const token = isOver(era) ? null : before.token;
        if (held.credentials === credentials) putBack(held, { credentials: before.credentials, token });
        throw error;
      });
    },

    async clearToken() {
      dropToken();
      await enqueue('The token could not be removed', removeToken);
    },

    async invalidateToken(token) {
      const isIt = () => token === undefined || held.token?.stored.accessToken === token;
      if (isIt()) held.wantsNew = true;
      if (token === undefined) dropToken();
      else held.refuse(token);
      if (isIt()) dropThis();
      await enqueue('The token could not be removed', async () => {
        if (token === undefined) return removeToken();
        if (isIt()) dropThis();
        await record.clearIf((stored) => stored?.accessToken === token);
        // A reading that was under way may have brought it back.
        if (isIt()) dropThis();
      });
    },

    async clearAll() {
      dropToken();
      held.setCredentials(null);
      freshStart();
      const clear = () => Promise.all([slot.clear(), removeToken()]);
      await enqueue('The credentials could not be removed', () => parts.settleLegacy().finally(clear));
    },

    get busy() {
      return pending > 0;
    },
    async idle() {
      while (pending > 0) await last;
    },
  };

  /** That one token is gone; a request for its successor goes on. */
  function dropThis(): void {
    held.dropToken();
    floor.lift();
  }
}

function putBack(held: Held, before: { credentials: WorkerTokenCredentials | null; token: HeldToken | null }): void {
  held.setCredentials(before.credentials);
  if (before.token && !held.token) held.adopt(before.token.stored, before.token.origin);
}
