/**
 * `POST /api/client-credentials`: asks PingOne's token endpoint on behalf of a page, in the page's region. PingOne's answers, errors
 * included, are passed on as they are. It logs nothing: what goes through here is secret. Server code.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { regionOf } from './regions.mjs';
import { readTokenRequest } from './token-request.mjs';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 16 * 1024;

/** @param {import('./upstream.mjs').Upstream} upstream */
export function clientCredentials(upstream) {
  const route = new Hono();
  route.post('/', bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    context.header('Cache-Control', 'no-store');
    const json = await context.req.json().catch(() => null);
    if (json === null || typeof json !== 'object') return refuse(context, 'The body must be a JSON object');
    const request = readTokenRequest(json);
    if (!request.environmentId) return refuse(context, 'Missing required parameter: environment_id');
    if (!UUID.test(request.environmentId)) return refuse(context, 'environment_id must be a UUID');
    const region = regionOf(request.region);
    if (region === undefined) return refuse(context, 'Unknown region');
    return answer(context, await send(upstream, region, request));
  });
  return route;
}

function refuse(context, description) {
  return context.json({ error: 'invalid_request', error_description: description }, 400);
}

async function send(upstream, region, { environmentId, headers, form }) {
  try {
    return await upstream.fetch(upstream.tokenEndpoint(region, environmentId.toLowerCase()), {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return null;
  }
}

async function answer(context, response) {
  const json = await response?.json().catch(() => null);
  if (!response || json === null) {
    const status = response && response.status >= 500 ? response.status : 502;
    return context.json({ error: 'bad_gateway', error_description: 'PingOne could not be reached' }, status);
  }
  for (const name of ['retry-after', 'date']) {
    const value = response.headers.get(name);
    if (value) context.header(name, value);
  }
  const extra = { server_timestamp: new Date().toISOString(), grant_type: 'client_credentials' };
  return context.json(response.ok ? { ...json, ...extra } : json, response.status);
}
