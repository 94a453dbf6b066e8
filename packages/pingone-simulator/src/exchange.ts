/**
 * One request from beginning to end: recorded, hit by faults, answered by the right part, given the headers that every answer has.
 */
import { randomUUID } from 'node:crypto';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { ApiEnv } from './api/context.js';
import type { FetchHandler } from './control.js';
import { corsHeaders } from './cors.js';
import { faultResponse, truncated } from './fault-response.js';
import type { FaultController } from './faults.js';
import { notFound } from './platform-error.js';
import type { RequestLog } from './request-log.js';
import type { SimulatorState } from './state.js';
import type { TokenEndpoint } from './token/token-endpoint.js';
import type { FaultSpec, NodeBindings, RequestRecord } from './types.js';

export interface Parts {
  state: SimulatorState;
  log: RequestLog;
  faults: FaultController;
  tokenEndpoint: TokenEndpoint;
  api: Hono<ApiEnv>;
  control: FetchHandler | undefined;
  sleep(ms: number): Promise<void>;
}

type Target = RequestRecord['target'];

export async function exchange(parts: Parts, request: Request, bindings: unknown): Promise<Response> {
  const url = new URL(request.url);
  if (parts.control && url.pathname.startsWith('/__simulator/')) return parts.control(request);
  const target = targetOf(url);
  const body = target === 'token' && request.method === 'POST' ? await request.text() : '';
  const record = parts.log.open(request, target, body);
  const preflight = request.method === 'OPTIONS';
  const hits = preflight || target === 'other' ? [] : parts.faults.take(target);
  record.faults = hits.map(({ kind }) => kind);
  await delay(parts, hits);
  if (hits.some(({ kind }) => kind === 'dropConnection')) return drop(bindings);
  const answer = preflight
    ? new Response(null, { status: 204 })
    : await respond(parts, { request, url, target, body, hits });
  record.status = answer.status;
  return dressed(parts.state, request, target, answer);
}

function targetOf({ pathname }: URL): Target {
  if (/^\/auth\/.*\/as\/token$/.test(pathname)) return 'token';
  return pathname.startsWith('/api/') ? 'api' : 'other';
}

async function delay(parts: Parts, hits: readonly FaultSpec[]): Promise<void> {
  const ms = hits.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.ms : 0), 0);
  if (ms > 0) await parts.sleep(ms);
}

interface Received {
  request: Request;
  url: URL;
  target: Target;
  body: string;
  hits: readonly FaultSpec[];
}

async function respond(parts: Parts, { request, url, target, body, hits }: Received): Promise<Response> {
  for (const fault of hits) {
    const answer = target === 'other' ? undefined : faultResponse(fault, target);
    if (answer) return answer;
  }
  const answer = await route(parts, request, url, body);
  return hits.some(({ kind }) => kind === 'truncateJson') ? truncated(answer) : answer;
}

async function route(parts: Parts, request: Request, url: URL, body: string): Promise<Response> {
  if (url.pathname.startsWith('/auth/')) return parts.tokenEndpoint(request, body);
  if (url.pathname.startsWith('/api/')) return parts.api.fetch(request);
  return notFound().toResponse();
}

function dressed(state: SimulatorState, request: Request, target: Target, answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set('date', new Date(state.now()).toUTCString());
  const transaction = request.headers.get('x-ping-external-transaction-id') ?? randomUUID();
  headers.set('x-ping-external-transaction-id', transaction.slice(0, 100));
  if (target === 'token') headers.set('cache-control', 'no-store');
  for (const [name, value] of Object.entries(corsHeaders(state.quirks, target, request))) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}

/** Ends the connection; without a socket, rejects as `fetch` does. */
function drop(bindings: unknown): Response {
  if (!hasSocket(bindings)) throw new TypeError('fetch failed: the simulator dropped the connection');
  bindings.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function hasSocket(bindings: unknown): bindings is NodeBindings {
  return typeof bindings === 'object' && bindings !== null && 'incoming' in bindings && 'outgoing' in bindings;
}
