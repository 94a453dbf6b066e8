/** What applications use. */
import type { CredentialStorage, WorkerTokenCredentials } from '@worker-token/storage';
import type { WorkerTokenCredentialsInput } from './credentials.js';
import type { TokenProbe, WorkerTokenSnapshot, WorkerTokenStatus } from './status.js';

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
