/**
 * Runs a Node request listener on a fetch `Request`, without a socket: the authorization server speaks Node, the simulator speaks fetch.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** What the listener gets to see. */
export interface NodeExchange {
  method: string;
  /** The address as the client sees it. */
  url: URL;
  /** The path that the listener routes by; the end of the address's path. */
  path: string;
  headers: Headers;
  body: string;
}

export async function runNodeListener(listener: Listener, exchange: NodeExchange): Promise<Response> {
  const incoming = incomingOf(exchange);
  const outgoing = new CapturedResponse(incoming);
  await listener(incoming, outgoing);
  return outgoing.toResponse();
}

function incomingOf({ method, url, path, headers, body }: NodeExchange): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  const bytes = Buffer.from(body);
  incoming.method = method;
  incoming.url = path;
  incoming.headers = {
    ...Object.fromEntries(headers),
    host: url.host,
    ...(bytes.length > 0 ? { 'content-length': String(bytes.length) } : {}),
  };
  delete incoming.headers['transfer-encoding'];
  Object.assign(incoming, { originalUrl: url.pathname });
  if (bytes.length > 0) incoming.push(bytes);
  incoming.push(null);
  return incoming;
}

class CapturedResponse extends ServerResponse {
  #body = '';

  override end(...[chunk]: unknown[]): this {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) this.#body += chunk.toString();
    this.emit('finish');
    return this;
  }

  toResponse(): Response {
    const headers = new Headers();
    for (const [name, value] of Object.entries(this.getHeaders())) headers.set(name, String(value));
    headers.delete('content-length');
    return new Response(this.#body, { status: this.statusCode, headers });
  }
}
