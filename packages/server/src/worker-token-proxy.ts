/**
 * The management API on the page's own origin: the request goes on with the server's token, and neither secret nor token ever reach a
 * browser. What may be asked for is a list; where it goes is the region's host.
 */
import type { WorkerTokenManager } from '@worker-token/manager';
import { ServerOptionError } from './errors.js';
import { textAnswer } from './json-answer.js';
import { askingManager } from './manager-refusal.js';
import { REQUESTED_WITH } from './origin-check.js';
import { forwardedNames, headersForPage, headersForPingOne } from './proxy-headers.js';
import { type AllowedRequest, proxyPathsOf } from './proxy-path.js';
import { assertJson, isJson, readRequest, readUpTo } from './read-body.js';
import { Refusal } from './refusal.js';
import { apiBasesOf } from './region-addresses.js';
import { type Admitted, createRoute } from './route.js';
import type { RegionAddresses, RouteHandler, RouteOptions } from './types.js';

/** What the proxy needs of a manager. */
export type FetchingManager = Pick<WorkerTokenManager, 'fetch' | 'loadCredentials'>;

export interface WorkerTokenProxyOptions extends RouteOptions {
  /** Has the server's credentials; their region decides the host. */
  manager: FetchingManager;
  /** What may be asked for, and nothing else. */
  allow: readonly AllowedRequest[];
  /** Where the proxy is mounted; what comes after it is PingOne's path. Default `/api/pingone`. */
  basePath?: string;
  /**
   * Bases instead of `https://api.pingone.<tld>`: `{ NA: 'http://127.0.0.1:4010/api/na' }`. The manager must allow the host
   * (`allowedApiHosts`).
   */
  apiHosts?: RegionAddresses;
  /** Headers of the request that pass, besides `Accept`, `Content-Type` and PingOne's external ids. Default none. */
  forwardHeaders?: readonly string[];
  /** The origin under which pages see this server, for links in answers. Default: that of the request. */
  publicOrigin?: string;
  /** Largest answer that is passed on, in bytes. Default 8 MiB. */
  maxAnswerBytes?: number;
}

const NAME = 'the proxy';

/**
 * Every request needs the header `X-Requested-With: worker-token`. Answers what PingOne answers, if it is JSON, with the links of it led
 * back here; redirects are not followed. Its own refusals are `{ error, error_description }`, see docs/errors.md. Defaults: 600 requests
 * a minute and session, 64 KiB, 20 s.
 *
 * @throws ServerOptionError for an option that is missing or cannot be.
 */
export function createWorkerTokenProxy(options: WorkerTokenProxyOptions): RouteHandler {
  const { manager, logger, publicOrigin, maxAnswerBytes = 8 * 1024 * 1024 } = options;
  if (!manager) throw new ServerOptionError('Expected manager, which has the credentials of this server; got none.');
  const basePath = mountOf(options.basePath ?? '/api/pingone');
  const assertAllowed = proxyPathsOf(options.allow);
  const forwarded = forwardedNames(options.forwardHeaders);
  const apiBase = apiBasesOf(options.apiHosts);

  async function answer(admitted: Admitted): Promise<Response> {
    const { request, deadline } = admitted;
    const url = new URL(request.url);
    const path = pathBelow(basePath, url);
    assertAllowed(request.method, path, url.searchParams);
    const body = await bodyOf(admitted);
    return askingManager(NAME, logger, async () => {
      const credentials = await manager.loadCredentials();
      if (!credentials) throw new Refusal(503, 'not_configured', 'This server has no worker credentials yet.');
      const base = apiBase(credentials.region);
      const response = await manager
        .fetch(`${base}${path}${url.search}`, {
          method: request.method,
          headers: headersForPingOne(request.headers, forwarded),
          redirect: 'manual',
          signal: deadline.signal,
          ...(body ? { body } : {}),
        })
        .catch(orUnreachable);
      const text = await textOf(response, maxAnswerBytes, deadline);
      const links = ledBack(text, base, `${publicOrigin ?? url.origin}${basePath}`);
      return textAnswer(response.status, links, headersForPage(response.headers));
    });
  }

  return createRoute(options, {
    name: NAME,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    header: REQUESTED_WITH,
    defaults: { requests: 600, maxBodyBytes: 64 * 1024, timeoutMs: 20_000 },
    answer,
  });
}

function mountOf(basePath: string): string {
  if (/^(\/[\w.~-]+)*$/.test(basePath)) return basePath;
  throw new ServerOptionError(`Expected basePath to be empty or such as /api/pingone; got ${basePath}.`);
}

function pathBelow(basePath: string, { pathname }: URL): string {
  if (pathname.startsWith(`${basePath}/`)) return pathname.slice(basePath.length);
  throw new Refusal(404, 'not_found', 'This path is not one that may be asked for here.');
}

async function bodyOf({ request, maxBodyBytes, deadline }: Admitted): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await readRequest(request, maxBodyBytes, deadline);
  if (bytes.byteLength === 0) return undefined;
  assertJson(request.headers);
  return bytes;
}

/** A gateway's page, passed on, would be a page of this origin. */
async function textOf(response: Response, limit: number, deadline: Admitted['deadline']): Promise<string> {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    throw new Refusal(502, 'bad_gateway', 'PingOne answered with a redirect, which is not followed.');
  }
  const bytes = await readUpTo(limit, response, deadline).catch(orUnreachable);
  if (!bytes) throw new Refusal(502, 'bad_gateway', 'PingOne answered with more than is passed on here.');
  if (bytes.byteLength === 0) return '';
  if (!isJson(response.headers)) throw new Refusal(502, 'bad_gateway', 'PingOne did not answer with JSON.');
  return new TextDecoder().decode(bytes);
}

/** Links are the only addresses that a page follows; inside a text of JSON the quotes of `"href"` would be escaped. */
function ledBack(text: string, base: string, here: string): string {
  return text.replace(/("href"\s*:\s*")([^"\\]*)/g, (whole, before: string, address: string) =>
    address.startsWith(`${base}/`) ? before + here + address.slice(base.length) : whole,
  );
}

/** A connection that breaks is a `TypeError` of `fetch`; everything else has a name already. */
function orUnreachable(error: unknown): never {
  if (!(error instanceof TypeError)) throw error;
  throw new Refusal(502, 'bad_gateway', 'PingOne cannot be reached from this server.');
}
