/** Which storage key is ours. Exact comparison: `worker_credentials_help_seen` belongs to somebody else. */
import { RELATED_KEYS, RELATED_PREFIXES } from './table.js';
import type { KeyKind, LegacySignals } from './types.js';

/** What the key holds, or null if it is not ours. */
export function keyKind(key: string, signals: LegacySignals): KeyKind | null {
  if (signals.credentialKeys.includes(key)) return 'credentials';
  if (signals.tokenKeys.includes(key)) return 'token';
  if (signals.expiryKeys.includes(key)) return 'expiry';
  if (signals.credentialKeys.some((known) => key === `${known}_secret`)) return 'secret';
  return isRelated(key) ? 'related' : null;
}

/** A key that could only be read up to a dynamic part: does the known start belong to a family of ours? */
export function isLegacyPrefix(prefix: string, signals: LegacySignals): boolean {
  const known = [...signals.credentialKeys, ...signals.tokenKeys, ...signals.expiryKeys];
  return known.some((key) => prefix === `${key}_`) || RELATED_PREFIXES.some((family) => prefix.startsWith(family));
}

function isRelated(key: string): boolean {
  return RELATED_KEYS.includes(key) || RELATED_PREFIXES.some((family) => key.startsWith(family));
}

/** A spelling that was meant to be one of our keys: `worker-token` for `worker_token`. */
export function nearMissOf(key: string, signals: LegacySignals): string | null {
  if (keyKind(key, signals)) return null;
  const plain = key.toLowerCase().replaceAll('-', '_');
  const known = [...signals.credentialKeys, ...signals.tokenKeys, ...signals.expiryKeys];
  return known.find((candidate) => candidate === plain || candidate.replaceAll('_', '') === plain) ?? null;
}
