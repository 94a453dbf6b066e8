/**
 * Mounts a route in Node's `http`, and in everything made of it: Express, Connect, Fastify's raw requests. A listener of our own, and not
 * `getRequestListener` of `@hono/node-server`, because it must take a body that Express has already read, refuse targets that are no
 * path before anybody interprets them, and let go of senders that never finish; it also saves a dependency.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalAnswer } from './json-answer.js';
import { type NodeRequest, toRequest } from './node-request.js';
import { Refusal } from './refusal.js';
import type { RouteHandler } from './types.js';

/** For `http.createServer(listener)`, `app.use(path, listener)`, `app.all(path, listener)`. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** So long may somebody go on sending what nobody reads, after the answer. Milliseconds. */
const LINGER_MS = 1_000;

/** Never throws, and answers every request; when the sender goes, the request's signal is aborted. */
export function toNodeListener(route: RouteHandler): NodeListener {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => outgoing.writableFinished || gone.abort());
    void respond(route, incoming, outgoing, gone.signal).catch(() => outgoing.destroy());
  };
}

async function respond(
  route: RouteHandler,
  incoming: NodeRequest,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const request = toRequest(incoming, signal);
  const response = await (request ? route(request) : refusalAnswer(notAsked()));
  const body = Buffer.from(await response.arrayBuffer());
  if (outgoing.destroyed) return;
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  outgoing.once('finish', () => letGo(incoming));
  outgoing.end(body.length > 0 ? body : undefined);
}

/** What was not read must not hold up the next request; destroying the connection at once would also destroy the answer on its way. */
function letGo(incoming: IncomingMessage): void {
  if (incoming.destroyed) return;
  incoming.resume();
  if (incoming.complete) return;
  const timer = setTimeout(() => incoming.complete || incoming.destroy(), LINGER_MS);
  incoming.once('close', () => clearTimeout(timer));
}

function notAsked(): Refusal {
  return new Refusal(400, 'invalid_request', 'Expected a request for a path of this host, with one Host header.');
}
