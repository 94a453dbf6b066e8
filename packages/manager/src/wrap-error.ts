/** Makes one WorkerTokenError of whatever a token source throws, once, with nothing secret in it. */
import { isWorkerTokenError, WorkerTokenError } from './errors.js';
import { redact } from './redact.js';

export interface WrapContext {
  /** The deadline has passed. */
  timedOut: boolean;
  /** The work was ended from outside. */
  aborted: boolean;
  deadlineMs: number;
  /** What must not stand in the message. */
  secrets: readonly string[];
}

/** The original is not kept as `cause`: errors of HTTP clients carry the request, and with it the secret. */
export function wrapped(error: unknown, context: WrapContext): WorkerTokenError {
  if (context.timedOut) {
    return new WorkerTokenError('timeout', `No token within ${context.deadlineMs} ms.`, { retryable: true });
  }
  if (context.aborted) return new WorkerTokenError('aborted', 'The request was overtaken by a change or ended.');
  if (isWorkerTokenError(error)) return cleaned(error, context.secrets);
  const text = error instanceof Error ? `${error.name}: ${redact(error.message, context.secrets)}` : 'unknown';
  if (isNetworkError(error)) {
    return new WorkerTokenError('cors-or-network', `The token endpoint could not be reached (${text}).`, {
      retryable: true,
    });
  }
  return new WorkerTokenError('server', `The token source failed (${text}).`);
}

/** `fetch` rejects with a TypeError for everything that is not an answer; streams break with an AbortError or a NetworkError. */
function isNetworkError(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    ['AbortError', 'NetworkError'].includes(error.name) ||
    (typeof code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(code))
  );
}

/** The server's words may repeat what it was sent. */
function cleaned(error: WorkerTokenError, secrets: readonly string[]): WorkerTokenError {
  const message = redact(error.message, secrets);
  const oauthError = error.oauthError && redact(error.oauthError, secrets);
  const correlationId = error.correlationId && redact(error.correlationId, secrets);
  if (message === error.message && oauthError === error.oauthError && correlationId === error.correlationId)
    return error;
  const { kind, status, retryAfterMs, retryable } = error;
  const copy = new WorkerTokenError(kind, '', { status, oauthError, correlationId, retryAfterMs, retryable });
  copy.message = message;
  return copy;
}
