/** The contract of a token source. Whoever writes one needs this file and no other. */
import type { Clock, WorkerTokenCredentials } from '@worker-token/storage';

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
