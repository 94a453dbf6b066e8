/**
 * The order in which a token is looked for: memory, the flight under way, the store, then alone among all tabs the store
 * again and the network. What is fresh, when to retry, and how to lock is decided elsewhere.
 */
import type { Clock, Logger, StoredToken, WorkerTokenCredentials } from '@worker-token/storage';
import { missingFieldsOf } from './credentials.js';
import { isWorkerTokenError, WorkerTokenError } from './errors.js';
import type { FailureMemory } from './failure-memory.js';
import type { FetchFloor } from './fetch-floor.js';
import { fingerprintOf } from './fingerprint.js';
import { type FreshnessPolicy, isServable } from './freshness.js';
import { type Held, type HeldToken, isOver } from './held.js';
import type { TokenRequester } from './request-token.js';
import { createSingleFlight } from './single-flight.js';
import type { State } from './state.js';
import type { TokenRecord } from './stored-token.js';
import type { Coordinator } from './types.js';
import { sleep, untilAborted } from './wait.js';

/** Why a token is looked for: there is none, one that is still good gets old, or somebody insists on a new one. */
export type Purpose = 'missing' | 'ahead' | 'forced';

export interface TokenProviderParts {
  held: Held;
  state: State;
  record: TokenRecord;
  request: TokenRequester;
  coordinator: Coordinator;
  failures: FailureMemory;
  floor: FetchFloor;
  policy: FreshnessPolicy;
  clock: Clock;
  logger: Logger;
  /** Storage was read, and what was saved or cleared here has arrived there. */
  ready: () => Promise<void>;
  /** Aborts when the manager is disposed of. */
  disposed: AbortSignal;
  /** Longest wait for another tab's fetch, in milliseconds. */
  lockTimeoutMs: number;
  /** A token came from the network; outside every lock. */
  onFetched: (token: HeldToken) => void;
}

export interface TokenProvider {
  /** Shared by all who wait; rejects with a WorkerTokenError. */
  obtain: () => Promise<HeldToken>;
  /** A newer token than the one that is held now. */
  force: () => Promise<HeldToken>;
  /** Undefined: another tab is at it. */
  ahead: () => Promise<HeldToken | undefined>;
}

/** A change by hand can overtake a fetch; more often than this in a row, somebody is changing things in a loop. */
const MOST_ROUNDS = 5;

interface Search {
  purpose: Purpose;
  era: AbortSignal;
  credentials: WorkerTokenCredentials;
  fingerprint: string;
  /** A stored token will do. */
  accepts: (token: StoredToken) => boolean;
}

type Found = { token: StoredToken; from: 'storage' | 'network' };

