/**
 * The error bodies of the management API: `{ id, code, message, details }`. Which situation gets which one is decided elsewhere.
 */
import { randomUUID } from 'node:crypto';

export interface PlatformErrorDetail {
  code: string;
  target?: string;
  message: string;
  innerError?: Record<string, unknown>;
}

/** Thrown by the routes of the management API, turned into an answer in `api/api.ts`. */
export class PlatformError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details?: PlatformErrorDetail[],
  ) {
    super(message);
    this.name = 'PlatformError';
  }

  toResponse(headers: Record<string, string> = {}): Response {
    const body = {
      id: randomUUID(),
      code: this.code,
      message: this.message,
      ...(this.details ? { details: this.details } : {}),
    };
    return Response.json(body, { status: this.status, headers });
  }
}

const NO_ACCESS = 'The request could not be completed. You do not have access to this resource.';
const INVALID = 'The request could not be completed. One or more validation errors were in the request.';

export function invalidToken(): PlatformError {
  const message = 'The access token is missing, invalid or expired.';
  return new PlatformError(401, 'ACCESS_FAILED', NO_ACCESS, [{ code: 'INVALID_TOKEN', message }]);
}

export function insufficientPermissions(): PlatformError {
  const message = 'The actor does not have the permissions that this operation needs.';
  return new PlatformError(403, 'ACCESS_FAILED', NO_ACCESS, [{ code: 'INSUFFICIENT_PERMISSIONS', message }]);
}

export function notFound(): PlatformError {
  return new PlatformError(
    404,
    'NOT_FOUND',
    'The request could not be completed. The requested resource was not found.',
  );
}

export function invalidData(detail: PlatformErrorDetail): PlatformError {
  return new PlatformError(400, 'INVALID_DATA', INVALID, [detail]);
}

export function requestLimited(): PlatformError {
  const detail = { code: 'LIMIT_EXCEEDED', message: 'Too many requests.' };
  return new PlatformError(429, 'REQUEST_LIMITED', 'The request could not be completed. Too many requests.', [detail]);
}

/** The body for a bare status, as an injected fault needs it. */
export function platformErrorOfStatus(status: number): PlatformError {
  if (status === 401) return invalidToken();
  if (status === 403) return insufficientPermissions();
  if (status === 404) return notFound();
  if (status === 429) return requestLimited();
  if (status === 400) return invalidData({ code: 'INVALID_VALUE', message: 'A value in the request is not valid.' });
  return new PlatformError(status, 'UNEXPECTED_ERROR', 'An unexpected error occurred.');
}
