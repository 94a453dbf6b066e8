/** `fetch` with the worker token: only to where it may go, and once more with a new token when the API calls the old one invalid. */
import { REGIONS, type WorkerTokenCredentials } from '@worker-token/storage';
import { WorkerTokenError } from './errors.js';
import { globals } from './globals.js';
import { isAllowedHost, isSafeAddress, parseAddress } from './hosts.js';
import type { GetWorkerTokenOptions } from './types.js';

export interface AuthorisedFetchParts {
  /** After storage was read. */
  credentials: () => Promise<WorkerTokenCredentials | null>;
  getWorkerToken: (options: GetWorkerTokenOptions) => Promise<string>;
  invalidateToken: (token: string) => Promise<void>;
  allowedApiHosts: readonly string[];
  fetch: typeof fetch;
}

type Input = string | URL | Request;

export function createAuthorisedFetch(parts: AuthorisedFetchParts) {
  const { getWorkerToken, invalidateToken, allowedApiHosts } = parts;

  async function send(input: Input, init: RequestInit, token: string): Promise<Response> {
    const headers = new Headers(init.headers ?? (isRequest(input) ? input.headers : undefined));
    headers.set('Authorization', `Bearer ${token}`);
    // A request can be sent once; the original stays for the second try.
    return parts.fetch(isRequest(input) ? input.clone() : input, { ...init, headers });
  }

  return async function authorisedFetch(input: Input, init: RequestInit = {}): Promise<Response> {
    assertMayHaveToken(addressOf(input), await parts.credentials(), allowedApiHosts);
    const signal = init.signal ?? (isRequest(input) ? input.signal : undefined);
    const wait = signal ? { signal } : {};
    const token = await getWorkerToken(wait);
    const response = await send(input, init, token);
    if (response.status !== 401 || !isRepeatable(init) || !(await saysInvalidToken(response))) return response;
    await invalidateToken(token);
    await response.body?.cancel();
    return send(input, init, await getWorkerToken(wait));
  };
}

function assertMayHaveToken(url: URL, credentials: WorkerTokenCredentials | null, allowed: readonly string[]): void {
  if (url.origin !== 'null' && url.origin === globals.location?.origin) return;
  const apiHost = credentials ? [REGIONS[credentials.region].apiHost] : [];
  if (isSafeAddress(url) && isAllowedHost(url, [...apiHost, ...allowed])) return;
  const expected = [...apiHost, ...allowed, 'this origin'].join(', ');
  throw new WorkerTokenError(
    'invalid-request',
    `The token may go to ${expected} by https:, not to ${url.origin}; see allowedApiHosts.`,
  );
}

function addressOf(input: Input): URL {
  const text = isRequest(input) ? input.url : String(input);
  const page = globals.document?.baseURI ?? globals.location?.href;
  const url = parseAddress(text, page);
  if (url) return url;
  throw new WorkerTokenError(
    'invalid-request',
    'Expected an absolute address: there is no page that it could be relative to.',
  );
}

/** Also one of another realm, or of a test's own fetch. */
function isRequest(input: Input): input is Request {
  return typeof input === 'object' && 'url' in input;
}

/** A stream is used up by the first try. */
function isRepeatable({ body }: RequestInit): boolean {
  return typeof ReadableStream === 'undefined' || !(body instanceof ReadableStream);
}

/** PingOne's `INVALID_TOKEN`, or `invalid_token` in the challenge (RFC 6750, section 3.1). */
async function saysInvalidToken(response: Response): Promise<boolean> {
  if (/\binvalid_token\b/.test(response.headers.get('www-authenticate') ?? '')) return true;
  const text = await response
    .clone()
    .text()
    .catch(() => '');
  return /"INVALID_TOKEN"/.test(text);
}
