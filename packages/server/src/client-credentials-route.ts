/**
 * `POST /api/client-credentials`, as pages that are not migrated yet ask it: with the worker app's secret in the body. It keeps them
 * working; it does not keep the secret from the browser. PingOne's own answers, errors included, are passed on as they came.
 */
import { isWorkerTokenError } from '@worker-token/manager';
import { requestToken } from '@worker-token/manager/grant';
import { readTokenAsk, type TokenAsk } from './client-credentials-request.js';
import { jsonAnswer, textAnswer } from './json-answer.js';
import { readJson, readUpTo } from './read-body.js';
import { Refusal } from './refusal.js';
import { tokenEndpointsOf } from './region-addresses.js';
import { type Admitted, createRoute } from './route.js';
import type { RegionAddresses, RouteHandler, RouteOptions } from './types.js';

export interface ClientCredentialsRouteOptions extends RouteOptions {
  /**
   * Token endpoints instead of PingOne's: a base, `{ NA: 'http://127.0.0.1:4010/auth/na' }`, or the whole endpoint of a custom domain,
   * `{ NA: 'https://login.example.com/as/token' }`.
   */
  authHosts?: RegionAddresses;
  /** Add `server_timestamp` and `grant_type` to a token, as the old routes did. Default true. */
  compat?: boolean;
  /** Default: the global one. */
  fetch?: typeof fetch;
}

const UNUSABLE_KEY = 'client_secret must be a private key as PKCS #8 PEM or JWK for private_key_jwt';
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Of PingOne's headers: when it may be asked again, and what its clock says. */
const PASSED_ON = ['date', 'retry-after'] as const;

/** An answer of the token endpoint with its body read. */
interface Upstream {
  response: Response;
  text: string;
}

/**
 * Takes JSON alone, which forms of other sites cannot send, in all three forms. Defaults: 30 requests a minute and session, 16 KiB, 10 s.
 *
 * @throws ServerOptionError for an option that is missing or cannot be.
 */
export function createClientCredentialsRoute(options: ClientCredentialsRouteOptions): RouteHandler {
  const { compat = true, clock = Date } = options;
  const doFetch: typeof fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  const endpointOf = tokenEndpointsOf(options.authHosts);

  async function answer({ request, maxBodyBytes, deadline }: Admitted): Promise<Response> {
    const ask = readTokenAsk(await readJson(request, maxBodyBytes, deadline));
    const endpoint = endpointOf(ask.region, ask.environmentId);
    let upstream: Upstream | undefined;
    const recordingFetch: typeof fetch = async (url, init) => {
      const response = await doFetch(url, { ...init, redirect: 'manual', signal: deadline.signal });
      upstream = { response, text: await textOf(response, deadline) };
      return new Response(upstream.text || null, response);
    };
    try {
      await send(ask, endpoint, { fetch: recordingFetch, signal: deadline.signal, clock });
    } catch (error) {
      if (error instanceof Refusal) throw error;
      // Otherwise PingOne has said what is wrong, and says it to the page.
      if (!upstream) throw isUnusable(error) ? new Refusal(400, 'invalid_request', UNUSABLE_KEY) : badGateway();
    }
    return passedOn(upstream, compat, clock.now());
  }

  return createRoute(options, {
    name: 'the client-credentials route',
    methods: ['POST'],
    defaults: { requests: 30, maxBodyBytes: 16 * 1024, timeoutMs: 10_000 },
    answer,
  });
}

type Sending = Pick<Parameters<typeof requestToken>[0], 'fetch' | 'signal' | 'clock'>;

async function send(ask: TokenAsk, tokenEndpoint: string, sending: Sending): Promise<void> {
  if (ask.kind === 'credentials') {
    const { region, environmentId } = ask;
    await requestToken({ ...sending, tokenEndpoint, credentials: { ...ask.credentials, region, environmentId } });
    return;
  }
  await sending.fetch(tokenEndpoint, {
    method: 'POST',
    headers: {
      ...ask.headers,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body: new URLSearchParams(ask.form).toString(),
  });
}

async function textOf(response: Response, deadline: Admitted['deadline']): Promise<string> {
  const bytes = await readUpTo(MAX_ANSWER_BYTES, response, deadline);
  if (!bytes) throw badGateway();
  return new TextDecoder().decode(bytes);
}

function passedOn(upstream: Upstream | undefined, compat: boolean, now: number): Response {
  const { response, text } = upstream ?? { response: undefined, text: '' };
  const json = parseObject(text);
  if (!response || !json || (response.status >= 300 && response.status < 400)) throw badGateway();
  const headers = headersOf(response);
  if (!response.ok) return textAnswer(response.status, text, { 'Content-Type': 'application/json', ...headers });
  const extra = { server_timestamp: new Date(now).toISOString(), grant_type: 'client_credentials' };
  return jsonAnswer(200, compat ? { ...json, ...extra } : json, headers);
}

function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])));
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing was sent: with `private_key_jwt` the secret is a key, and this is none. */
function isUnusable(error: unknown): boolean {
  return isWorkerTokenError(error) && error.kind === 'invalid-credentials';
}

function badGateway(): Refusal {
  return new Refusal(502, 'bad_gateway', 'PingOne could not be reached, or did not answer with JSON');
}
