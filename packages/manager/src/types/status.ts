/** What a manager says of itself; no secret and no token is in it. */
import type { PublicWorkerCredentials } from './credentials.js';

export interface TokenProbe {
  ok: boolean;
  /** Seconds, where a token was issued. */
  expiresIn?: number;
  error?: Error;
}

export type TokenState = 'unhydrated' | 'not-configured' | 'missing' | 'valid' | 'expiring' | 'expired' | 'failed';

export type FetchStatus = 'idle' | 'fetching' | 'waiting-for-other-tab' | 'backing-off';

export type TokenOrigin = 'memory' | 'storage' | 'other-tab' | 'network' | 'server';

/** Frozen; the same object until something changes. No secret, no token. */
export interface WorkerTokenSnapshot {
  readonly status: TokenState;
  readonly fetchStatus: FetchStatus;
  /** Here, or at the server. */
  readonly hasCredentials: boolean;
  readonly hasToken: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
  readonly obtainedAt: number | null;
  readonly source: TokenOrigin | null;
  readonly error: Error | null;
  readonly credentials: PublicWorkerCredentials | null;
  /** Raised with every change of the credentials or the token. */
  readonly revision: number;
}

/** An old record that could not be taken over. */
export interface LegacyProblem {
  key: string;
  reason: string;
}

export interface WorkerTokenStatus {
  /** `'server'`: the server's get the tokens (`serverTokenSource`), and none are needed here. */
  hasCredentials: boolean | 'server';
  /** Names of the fields that are still empty. */
  missing: string[];
  hasToken: boolean;
  tokenValid: boolean;
  /** Seconds. */
  tokenExpiresIn?: number;
  /** Milliseconds since 1970. */
  lastFetchedAt?: number;
  storage: { tier: string; durable: boolean; encrypted: boolean };
  /** Web Locks (or another coordinator) keep it to one request over all tabs. */
  exclusive: boolean;
  /** Old records that could not be taken over, by key. */
  legacyProblems: LegacyProblem[];
}
