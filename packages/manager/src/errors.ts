/**
 * The one error of this package: what went wrong, and what the reader can do about it. Texts that come from outside are
 * cleaned before they get here (see redact.ts).
 */

/** What kind of thing went wrong; stable, for programs. */
export type WorkerTokenErrorKind =
  | 'not-configured'
  | 'invalid-credentials'
  | 'invalid-client'
  | 'unauthorized-client'
  | 'invalid-request'
  | 'environment-not-found'
  | 'rate-limited'
  | 'cors-or-network'
  | 'timeout'
  | 'server'
  | 'malformed-response'
  | 'storage'
  | 'aborted';

export interface WorkerTokenErrorFacts {
  /** HTTP status, where there was an answer. */
  status?: number | undefined;
  /** `error` of the answer (RFC 6749, section 5.2). */
  oauthError?: string | undefined;
  /** PingOne's handle for its support. */
  correlationId?: string | undefined;
  /** How long the server asked to wait, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** Trying again may help without anybody changing anything. Default false. */
  retryable?: boolean | undefined;
  /** What to do, where it is something else than usual with this kind; stands at the end of the message. */
  advice?: string | undefined;
}

const ADVICE: Record<WorkerTokenErrorKind, string> = {
  'not-configured': 'Save environment id, client id and client secret first, with saveCredentials().',
  'invalid-credentials': 'Correct the credentials and save them again.',
  'invalid-client': 'Check client id, client secret and the authentication method of the worker app.',
  'unauthorized-client': 'Enable the client-credentials grant for this app; use an app of type Worker.',
  'invalid-request': 'Check scopes and authentication method; a worker app needs no scopes.',
  'environment-not-found': 'Check environment id and region.',
  'rate-limited': 'Wait, then try again.',
  'cors-or-network': 'Check the connection; a browser may also be refused by CORS, then use proxyTokenSource().',
  timeout: 'Check the connection and try again, or raise deadlineMs.',
  server: 'The token endpoint has a problem; try again later.',
  'malformed-response':
    'Check that the address is the token endpoint and nothing (a portal, a proxy) answers in its place.',
  storage: 'The browser refuses to store; check free space and privacy settings.',
  aborted: 'The wait was ended by its caller, or the manager was disposed of.',
};

/**
 * Thrown by every method that can fail. Branch on `kind`; show `message`. It never holds a secret, a token, or a part of one.
 */
export class WorkerTokenError extends Error {
  override readonly name = 'WorkerTokenError';
  readonly kind: WorkerTokenErrorKind;
  /** The same as `kind`: all errors of these packages have a `code`. */
  readonly code: WorkerTokenErrorKind;
  readonly status: number | undefined;
  readonly oauthError: string | undefined;
  readonly correlationId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly retryable: boolean;

  constructor(kind: WorkerTokenErrorKind, what: string, facts: WorkerTokenErrorFacts = {}) {
    super(`${what} ${facts.advice ?? ADVICE[kind]}`);
    this.kind = kind;
    this.code = kind;
    this.status = facts.status;
    this.oauthError = facts.oauthError;
    this.correlationId = facts.correlationId;
    this.retryAfterMs = facts.retryAfterMs;
    this.retryable = facts.retryable ?? false;
  }
}

/** Also true for an error of a second copy of this package. */
export function isWorkerTokenError(error: unknown): error is WorkerTokenError {
  return error instanceof Error && error.name === 'WorkerTokenError' && 'kind' in error;
}
