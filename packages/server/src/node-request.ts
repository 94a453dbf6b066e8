/**
 * Makes a `Request` of what Node's `http` gives, and trusts none of it: no `X-Forwarded-*`, no address other than a path of this host.
 * Undefined: it is no request that a route could be asked.
 */
import type { IncomingMessage } from 'node:http';
import { bodyStream } from './node-body.js';

/** As it came, or as middleware such as Express left it: mounted below a path, its body read. */
export type NodeRequest = IncomingMessage & { originalUrl?: string; body?: unknown };

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

export function toRequest(incoming: NodeRequest, signal: AbortSignal): Request | undefined {
  const address = addressOf(incoming);
  if (!address) return undefined;
  const method = incoming.method ?? 'GET';
  try {
    return new Request(address, { method, headers: headersOf(incoming), signal, ...bodyOf(incoming, method) });
  } catch {
    // TRACE and CONNECT, or a header that may not be.
    return undefined;
  }
}

/** A second `Host`, or a target such as `http://elsewhere/`, could make two readers see two requests (RFC 9112, section 11.2). */
function addressOf(incoming: NodeRequest): string | undefined {
  const target = incoming.originalUrl ?? incoming.url ?? '';
  const hosts = headerValues(incoming, 'host').concat(headerValues(incoming, ':authority'));
  const [host = '', ...more] = hosts;
  if (!target.startsWith('/') || !HOST.test(host) || more.some((other) => other !== host)) return undefined;
  const isEncrypted = 'encrypted' in incoming.socket && incoming.socket.encrypted === true;
  const address = `${isEncrypted ? 'https' : 'http'}://${host}${target}`;
  return URL.canParse(address) ? address : undefined;
}

function headerValues({ rawHeaders }: NodeRequest, name: string): string[] {
  return rawHeaders.flatMap((value, i) => (i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name ? [value] : []));
}

function headersOf({ rawHeaders }: NodeRequest): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (!name.startsWith(':')) headers.append(name, rawHeaders[i + 1] ?? '');
  }
  return headers;
}

function bodyOf(incoming: NodeRequest, method: string): RequestInit {
  if (method === 'GET' || method === 'HEAD') return {};
  const { body } = incoming;
  if (body !== undefined && incoming.readableEnded) return { body: typeof body === 'string' ? body : asBytes(body) };
  return { body: bodyStream(incoming), duplex: 'half' } as RequestInit;
}

/** What a body parser has made of it. */
function asBytes(body: unknown): string | Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body);
}
