/**
 * `/api/pingone/v1/…`: the management API on the page's own origin. The page brings the token and names the region in
 * `X-PingOne-Region`; this adds nothing and keeps nothing. Links in answers are turned back to this origin, so that a page that follows
 * them stays on it. Server code.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { regionOf } from './regions.mjs';

const TIMEOUT_MS = 15_000;
const MAX_BODY_BYTES = 64 * 1024;
const REQUEST_HEADERS = ['accept', 'authorization', 'content-type', 'x-ping-external-transaction-id'];
const RESPONSE_HEADERS = ['content-type', 'retry-after', 'date', 'x-ping-external-transaction-id'];

/** @param {import('./upstream.mjs').Upstream} upstream */
export function pingOnePassThrough(upstream) {
  const route = new Hono();
  route.all('/v1/*', bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const region = regionOf(context.req.header('x-pingone-region'));
    if (region === undefined) return context.json({ code: 'INVALID_REQUEST', message: 'Unknown region' }, 400);
    const { pathname, search, origin } = new URL(context.req.url);
    const path = pathname.slice(pathname.indexOf('/v1/') + '/v1'.length);
    const base = upstream.apiBase(region);
    try {
      const response = await upstream.fetch(`${base}${path}${search}`, await outgoing(context.req.raw));
      const text = (await response.text()).replaceAll(base, `${origin}/api/pingone/v1`);
      return new Response(text || null, {
        status: response.status,
        headers: picked(response.headers, RESPONSE_HEADERS),
      });
    } catch {
      return context.json({ code: 'BAD_GATEWAY', message: 'PingOne could not be reached' }, 502);
    }
  });
  return route;
}

async function outgoing(request) {
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return {
    method: request.method,
    headers: picked(request.headers, REQUEST_HEADERS),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(hasBody ? { body: await request.text() } : {}),
  };
}

function picked(headers, names) {
  const kept = new Headers({ 'cache-control': 'no-store' });
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}
