/** Which address issues worker tokens. Says nothing about method and body: that is evidence, and the caller's to collect. */
import type { EndpointKind, LegacySignals } from './types.js';

const DIRECT_HOST = /^https?:\/\/[^/]*\bauth\.pingone\.[a-z.]+/;

/** The kind of endpoint, or null. Dynamic parts of a template may be left out or stand as `${…}`. */
export function endpointKind(url: string, signals: LegacySignals): EndpointKind | null {
  const path = url.split(/[?#]/)[0] ?? '';
  if (path.endsWith('/as/token')) return 'direct';
  return signals.endpoints.some((known) => known !== '/as/token' && path.endsWith(known)) ? 'proxy' : null;
}

/** The address names PingOne's own authorisation host. */
export function isPingOneHost(url: string): boolean {
  return DIRECT_HOST.test(url);
}
