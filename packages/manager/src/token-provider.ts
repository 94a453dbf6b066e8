/**
 * The order in which a token is looked for: memory, the flight under way, the store, then alone among all tabs the store
 * again and the network. What is fresh, when to retry, and how to lock is decided elsewhere.
 */
import type { StoredToken, WorkerTokenCredentials } from '@worker-token/storage';
import { NO_CREDENTIALS } from './credentials.js';
import { WorkerTokenError } from './errors.js';
import { createExclusiveFetch, type ExclusiveFetchParts, type FetchJob } from './exclusive-fetch.js';
import type { FetchFloor } from './fetch-floor.js';
import { type FreshnessPolicy, isServable } from './freshness.js';
import { type Held, type HeldToken, isOver } from './held.js';
import { createSingleFlight } from './single-flight.js';
import { sleep, untilAborted } from './wait.js';

export interface TokenProviderParts extends Omit<ExclusiveFetchParts, 'secondsLeft'> {
  held: Held;
  floor: FetchFloor;
  policy: FreshnessPolicy;
  /** Storage was read, and what was saved or cleared here has arrived there. */
  ready: () => Promise<void>;
  /** Aborts when the manager is disposed of. */
  disposed: AbortSignal;
  /** A token came from the network; outside every lock. */
  onFetched: (token: HeldToken) => void;
}

export interface TokenProvider {
  /** Shared by all who wait; rejects with a WorkerTokenError. */
  obtain: () => Promise<HeldToken>;
  /** A newer token than the one that is held; that one is still good for others. */
  newer: () => Promise<HeldToken>;
  /** A token that is fetched from now on. */
  force: () => Promise<HeldToken>;
  /** Undefined: another tab is at it. */
  ahead: () => Promise<HeldToken | undefined>;
}

/** A change by hand can overtake a fetch; more often than this in a row, somebody is changing things in a loop. */
const MOST_ROUNDS = 5;

export function createTokenProvider(parts: TokenProviderParts): TokenProvider {
  const { held, state, record, failures, floor, clock, logger } = parts;
  const fetchAlone = createExclusiveFetch({ ...parts, request, secondsLeft: () => secondsLeft(held.token) });
  const flights = {
    missing: createSingleFlight<HeldToken>(),
    ahead: createSingleFlight<HeldToken | undefined>(),
    newer: createSingleFlight<HeldToken>(),
    forced: createSingleFlight<HeldToken>(),
  };

  function throwIfDisposed(): void {
    if (parts.disposed.aborted) throw parts.disposed.reason as Error;
  }

  /** Runs searches until one was not overtaken. */
  async function search(purpose: FetchJob['purpose']): Promise<HeldToken | undefined> {
    const since = clock.now();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await parts.ready();
      throwIfDisposed();
      const { era } = held;
      try {
        const found = await untilAborted(oneRound(purpose, since, era), era);
        if (found !== 'overtaken' && !isExpired(found)) return found;
      } catch (error) {
        throwIfDisposed();
        if (!isOver(era)) throw error;
      }
    }
    const what = `Credentials or token were changed, or the token expired, ${MOST_ROUNDS} times during the request.`;
    throw new WorkerTokenError('aborted', what, { retryable: true });
  }

  /** The machine may have slept between the request and now. */
  const isExpired = (found: HeldToken | undefined) => found !== undefined && clock.now() >= found.expiresAt;

  async function oneRound(
    purpose: FetchJob['purpose'],
    since: number,
    era: AbortSignal,
  ): Promise<HeldToken | undefined | 'overtaken'> {
    const credentials = configured(held);
    const fingerprint = await held.fingerprint();
    const forceRefresh = purpose === 'forced' || held.wantsNew;
    const accepts = accepting(purpose, since, fingerprint);
    const job: FetchJob = { purpose, era, credentials, fingerprint, forceRefresh, accepts };
    const kept = purpose === 'missing' ? keptToken() : null;
    if (kept) return kept;
    if (purpose === 'missing') {
      const stored = await record.peek();
      if (isOver(era)) return 'overtaken';
      if (stored && job.accepts(stored)) return adoptStored(stored);
    }
    if (purpose !== 'forced') await allowed(fingerprint, purpose, era);
    return fetched(job);
  }

  async function fetched(job: FetchJob): Promise<HeldToken | undefined | 'overtaken'> {
    const found = await fetchAlone(job);
    if (!found || found === 'overtaken') return found;
    const { token, from, stored } = found;
    // Here or elsewhere it may have been called invalid, or replaced, since it was read or written.
    if (held.isRefused(token.accessToken) || (stored && record.isReplaced(token))) return 'overtaken';
    return from === 'network' ? adoptFetched(token) : adoptStored(token);
  }

  /** What the endpoint gives out is good, whatever was said of it before; what is said from now on holds. */
  async function request(...[job, era, onWait]: Parameters<ExclusiveFetchParts['request']>): Promise<StoredToken> {
    const token = await parts.request(job, era, onWait);
    if (!isOver(era)) held.readmit(token.accessToken);
    return token;
  }

  /** Waits for the floor; throws the error that is still fresh. */
  async function allowed(fingerprint: string, purpose: FetchJob['purpose'], era: AbortSignal): Promise<void> {
    const failure = failures.recall(fingerprint);
    if (failure) throw failure;
    const wait = purpose === 'ahead' ? 0 : floor.waitMs();
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
  function accepting(
    purpose: FetchJob['purpose'],
    since: number,
    fingerprint: string,
  ): (token: StoredToken) => boolean {
    const ours = held.token?.stored.obtainedAt ?? -Infinity;
    const newerThan = { missing: -Infinity, ahead: ours, newer: ours, forced: since }[purpose];
    return (token) =>
      token.fingerprint === fingerprint &&
      !held.isRefused(token.accessToken) &&
      token.obtainedAt > newerThan &&
      isServable(token, parts.policy, clock.now());
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
    void parts.fleetFailures.forget(stored.fingerprint);
    held.wantsNew = false;
    const token = held.adopt(stored, 'network');
    state.report({ error: null });
    parts.onFetched(token);
    return token;
  }

  function secondsLeft(token: HeldToken | null): number {
    return token ? Math.max(0, Math.round((token.expiresAt - clock.now()) / 1000)) : 0;
  }

  const certain = async (purpose: 'missing' | 'newer' | 'forced') => {
    const token = await search(purpose);
    if (!token) throw new WorkerTokenError('aborted', 'Nobody fetched a token.', { retryable: true });
    return token;
  };

  /** What a refresh under way brings, if it brings anything. */
  const underWay = async () => (await flights.ahead.current()?.catch(() => undefined)) ?? undefined;

  return {
    obtain: () =>
      flights.forced.current() ?? flights.missing.run(async () => (await underWay()) ?? (await certain('missing'))),
    newer: () =>
      flights.forced.current() ?? flights.newer.run(async () => (await underWay()) ?? (await certain('newer'))),
    force: () => flights.forced.run(async () => (await underWay()) ?? (await certain('forced'))),
    ahead: () => flights.ahead.run(() => search('ahead')),
  };
}

function configured({ atServer, credentials, missing }: Held): WorkerTokenCredentials {
  if (atServer) return NO_CREDENTIALS;
  if (credentials && missing.length === 0) return credentials;
  const what = credentials
    ? `The worker credentials are incomplete: ${missing.join(', ')}.`
    : 'There are no worker credentials.';
  throw new WorkerTokenError('not-configured', what);
}
