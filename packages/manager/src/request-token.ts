/**
 * One fetch from the network: the address checked, then attempts with one deadline over all of them, then a token with a
 * deadline of its own. Where the token is kept is left to others.
 */
import type { Clock, StoredToken, WorkerTokenCredentials } from '@worker-token/storage';
import { copyOf } from './credentials.js';
import { type Deadline, withDeadline } from './deadline.js';
import { WorkerTokenError } from './errors.js';
import { expiryOf } from './expiry.js';
import { secretsOf } from './redact.js';
import { type RetryPolicy, withRetry } from './retry.js';
import { tokenEndpointOf } from './token-endpoint.js';
import type { TokenResponse, TokenSource } from './types/token-source.js';
import { wrapped } from './wrap-error.js';

export interface TokenRequester {
  /**
   * @param outer Ends it from outside; then it rejects with `aborted`.
   * @param onWait Told before each wait between attempts.
   */
  (wish: TokenWish, outer: AbortSignal, onWait?: (ms: number) => void): Promise<StoredToken>;
}

export interface TokenWish {
  credentials: WorkerTokenCredentials;
  /** Of the credentials; goes into the token. */
  fingerprint: string;
  /** One from a cache on the way will not do. */
  forceRefresh: boolean;
}

export interface RequesterOptions {
  source: TokenSource;
  fetch: typeof fetch;
  clock: Clock;
  retry: RetryPolicy;
  /** Milliseconds over everything. */
  deadlineMs: number;
  allowedTokenHosts: readonly string[];
}

export function createTokenRequester(options: RequesterOptions): TokenRequester {
  const { source, clock, retry, deadlineMs, allowedTokenHosts } = options;
  const now = () => clock.now();

  return async ({ credentials, fingerprint, forceRefresh }, outer, onWait) => {
    const tokenEndpoint = tokenEndpointOf(credentials, source.viaServer ? undefined : allowedTokenHosts);
    const attempt = async ({ signal }: Deadline): Promise<StoredToken> => {
      const requestedAt = now();
      const response = await source({
        credentials: copyOf(credentials),
        tokenEndpoint,
        signal,
        fetch: options.fetch,
        clock,
        ...(forceRefresh ? { forceRefresh } : {}),
      });
      return toStoredToken(response, fingerprint, { requestedAt, receivedAt: now(), deadlineMs });
    };
    let deadline: Deadline | undefined;
    const clean = (error: unknown) =>
      wrapped(error, {
        timedOut: deadline?.passed ?? false,
        aborted: outer.aborted,
        deadlineMs,
        secrets: secretsOf(credentials),
      });
    try {
      return await withDeadline(deadlineMs, now, outer, (theDeadline) => {
        deadline = theDeadline;
        const limits = { signal: theDeadline.signal, left: theDeadline.left, ...(onWait ? { onWait } : {}) };
        const cleanAttempt = () =>
          attempt(theDeadline).catch((error: unknown) => {
            throw clean(error);
          });
        return withRetry(cleanAttempt, retry, limits);
      });
    } catch (error) {
      throw clean(error);
    }
  };
}

function toStoredToken(
  response: TokenResponse,
  fingerprint: string,
  times: { requestedAt: number; receivedAt: number; deadlineMs: number },
): StoredToken {
  const token: unknown = (response as Partial<TokenResponse> | null | undefined)?.access_token;
  if (typeof token !== 'string' || token === '') {
    throw new WorkerTokenError('malformed-response', 'Expected an access_token from the token source, as a text.');
  }
  const { receivedAt } = times;
  const took = receivedAt - times.requestedAt;
  // More than the deadline, or less than nothing: the clock was moved in between, and only the later reading counts.
  const requestedAt = took >= 0 && took <= times.deadlineMs ? times.requestedAt : receivedAt;
  const expiresAt = expiryOf(response, requestedAt, receivedAt);
  if (expiresAt <= receivedAt) {
    throw new WorkerTokenError('malformed-response', 'The token had expired before it arrived.');
  }
  return {
    accessToken: token,
    tokenType: response.token_type || 'Bearer',
    expiresAt,
    obtainedAt: requestedAt,
    fingerprint,
    ...(response.scope ? { scope: response.scope } : {}),
  };
}
