/** One fetch, alone among all tabs or processes: the store once more, the network, the commit. Keeps nothing in memory. */
import type { Clock, Logger, StoredToken, WorkerTokenCredentials } from '@worker-token/storage';
import { isWorkerTokenError } from './errors.js';
import type { FailureMemory } from './failure-memory.js';
import { isOver } from './held.js';
import type { TokenRequester } from './request-token.js';
import type { State } from './state.js';
import type { TokenRecord } from './stored-token.js';
import type { Coordinator } from './types.js';

export interface FetchJob {
  /**
   * There is no token; a good one gets old and is refreshed behind the callers (`ahead`); it is too old for a caller who waits
   * (`newer`); or somebody insists on a new one.
   */
  purpose: 'missing' | 'ahead' | 'newer' | 'forced';
  era: AbortSignal;
  credentials: WorkerTokenCredentials;
  fingerprint: string;
  /** A stored token will do. */
  accepts: (token: StoredToken) => boolean;
}

export interface ExclusiveFetchParts {
  coordinator: Coordinator;
  record: TokenRecord;
  request: TokenRequester;
  failures: FailureMemory;
  state: State;
  clock: Clock;
  logger: Logger;
  /** Of the token that is held. */
  secondsLeft: () => number;
  /** Longest wait for another tab's fetch, in milliseconds. */
  lockTimeoutMs: number;
}

export type Found = { token: StoredToken; from: 'storage' | 'network' };

/** The fetch resolves with undefined when another tab is at it and the job is in the background. */
export type ExclusiveFetch = (job: FetchJob) => Promise<Found | 'overtaken' | undefined>;

export function createExclusiveFetch(parts: ExclusiveFetchParts): ExclusiveFetch {
  const { coordinator, record, request, failures, state, clock, logger, secondsLeft, lockTimeoutMs } = parts;

  /** Runs under the lock: no callback of the user in here, and no wait without a limit. */
  async function alone({ era, accepts, credentials, fingerprint }: FetchJob): Promise<Found | 'overtaken'> {
    const { token: stored, base } = await record.load();
    if (isOver(era)) return 'overtaken';
    if (stored && accepts(stored)) return { token: stored, from: 'storage' };
    logger.info(`Fetching new token (${secondsLeft()} s left)`);
    state.report({ fetchStatus: 'fetching' });
    const onWait = () => state.report({ fetchStatus: 'backing-off' });
    const token = await request(credentials, fingerprint, era, onWait).catch((error: unknown) => {
      if (!isOver(era)) remember(fingerprint, error);
      throw error;
    });
    if (isOver(era) || (await record.commit(token, base)) === 'conflict') return 'overtaken';
    return { token, from: 'network' };
  }

  function remember(fingerprint: string, error: unknown): void {
    if (!isWorkerTokenError(error)) return;
    failures.remember(fingerprint, error);
    state.report({ error, errorAt: clock.now() });
  }

  return async (job) => {
    const { purpose, era, fingerprint } = job;
    if (purpose !== 'ahead') state.report({ fetchStatus: 'waiting-for-other-tab' });
    try {
      const found = await coordinator.run(
        `worker-token:${fingerprint.slice(0, 16)}`,
        { ifAvailable: purpose === 'ahead', timeoutMs: lockTimeoutMs, signal: era },
        () => alone(job),
      );
      return isOver(era) ? 'overtaken' : found;
    } finally {
      state.report({ fetchStatus: 'idle' });
    }
  };
}
