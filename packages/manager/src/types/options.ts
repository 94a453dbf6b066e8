/** What a manager is made with. */
import type { Clock, CredentialStorage, Logger } from '@worker-token/storage';
import type { Coordinator } from './coordination.js';
import type { TokenSource } from './token-source.js';

/** A clock that may also tell elapsed time, so that a wall clock which is set back makes no token live longer. */
export interface ManagerClock extends Clock {
  /** Milliseconds since some moment, never set back. Default: none for an injected clock. */
  elapsed?(): number;
}

export interface RetryOptions {
  /** Default 3. */
  attempts?: number;
  /** First wait, in milliseconds; doubles, with full jitter. Default 200. */
  baseDelayMs?: number;
  /** Longest wait, in milliseconds. Default 5 000. */
  maxDelayMs?: number;
}

export interface LegacyOptions {
  /** Keys of old credential records to take over. `[]` turns it off. */
  credentials?: string[];
  /** Keys of old bare tokens to drop. Default none. */
  tokens?: string[];
  /** Keys that code which is not migrated yet still uses; the manager keeps them in step. Default none. */
  bridge?: string[];
}

export interface WorkerTokenManagerOptions {
  storage?: CredentialStorage;
  /** Default: `directGrant()`. */
  tokenSource?: TokenSource;
  /** Hosts (with port, where there is one) besides the regions' that may receive the client secret. */
  allowedTokenHosts?: string[];
  /** Hosts besides the region's API host and this origin that `fetch()` may send the token to. */
  allowedApiHosts?: string[];
  legacy?: LegacyOptions;
  /** From here on the token is still served and a refresh runs behind it. Milliseconds; default 300 000 (5 min). */
  refreshAheadMs?: number;
  /** Below this a token is not served. Milliseconds; default 10 000. */
  minValidityMs?: number;
  retry?: RetryOptions;
  /** Over all attempts, bodies included. Milliseconds; default 10 000. */
  deadlineMs?: number;
  coordination?: Coordinator;
  /** Default: the console; in a page from `info` on, elsewhere warnings and errors. */
  logger?: Logger;
  /** Default: the system's. */
  clock?: ManagerClock;
  fetch?: typeof fetch;
  /** Random number in [0, 1), for jitter. Default: `Math.random`. */
  random?: () => number;
  /** Also dispatch `workerTokenUpdated` and a `storage` event with the legacy key, for code that is not migrated yet. Default false. */
  legacyEvents?: boolean;
  /** A client secret in a browser is your choice: silences the warning of production pages. Default false. */
  acknowledgeBrowserSecret?: boolean;
}

/** Of `@worker-token/manager/core`, which chooses neither a storage nor a token source. */
export interface CoreManagerOptions extends Omit<WorkerTokenManagerOptions, 'legacy' | 'storage' | 'tokenSource'> {
  storage: CredentialStorage;
  tokenSource: TokenSource;
  /** Not one of a fleet. Default: in this process alone. */
  coordination?: Coordinator;
}
