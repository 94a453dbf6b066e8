/** The state for people and for React: frozen, without secret or token, the same object until something changes. */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import type { Held, HeldToken } from './held.js';
import type { PublicWorkerCredentials } from './types/credentials.js';
import type { FetchStatus, TokenState, WorkerTokenSnapshot } from './types/status.js';

/** What is going on besides what is held. */
export interface Progress {
  hydrated: boolean;
  fetchStatus: FetchStatus;
  /** Of the last attempt; null after a success or a change. */
  error: Error | null;
  /** Milliseconds since 1970. */
  errorAt: number;
}

/** Pure; `revision` counts the changes of credentials and token. */
export function snapshotOf(held: Held, progress: Progress, now: number, revision: number): WorkerTokenSnapshot {
  const { credentials, token } = held;
  return Object.freeze({
    status: stateOf(held, progress, now),
    fetchStatus: progress.fetchStatus,
    hasCredentials: held.atServer || credentials !== null,
    hasToken: token !== null,
    expiresAt: token?.expiresAt ?? null,
    obtainedAt: token?.stored.obtainedAt ?? null,
    source: token?.origin ?? null,
    error: progress.error,
    credentials: credentials && publicPartOf(credentials),
    revision,
  });
}

export function sameSnapshot(a: WorkerTokenSnapshot, b: WorkerTokenSnapshot): boolean {
  return (Object.keys(a) as (keyof WorkerTokenSnapshot)[]).every(
    (key) => key === 'credentials' || Object.is(a[key], b[key]),
  );
}

/** The next moment at which the state changes by the clock alone, in milliseconds since 1970. */
export function nextChangeAt(token: HeldToken | null, now: number): number | null {
  if (!token) return null;
  return [token.expiringAt, token.staleAt].find((moment) => moment > now) ?? null;
}

function stateOf(
  { atServer, credentials, missing, token }: Held,
  { hydrated, error, errorAt }: Progress,
  now: number,
): TokenState {
  if (token && now < token.staleAt) return now < token.expiringAt ? 'valid' : 'expiring';
  if (!hydrated && (atServer || !credentials)) return 'unhydrated';
  if (missing.length > 0) return 'not-configured';
  // A refresh that failed while the token was still good says nothing about a fetch after it.
  if (error && (!token || errorAt >= token.staleAt)) return 'failed';
  return token ? 'expired' : 'missing';
}

const publicParts = new WeakMap<WorkerTokenCredentials, PublicWorkerCredentials>();

function publicPartOf(credentials: WorkerTokenCredentials): PublicWorkerCredentials {
  const known = publicParts.get(credentials);
  if (known) return known;
  const part = Object.freeze({
    environmentId: credentials.environmentId,
    clientId: credentials.clientId,
    hasSecret: credentials.clientSecret !== '',
    scopes: Object.freeze([...(credentials.scopes ?? [])]),
    region: credentials.region,
    tokenEndpointAuthMethod: credentials.tokenEndpointAuthMethod,
  });
  publicParts.set(credentials, part);
  return part;
}
