/**
 * The contract of the manager, and nothing else. Every other file of this package imports it; it imports only storage's contract
 * and the names of the errors.
 */
import type {
  Clock,
  CredentialStorage,
  Logger,
  Region,
  SharedRecord,
  StoredToken,
  TokenEndpointAuthMethod,
  WorkerTokenCredentials,
} from '@worker-token/storage';
import type { WorkerTokenErrorKind } from './errors.js';

/** What `saveCredentials` takes: scopes as text or list, region aliases (`us`, `Europe`, …), no derived endpoint needed. */
export interface WorkerTokenCredentialsInput {
  environmentId?: string;
  clientId?: string;
  clientSecret?: string;
  scopes?: string | readonly string[];
  region?: string;
  tokenEndpointAuthMethod?: TokenEndpointAuthMethod;
  tokenEndpoint?: string;
  authHost?: string;
  extra?: Record<string, unknown>;
}

/** A successful answer of the token endpoint (RFC 6749, section 5.1). */
export interface TokenResponse {
  access_token: string;
  token_type: string;
  /** Seconds. Odd values are normalised by the manager. */
  expires_in?: number | string | null;
  scope?: string;
  /** The `Date` header of the answer, in milliseconds since 1970, for the clock skew. */
  serverDate?: number;
}

/** A clock that may also tell elapsed time, so that a wall clock which is set back makes no token live longer. */
export interface ManagerClock extends Clock {
  /** Milliseconds since some moment, never set back. Default: none for an injected clock. */
  elapsed?(): number;
}

export interface TokenRequest {
  /** Empty ones for a source with `serverCredentials`. */
  credentials: WorkerTokenCredentials;
  /** Complete address of the token endpoint, already checked against the allowed hosts unless the source is `viaServer`. */
  tokenEndpoint: string;
  signal: AbortSignal;
  fetch: typeof fetch;
  clock: Clock;
  /** Somebody insists on a new token, or the last one was refused: one that is cached on the way will not do. Default false. */
  forceRefresh?: boolean;
}

/** Gets a token. One attempt; the manager retries. */
export interface TokenSource {
  (request: TokenRequest): Promise<TokenResponse>;
  /** The request goes to a server of the application, and not to `tokenEndpoint`, whose host is then not checked. */
  readonly viaServer?: true;
  /** The server has credentials of its own, and none are needed here. Names the server: another one's tokens are not taken over. */
  readonly serverCredentials?: string;
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

export interface RunOptions<T> {
  /** Resolve with undefined at once when somebody else is at it. */
  ifAvailable: boolean;
  /** After so long a wait `work` is run all the same, so that a frozen holder cannot stop the others. Milliseconds. */
  timeoutMs: number;
  /** Ends the wait; the work ends itself. */
  signal?: AbortSignal;
  /** `work` has ended by then, of its own accord: a lease that lasts longer is never outlived. Milliseconds. */
  holdMs?: number;
  /**
   * For a coordinator whose turns are dear, such as a lease that is polled for: called while one waits, as often as something may
   * have changed. What it brings ends the wait and is the result, without a turn; undefined: wait on. Its rejection is the result, too.
   */
  lookAgain?: () => Promise<T | undefined>;
}

/** Runs work so that only one tab or process does it at a time; for a fleet also shares what one of them has learnt. */
export interface Coordinator {
  /** False: callers in other tabs or processes are not excluded; `status` says so. */
  readonly exclusive: boolean;
  /**
   * Runs `work` alone under `name`, which is `worker-token:` and the fingerprint of the credentials. When the turn cannot be had because
   * the coordinator itself is out of order it runs `work` all the same: a request too many costs less than no token.
   *
   * @throws what `work` or `lookAgain` throws, or the signal's reason.
   */
  run<T>(name: string, options: RunOptions<T>, work: () => Promise<T>): Promise<T | undefined>;
  /**
   * Where the token is kept instead of in the storage: a slot of its own for each fingerprint, shared by the fleet. `save` honours
   * `ifRevision`, and is called by the `work` of a turn: it may also refuse, by a `revision-conflict`, a turn that is over. The manager waits
   * a second at most for each call.
   */
  tokenSlot?(fingerprint: string): SharedRecord<StoredToken>;
  /** What is known not to work, for all: so that a wrong secret is asked about once by a fleet, and not once by each process. */
  readonly failures?: SharedFailures;
}

/** A failure as it may be written down: nothing secret is in it. */
export interface SharedFailure {
  kind: WorkerTokenErrorKind;
  message: string;
  status?: number | undefined;
  oauthError?: string | undefined;
  correlationId?: string | undefined;
  retryAfterMs?: number | undefined;
  retryable?: boolean | undefined;
}

/** Each call may reject or hang: the manager waits a second at most, and then asks the token endpoint. */
export interface SharedFailures {
  /** The failure that is still fresh, and for how long, in milliseconds. */
  recall(fingerprint: string): Promise<{ failure: SharedFailure; leftMs: number } | undefined>;
  remember(fingerprint: string, failure: SharedFailure, forMs: number): Promise<void>;
  /** A token was got after all. */
  forget(fingerprint: string): Promise<void>;
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

/** The worker credentials without the secret. */
export interface PublicWorkerCredentials {
  readonly environmentId: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly scopes: readonly string[];
  readonly region: Region;
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod;
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
  legacyProblems: { key: string; reason: string }[];
}

export interface GetWorkerTokenOptions {
  /** Ends this caller's wait, not the shared request. */
  signal?: AbortSignal;
  /** Milliseconds; default: the manager's. */
  minValidityMs?: number;
  forceRefresh?: boolean;
}

export interface WorkerTokenManager {
  /** Where its two records are kept; the application may keep its flows there, too. */
  readonly storage: CredentialStorage;
  /** Storage read, old data taken over, snapshots filled. Never rejects; settles in 2 s, if need be degraded to memory. */
  ready(): Promise<void>;
  loadCredentials(): Promise<WorkerTokenCredentials | null>;
  saveCredentials(credentials: WorkerTokenCredentialsInput): Promise<void>;
  testCredentials(credentials?: WorkerTokenCredentialsInput): Promise<TokenProbe>;
  /** Waits for `ready()`, never a request; null when missing or expired. */
  loadToken(): Promise<string | null>;
  getWorkerToken(options?: GetWorkerTokenOptions): Promise<string>;
  refreshToken(): Promise<string>;
  /** Drops the token, in memory and stored, in every tab; with an argument only if it is still that token. */
  invalidateToken(token?: string): Promise<void>;
  getStatus(): Promise<WorkerTokenStatus>;
  clearToken(): Promise<void>;
  clearAll(): Promise<void>;
  peekToken(): string | null;
  peekCredentials(): WorkerTokenCredentials | null;
  getSnapshot(): WorkerTokenSnapshot;
  subscribe(listener: () => void): () => void;
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  dispose(): void;
}
