/**
 * From a token response to a deadline by this device's clock. Odd `expires_in` values are normalised here, so that no token
 * lives for ever and none is fetched on every call.
 */
import { WorkerTokenError } from './errors.js';
import type { TokenResponse } from './types/token-source.js';

/** For tokens that say nothing usable about their life. Never an hour: that would be a guess in the dangerous direction. */
export const DEFAULT_LIFE_MS = 60_000;

/**
 * @param requestedAt When the request was sent, in milliseconds since 1970. The life counts from here: the earliest moment
 *   at which the server can have started it.
 * @param receivedAt When the answer was there, in milliseconds since 1970; compared with the answer's own date for the skew.
 * @returns Milliseconds since 1970.
 * @throws WorkerTokenError `malformed-response` for a life of zero or less.
 */
export function expiryOf(response: TokenResponse, requestedAt: number, receivedAt: number): number {
  const seconds = toSeconds(response.expires_in);
  if (seconds !== undefined) return requestedAt + checkedLife(seconds * 1000);
  const exp = expiryClaimOf(response.access_token);
  if (exp === undefined) return requestedAt + DEFAULT_LIFE_MS;
  const skew = response.serverDate === undefined ? 0 : skewOf(response.serverDate, requestedAt, receivedAt);
  return receivedAt + checkedLife(exp * 1000 - skew - receivedAt);
}

/** Numbers and numeric text; anything else is unusable. */
function toSeconds(value: TokenResponse['expires_in']): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function checkedLife(ms: number): number {
  if (ms > 0) return ms;
  throw new WorkerTokenError(
    'malformed-response',
    'Expected a token that is still valid; the answer says that it has expired.',
  );
}

/** `exp` of a JWT, in seconds since 1970. Read as a hint, never verified: the API does that. */
function expiryClaimOf(accessToken: string): number | undefined {
  const payload = accessToken.split('.')[1];
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const exp = (claims as { exp?: unknown } | null)?.exp;
    return typeof exp === 'number' && Number.isFinite(exp) ? exp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * How far the server's clock is ahead of this one, in milliseconds. A `Date` header has whole seconds, and its answer was
 * written some time between request and arrival: a difference that these explain is none.
 */
function skewOf(serverDate: number, requestedAt: number, receivedAt: number): number {
  if (serverDate + 999 < requestedAt) return serverDate + 999 - requestedAt;
  return serverDate > receivedAt ? serverDate - receivedAt : 0;
}
