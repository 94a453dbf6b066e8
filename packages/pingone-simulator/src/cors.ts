/**
 * Cross-origin answers: none by default, so that real browsers meet the failing path; the quirks may reflect the origin.
 */
import type { SimulatorQuirks } from './types.js';

type Target = 'token' | 'api' | 'other';

/** The headers that allow a page of another origin to read the answer; empty when it may not. */
export function corsHeaders(quirks: SimulatorQuirks, target: Target, request: Request): Record<string, string> {
  const origin = request.headers.get('origin');
  const behaviour = target === 'token' ? quirks.tokenCors : target === 'api' ? quirks.apiCors : 'deny';
  if (origin === null || behaviour === 'deny') return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers':
      'authorization, content-type, accept, x-ping-external-transaction-id, x-ping-external-session-id',
    'access-control-expose-headers': 'date, retry-after, x-ping-external-transaction-id',
    vary: 'origin',
  };
}
