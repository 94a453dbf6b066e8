/**
 * What a fault does to the answer of a request.
 */
import { platformErrorOfStatus, requestLimited } from './platform-error.js';
import { oauthErrorOfStatus } from './token/oauth-error.js';
import type { FaultSpec, FaultTarget } from './types.js';

/** The answer that a fault gives instead of the real one; undefined when the request goes on. */
export function faultResponse(fault: FaultSpec, target: FaultTarget): Response | undefined {
  if (fault.kind === 'rateLimit')
    return requestLimited().toResponse({ 'retry-after': String(fault.retryAfterSeconds) });
  if (fault.kind === 'html502') {
    const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    return new Response(page, { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } });
  }
  if (fault.kind !== 'status') return undefined;
  const oauth = target === 'token' ? oauthErrorOfStatus(fault.status) : undefined;
  return oauth ? Response.json(oauth, { status: fault.status }) : platformErrorOfStatus(fault.status).toResponse();
}

/** The first half of the body under the same headers. */
export async function truncated(response: Response): Promise<Response> {
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(text.slice(0, Math.ceil(text.length / 2)), { status: response.status, headers });
}
