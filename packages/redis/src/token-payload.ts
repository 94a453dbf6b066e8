/**
 * The token as it stands in Redis: revision, then a sealed text without any point in time. What is left of its life is Redis's time to
 * live, so that processes whose clocks differ agree on it. Pure, but for the random nonce of the seal.
 */
import type { StoredToken } from '@worker-token/storage';
import type { FleetSecrets } from './fleet-secrets.js';

/** Short names, since they are stored. */
interface Payload {
  t: string;
  y: string;
  /** Whole life in milliseconds, from request to end. */
  l: number;
  f: string;
  s?: string;
}

export interface Place {
  secrets: FleetSecrets;
  id: string;
}

export function encodeToken({ secrets, id }: Place, revision: number, token: StoredToken): string {
  const payload: Payload = {
    t: token.accessToken,
    y: token.tokenType,
    l: Math.max(0, token.expiresAt - token.obtainedAt),
    f: token.fingerprint,
    ...(token.scope === undefined ? {} : { s: token.scope }),
  };
  return `${revision}.${secrets.seal(JSON.stringify(payload), placeOf(id, revision))}`;
}

/**
 * @param leftMs Redis's time to live.
 * @param now By this process's clock, from before Redis was asked, in milliseconds since 1970.
 * @returns null for what cannot be opened.
 */
export function decodeToken({ secrets, id }: Place, text: string, leftMs: number, now: number): StoredToken | null {
  const revision = revisionOf(text);
  const plain = revision === null ? null : secrets.open(text.slice(text.indexOf('.') + 1), placeOf(id, revision));
  if (plain === null) return null;
  const { t, y, l, f, s } = JSON.parse(plain) as Payload;
  const expiresAt = now + leftMs;
  return {
    accessToken: t,
    tokenType: y,
    expiresAt,
    obtainedAt: Math.min(now, expiresAt - l),
    fingerprint: f,
    ...(s === undefined ? {} : { scope: s }),
  };
}

/** Null: the text has none. */
export function revisionOf(text: string): number | null {
  const digits = /^\d+/.exec(text)?.[0];
  return digits === undefined ? null : Number(digits);
}

function placeOf(id: string, revision: number): string {
  return JSON.stringify(['token', id, revision]);
}
