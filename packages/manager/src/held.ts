/**
 * What this process holds in memory: the credentials, the token, and the era they belong to. All of it synchronous; what is
 * stored, and when to fetch, is left to others.
 */
import type { StoredToken, WorkerTokenCredentials } from '@worker-token/storage';
import { missingFieldsOf } from './credentials.js';
import { fingerprintOf, type Identify } from './fingerprint.js';
import { type FreshnessPolicy, type Thresholds, thresholdsOf } from './freshness.js';
import type { ManagerClock } from './types/options.js';
import type { TokenOrigin } from './types/status.js';

/** How long the cached path may serve without a closer look: for the log line and for the other clock. Milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Of the tokens that were dropped by hand, so many are remembered. */
const MOST_REFUSALS = 8;

/** Asked again after every `await`: an era may end meanwhile. */
export function isOver(era: AbortSignal): boolean {
  return era.aborted;
}

export interface HeldToken extends Thresholds {
  readonly stored: StoredToken;
  /** The one resolved promise that all callers get. */
  readonly promise: Promise<string>;
  readonly origin: TokenOrigin;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** From here on it is under the refresh-ahead time, without jitter. For people. */
  expiringAt: number;
  /** Wall clock minus elapsed time, when it was last looked at. */
  drift: number | undefined;
  /** Between these the cached path asks no further. */
  hotFrom: number;
  hotUntil: number;
}

export interface Held {
  readonly credentials: WorkerTokenCredentials | null;
  /** Of the credentials; see fingerprint.ts. Null without credentials, unless the server has them. */
  readonly identity: string | null;
  /** Of the identity, digested once; the one of an empty text without credentials. */
  fingerprint(): Promise<string>;
  /** The server's credentials get the tokens; those that are held here have no part in it. */
  readonly atServer: boolean;
  /** Names of the fields without which no token can be had. */
  readonly missing: string[];
  readonly token: HeldToken | null;
  /**
   * Aborts when credentials or token were changed by hand: whatever began before must not commit after. A new one begins then.
   */
  readonly era: AbortSignal;
  /** This token was dropped by hand: it is not taken over from storage, where it may still be for a moment, or for good if that fails. */
  refuse(token: string): void;
  isRefused(token: string): boolean;
  /** The endpoint has given it out again. */
  readmit(token: string): void;
  /** A token was invalidated, and none has come from the network since: one from a cache on the way will not do. */
  wantsNew: boolean;
  /** Counts calls of `setCredentials`, so that a slow reader can tell that it is late. */
  readonly changes: number;
  /** @returns whether these are other credentials. Then the token is gone and a new era has begun. */
  setCredentials(credentials: WorkerTokenCredentials | null): boolean;
  adopt(token: StoredToken, origin: TokenOrigin): HeldToken;
  dropToken(): void;
  newEra(): void;
  /** The promise to give out at once, if the closer look is not due; costs a comparison. */
  hot(now: number): Promise<string> | undefined;
  /** The closer look: moves the token's deadlines when the wall clock was set back. Null also for a token from the future. */
  look(now: number): HeldToken | null;
  /** For a while, `hot()` gives this token out. */
  heat(token: HeldToken, now: number): void;
}

export interface HeldParts {
  policy: FreshnessPolicy;
  clock: ManagerClock;
  random: () => number;
  identify: Identify;
  atServer: boolean;
  onChange: () => void;
}

export function createHeld({ policy, clock, random, identify, atServer, onChange }: HeldParts): Held {
  let credentials: WorkerTokenCredentials | null = null;
  let identity = identify(null);
  let digest: { identity: string | null; fingerprint: Promise<string> } | undefined;
  let token: HeldToken | null = null;
  let era = new AbortController();
  let changes = 0;
  const refusals = new Set<string>();
  const driftAt = (now: number) => (clock.elapsed ? now - clock.elapsed() : undefined);

  function newEra(): void {
    const old = era;
    era = new AbortController();
    old.abort();
  }

  return {
    get credentials() {
      return credentials;
    },
    get identity() {
      return identity;
    },
    fingerprint() {
      if (digest?.identity !== identity) digest = { identity, fingerprint: fingerprintOf(identity ?? '') };
      return digest.fingerprint;
    },
    atServer,
    get missing() {
      return atServer ? [] : missingFieldsOf(credentials);
    },
    get token() {
      return token;
    },
    get era() {
      return era.signal;
    },
    refuse(refused) {
      refusals.delete(refused);
      refusals.add(refused);
      if (refusals.size > MOST_REFUSALS) for (const oldest of [...refusals].slice(0, 1)) refusals.delete(oldest);
    },
    isRefused: (candidate) => refusals.has(candidate),
    readmit: (token) => void refusals.delete(token),
    wantsNew: false,
    get changes() {
      return changes;
    },
    setCredentials(next) {
      changes++;
      const nextIdentity = identify(next);
      const changed = nextIdentity !== identity;
      credentials = next;
      identity = nextIdentity;
      if (changed) {
        token = null;
        newEra();
      }
      onChange();
      return changed;
    },
    adopt(stored, origin) {
      token = heldTokenOf(stored, origin, policy, random(), driftAt(clock.now()));
      onChange();
      return token;
    },
    dropToken() {
      if (!token) return;
      token = null;
      onChange();
    },
    newEra,
    hot: (now) => (token !== null && now >= token.hotFrom && now < token.hotUntil ? token.promise : undefined),
    look(now) {
      if (!token) return null;
      if (now < token.stored.obtainedAt && clock.elapsed === undefined) return null;
      rebase(token, driftAt(now));
      return token;
    },
    heat(warm, now) {
      warm.hotFrom = now;
      warm.hotUntil = Math.min(now + LOOK_EVERY_MS, warm.refreshAt);
    },
  };
}

function heldTokenOf(
  stored: StoredToken,
  origin: TokenOrigin,
  policy: FreshnessPolicy,
  jitter: number,
  drift: number | undefined,
): HeldToken {
  return {
    ...thresholdsOf(stored, policy, jitter),
    expiringAt: thresholdsOf(stored, policy, 0).refreshAt,
    expiresAt: stored.expiresAt,
    stored,
    origin,
    promise: Promise.resolve(stored.accessToken),
    drift,
    hotFrom: Infinity,
    hotUntil: -Infinity,
  };
}

/** A wall clock that was set back would make the token live longer; set forward it only makes us fetch early. */
function rebase(token: HeldToken, drift: number | undefined): void {
  if (drift === undefined || token.drift === undefined) return;
  const setBackBy = token.drift - drift;
  if (setBackBy > 0 && setBackBy < LOOK_EVERY_MS) return;
  token.drift = drift;
  if (setBackBy <= 0) return;
  token.expiresAt -= setBackBy;
  token.expiringAt -= setBackBy;
  token.refreshAt -= setBackBy;
  token.staleAt -= setBackBy;
}
