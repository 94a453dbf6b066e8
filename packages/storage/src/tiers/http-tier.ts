/**
 * Records behind a credential route on a server, which encrypts them at rest. The wire contract is docs/tiers/http.md; the other side
 * of it is `createCredentialRoute` of `@worker-token/server`.
 */
import { InvalidTierOptionsError, StorageUnavailableError } from '../errors.js';
import { environment } from '../environment.js';
import { isObject, parseSafeJson, UnsafeJsonError } from '../safe-json.js';
import type { CompareAndSetResult, StorageTier, TierRecord } from '../types/tier.js';

/** A browser asks the server first before it sends this to another origin: forms and images cannot. */
const CUSTOM_HEADER = { 'X-Worker-Token': '1' } as const;
const MAX_CHARACTERS = 4_000_000;

type PlainInit = { method?: string; headers?: Record<string, string>; body?: string };

export interface HttpTierOptions {
  /** Headers for each request, for example an authorisation. Default none. */
  headers?: () => Record<string, string> | Promise<Record<string, string>>;
  /** Give up after this time, in milliseconds. Default 10 000. */
  timeoutMs?: number;
  /** Cookies: as in `fetch`. Default `same-origin`. */
  credentials?: RequestCredentials;
  /** Default: the global one. */
  fetch?: typeof fetch;
}

/**
 * @param url of the credential route, without a query; absolute, or relative to the page. `https:`, but for the loopback.
 * @throws InvalidTierOptionsError for another address.
 */
export function httpTier(url: string, options: HttpTierOptions = {}): StorageTier {
  const { timeoutMs = 10_000, credentials = 'same-origin' } = options;
  const base = routeOf(url);

  async function request(path: string, init: PlainInit = {}): Promise<{ status: number; body: unknown }> {
    const response = await (options.fetch ?? fetch)(base + path, {
      ...init,
      headers: { Accept: 'application/json', ...CUSTOM_HEADER, ...(await options.headers?.()), ...init.headers },
      credentials,
      cache: 'no-store',
      // Not to another address: records would go there.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: parseBody(await response.text()) };
  }

  async function list(query: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await request(query);
    if (status !== 200 || !isObject(body) || !Array.isArray(body['records'])) throw unexpected(status);
    return body['records'].filter(isObject);
  }

  async function entries(prefix: string): Promise<[string, TierRecord][]> {
    const records = await list(`?prefix=${encodeURIComponent(prefix)}`);
    return records.flatMap((item): [string, TierRecord][] => {
      const { key } = item;
      const record = toRecord(item);
      return typeof key === 'string' && key.startsWith(prefix) && record.text !== null ? [[key, record]] : [];
    });
  }

  return {
    name: 'http',
    source: 'server',
    durable: true,
    atomic: true,
    encryptsItself: true,
    async get(key) {
      const { status, body } = await request(`/${encodeURIComponent(key)}`);
      if (status === 404) return null;
      if (status !== 200 || !isObject(body)) throw unexpected(status);
      return toRecord(body);
    },
    async compareAndSet(key, expectedRevision, { revision, text }): Promise<CompareAndSetResult> {
      const { status, body } = await request(`/${encodeURIComponent(key)}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ expectedRevision, revision, text }),
      });
      if (status === 204 || status === 200) return { ok: true };
      if (status === 409 && isObject(body)) return { ok: false, revision: revisionOf(body['revision']) };
      throw unexpected(status);
    },
    keys: async (prefix) => (await entries(prefix)).map(([key]) => key),
    entries,
  };
}

function routeOf(url: string): string {
  const origin = environment.location?.origin;
  const absolute = URL.canParse(url, origin) ? new URL(url, origin) : null;
  const isLoopback = absolute !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(absolute.hostname);
  const isSafe = absolute?.protocol === 'https:' || (absolute?.protocol === 'http:' && isLoopback);
  if (!absolute || !isSafe || absolute.search || absolute.hash || absolute.username) {
    throw new InvalidTierOptionsError(
      'Expected the address of the credential route as https: without query, fragment or user (http: on the loopback only).',
    );
  }
  return absolute.href.replace(/\/$/, '');
}

/** Null: no JSON, or more than a record can be. */
function parseBody(text: string): unknown {
  try {
    return text === '' || text.length > MAX_CHARACTERS ? null : parseSafeJson(text);
  } catch (error) {
    if (error instanceof UnsafeJsonError) return null;
    throw error;
  }
}

/** An answer that says something else counts as a damaged record. */
function toRecord({ revision, text }: Record<string, unknown>): TierRecord {
  return { revision: revisionOf(revision) ?? 0, text: typeof text === 'string' || text === null ? text : '' };
}

function revisionOf(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

function unexpected(status: number): StorageUnavailableError {
  const hint = status === 401 || status === 403 ? ': not allowed' : status === 413 ? ': the record is too large' : '';
  return new StorageUnavailableError(`The credential route answered ${status}${hint}.`);
}