export function createTokenProvider(parts: TokenProviderParts): TokenProvider {
  const { held, state, record, request, coordinator, failures, floor, clock, logger } = parts;
  const flights = {
    missing: createSingleFlight<HeldToken>(),
    ahead: createSingleFlight<HeldToken | undefined>(),
    forced: createSingleFlight<HeldToken>(),
  };

  /** Runs searches until one was not overtaken. */
  async function search(purpose: Purpose): Promise<HeldToken | undefined> {
    const since = clock.now();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await parts.ready();
      parts.disposed.throwIfAborted();
      const { era } = held;
      try {
        const found = await untilAborted(oneRound(purpose, since, era), era);
        if (found !== 'overtaken') return found;
      } catch (error) {
        parts.disposed.throwIfAborted();
        if (!isOver(era)) throw error;
      }
    }
    throw new WorkerTokenError(
      'aborted',
      `Credentials or token were changed ${MOST_ROUNDS} times during the request.`,
      {
        retryable: true,
      },
    );
  }

  async function oneRound(
    purpose: Purpose,
    since: number,
    era: AbortSignal,
  ): Promise<HeldToken | undefined | 'overtaken'> {
    const credentials = configured(held.credentials);
    const fingerprint = await fingerprintOf(held.identity ?? '');
    const job: Search = { purpose, era, credentials, fingerprint, accepts: accepting(purpose, since, fingerprint) };
    const kept = purpose === 'missing' ? keptToken() : null;
    if (kept) return kept;
    if (purpose === 'missing') {
      const stored = await record.load();
      if (isOver(era)) return 'overtaken';
      if (stored && job.accepts(stored)) return adoptStored(stored);
    }
    if (purpose !== 'forced') await allowed(fingerprint, purpose, era);
    return fetched(job);
  }

  async function fetched(job: Search): Promise<HeldToken | undefined | 'overtaken'> {
    const { purpose, era, fingerprint } = job;
    if (purpose !== 'ahead') state.report({ fetchStatus: 'waiting-for-other-tab' });
    try {
      const found = await coordinator.run(
        `worker-token:${fingerprint.slice(0, 16)}`,
        { ifAvailable: purpose === 'ahead', timeoutMs: parts.lockTimeoutMs, signal: era },
        () => alone(job),
      );
      if (found === 'overtaken' || isOver(era)) return 'overtaken';
      if (!found) return undefined;
      return found.from === 'storage' ? adoptStored(found.token) : adoptFetched(found.token);
    } finally {
      state.report({ fetchStatus: 'idle' });
    }
  }

  /** Runs under the lock: no callback of the user in here, and no wait without a limit. */
  async function alone({ era, accepts, credentials, fingerprint }: Search): Promise<Found | 'overtaken'> {
    const stored = await record.load();
    if (isOver(era)) return 'overtaken';
    if (stored && accepts(stored)) return { token: stored, from: 'storage' };
    logger.info(`Fetching new token (${secondsLeft(held.token)} s left)`);
    state.report({ fetchStatus: 'fetching' });
    const onWait = () => state.report({ fetchStatus: 'backing-off' });
    const token = await request(credentials, fingerprint, era, onWait).catch((error: unknown) => {
      if (!isOver(era)) remember(fingerprint, error);
      throw error;
    });
    if (isOver(era) || (await record.commit(token)) === 'conflict') return 'overtaken';
    return { token, from: 'network' };
  }

  function remember(fingerprint: string, error: unknown): void {
    if (!isWorkerTokenError(error)) return;
    failures.remember(fingerprint, error);
    state.report({ error, errorAt: clock.now() });
  }

  /** Waits for the floor; throws the error that is still fresh. */
  async function allowed(fingerprint: string, purpose: Purpose, era: AbortSignal): Promise<void> {
    const failure = failures.recall(fingerprint);
    if (failure) throw failure;
    const wait = purpose === 'missing' ? floor.waitMs() : 0;
    if (wait > 0) await sleep(wait, era);
  }

  /** What reading the storage has brought in the meantime. */
  function keptToken(): HeldToken | null {
    const now = clock.now();
    const token = held.look(now);
    if (!token || now >= token.staleAt) return null;
    logger.info(`Using stored token (${secondsLeft(token)} s left)`);
    return token;
  }

  /** Which stored token makes a fetch needless: a good one; a newer one than ours; one from after the wish for a new one. */
  function accepting(purpose: Purpose, since: number, fingerprint: string): (token: StoredToken) => boolean {
    const newerThan = { missing: -Infinity, ahead: held.token?.stored.obtainedAt ?? -Infinity, forced: since }[purpose];
    return (token) =>
      token.fingerprint === fingerprint && token.obtainedAt > newerThan && isServable(token, parts.policy, clock.now());
  }

  function adoptStored(stored: StoredToken): HeldToken {
    const token = held.adopt(stored, 'storage');
    state.report({ error: null });
    logger.info(`Using stored token (${secondsLeft(token)} s left)`);
    return token;
  }

  function adoptFetched(stored: StoredToken): HeldToken {
    floor.fetched();
    failures.forget();
    const token = held.adopt(stored, 'network');
    state.report({ error: null });
    parts.onFetched(token);
    return token;
  }

  function secondsLeft(token: HeldToken | null): number {
    return token ? Math.max(0, Math.round((token.expiresAt - clock.now()) / 1000)) : 0;
  }

  const certain = async (purpose: 'missing' | 'forced') => {
    const token = await search(purpose);
    if (!token) throw new WorkerTokenError('aborted', 'Nobody fetched a token.', { retryable: true });
    return token;
  };

  /** What a refresh under way brings, if it brings anything. */
  const underWay = async () => (await flights.ahead.current()?.catch(() => undefined)) ?? undefined;

  return {
    obtain: () =>
      flights.forced.current() ?? flights.missing.run(async () => (await underWay()) ?? (await certain('missing'))),
    force: () => flights.forced.run(async () => (await underWay()) ?? (await certain('forced'))),
    ahead: () => flights.ahead.run(() => search('ahead')),
  };
}

function configured(credentials: WorkerTokenCredentials | null): WorkerTokenCredentials {
  const missing = missingFieldsOf(credentials);
  if (credentials && missing.length === 0) return credentials;
  const what = credentials
    ? `The worker credentials are incomplete: ${missing.join(', ')}.`
    : 'There are no worker credentials.';
  throw new WorkerTokenError('not-configured', what);
}
