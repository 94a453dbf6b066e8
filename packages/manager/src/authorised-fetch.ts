/** `fetch` with the worker token: only to where it may go, and once more with a new token when the API calls the old one invalid. */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import { REGIONS } from '@worker-token/storage/regions';
import { WorkerTokenError } from './errors.js';
import { globals } from './globals.js';
import { isAllowedHost, isSafeAddress, parseAddress } from './hosts.js';
import type { GetWorkerTokenOptions } from './types/manager.js';
import { sleep } from './wait.js';

export interface AuthorisedFetchParts {
  /** After storage was read. */
  credentials: () => Promise<WorkerTokenCredentials | null>;
  getWorkerToken: (options: GetWorkerTokenOptions) => Promise<string>;
  invalidateToken: (token: string) => Promise<void>;
  /** Milliseconds since this token was fetched; undefined: it is no longer held. */
  ageOf: (token: string) => number | undefined;
  allowedApiHosts: readonly string[];
  fetch: typeof fetch;
}

/** A token may be so young that the API has not heard of it yet. Milliseconds: until when, and the waits before it is shown again. */
const YOUNG_MS = 5_000;
const PATIENCE_MS = [500, 1_500];

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
    let response = await send(input, init, token);
    for (const ms of PATIENCE_MS) {
      if (!(await isRefused(response, init)) || !isYoung(token)) break;
      await response.body?.cancel();
      await sleep(ms, signal);
      response = await send(input, init, token);
    }
    if (!(await isRefused(response, init))) return response;
    await invalidateToken(token);
    await response.body?.cancel();
    return send(input, init, await getWorkerToken(wait));
  };

  function isYoung(token: string): boolean {
    const age = parts.ageOf(token);
    return age !== undefined && age >= 0 && age < YOUNG_MS;
  }
}

/** The API calls the token invalid, and the request can be sent again. */
async function isRefused(response: Response, init: RequestInit): Promise<boolean> {
  return response.status === 401 && isRepeatable(init) && saysInvalidToken(response);
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
