/** One fetch, alone among all tabs or processes: the store once more, the network, the commit. Keeps nothing in memory. */
import type { Clock, Logger, StoredToken } from '@worker-token/storage';
import { isWorkerTokenError } from './errors.js';
import { coolDownAfter, type FailureMemory } from './failure-memory.js';
import { isOver } from './held.js';
import type { TokenRequester, TokenWish } from './request-token.js';
import type { FleetFailures } from './shared-failures.js';
import type { State } from './state.js';
import type { TokenRecord } from './stored-token.js';
import type { TakeBack } from './take-back.js';
import type { Coordinator } from './types/coordination.js';

export interface FetchJob extends TokenWish {
  /**
   * There is no token; a good one gets old and is refreshed behind the callers (`ahead`); it is too old for a caller who waits
   * (`newer`); or somebody insists on a new one.
   */
  purpose: 'missing' | 'ahead' | 'newer' | 'forced';
  era: AbortSignal;
  /** A stored token will do. */
  accepts: (token: StoredToken) => boolean;
}

export interface ExclusiveFetchParts {
  coordinator: Coordinator;
  record: TokenRecord;
  request: TokenRequester;
  failures: FailureMemory;
  fleetFailures: FleetFailures;
  takeBack: TakeBack;
  state: State;
  clock: Clock;
  logger: Logger;
  /** Of the token that is held. */
  secondsLeft: () => number;
  /** Longest wait for another tab's fetch, in milliseconds. */
  lockTimeoutMs: number;
  /** Longest time that a fetch takes, storage included, in milliseconds. */
  holdMs: number;
}

/** `stored` is false for a token that is kept in memory only. */
export type Found = { token: StoredToken; from: 'storage' | 'network'; stored: boolean };

/** The fetch resolves with undefined when another tab is at it and the job is in the background. */
export type ExclusiveFetch = (job: FetchJob) => Promise<Found | 'overtaken' | undefined>;

export function createExclusiveFetch(parts: ExclusiveFetchParts): ExclusiveFetch {
  const { coordinator, record, request, failures, fleetFailures, takeBack, state, clock, logger, secondsLeft } = parts;

  /** Runs under the lock: no callback of the user in here, and no wait without a limit. */
  async function alone(job: FetchJob): Promise<Found | 'overtaken'> {
    const { era, accepts, fingerprint } = job;
    const { token: stored, base } = await record.load();
    if (isOver(era)) return 'overtaken';
    if (stored && accepts(stored)) return { token: stored, from: 'storage', stored: true };
    await throwKnownFailure(job);
    logger.info(`Fetching new token (${secondsLeft()} s left)`);
    state.report({ fetchStatus: 'fetching' });
    const onWait = () => state.report({ fetchStatus: 'backing-off' });
    const token = await request(job, era, onWait).catch(async (error: unknown) => {
      if (!isOver(era)) await remember(fingerprint, error);
      throw error;
    });
    if (isOver(era)) return 'overtaken';
    const outcome = await record.commit(token, base);
    // Committed while the credentials became others.
    if (isOver(era)) void takeBack(token).catch(() => {});
    return outcome === 'conflict' ? 'overtaken' : { token, from: 'network', stored: outcome === 'committed' };
  }

  /** What another process of the fleet has learnt. Who insists is told by the token endpoint itself. */
  async function throwKnownFailure({ purpose, fingerprint }: FetchJob): Promise<void> {
    const known = purpose === 'forced' ? undefined : await fleetFailures.recall(fingerprint);
    if (!known) return;
    failures.remember(fingerprint, known);
    state.report({ error: known.error, errorAt: clock.now() });
    throw known.error;
  }

  async function remember(fingerprint: string, error: unknown): Promise<void> {
    if (!isWorkerTokenError(error)) return;
    state.report({ error, errorAt: clock.now() });
    const coolDown = coolDownAfter(error);
    if (!coolDown) return;
    failures.remember(fingerprint, coolDown);
    await fleetFailures.remember(fingerprint, coolDown);
  }

  /** While another one is at it. */
  async function lookAgain(job: FetchJob): Promise<Found | undefined> {
    const stored = await record.peek();
    if (stored && job.accepts(stored)) return { token: stored, from: 'storage', stored: true };
    await throwKnownFailure(job);
    return undefined;
  }

  return async (job) => {
    const { purpose, era, fingerprint } = job;
    if (purpose !== 'ahead') state.report({ fetchStatus: 'waiting-for-other-tab' });
    try {
      const found = await coordinator.run(
        `worker-token:${fingerprint}`,
        {
          ifAvailable: purpose === 'ahead',
          timeoutMs: parts.lockTimeoutMs,
          holdMs: parts.holdMs,
          signal: era,
          lookAgain: () => lookAgain(job),
        },
        () => alone(job),
      );
      return isOver(era) ? 'overtaken' : found;
    } finally {
      state.report({ fetchStatus: 'idle' });
    }
  };
}
