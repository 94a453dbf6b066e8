/** Takes over what other tabs, or other managers on the same storage, have changed. Storage says that; what, is read. */
import type { ChangeEvent, Clock, CredentialStorage, SharedRecord, StoredToken } from '@worker-token/storage';
import type { FailureMemory } from './failure-memory.js';
import type { FetchFloor } from './fetch-floor.js';
import { type FreshnessPolicy, isServable } from './freshness.js';
import { globals } from './globals.js';
import { type Held, type HeldToken, isOver } from './held.js';
import type { Hydration } from './hydration.js';
import type { State } from './state.js';
import type { TokenRecord } from './stored-token.js';
import type { TakeBack } from './take-back.js';
import type { Writes } from './writes.js';

const RETURNS = ['pageshow', 'visibilitychange'] as const;

export interface FollowParts {
  storage: CredentialStorage;
  /** Where the token is kept: the storage's slot, or the fleet's. */
  tokenSlot: SharedRecord<StoredToken>;
  held: Held;
  state: State;
  hydration: Hydration;
  record: TokenRecord;
  takeBack: TakeBack;
  writes: Writes;
  failures: FailureMemory;
  floor: FetchFloor;
  policy: FreshnessPolicy;
  clock: Clock;
  /** Another tab's token was taken over. */
  onToken: (token: HeldToken) => void;
  /** Another tab has changed the credentials. */
  onCredentials: () => void;
}

export interface Follow {
  /** Reads the credentials again, after the writes of our own that are under way. */
  credentials: () => Promise<void>;
  /** Starts listening. Returns its own undo. */
  start(): () => void;
}

export function createFollow(parts: FollowParts): Follow {
  const { storage, held, state, record, writes, failures, floor } = parts;

  /** What others wrote while a write of ours was under way may be the later one: read again until nothing intervenes. */
  async function credentials(): Promise<void> {
    await writes.idle();
    const { changes } = held;
    const { data, problem } = await storage.shared.credentials.load({ fresh: true });
    if (problem) return;
    if (writes.busy || held.changes !== changes) return credentials();
    if (data === null ? held.credentials === null : sameAs(held, JSON.stringify(data))) return;
    const dropped = held.token?.stored;
    const areOthers = held.setCredentials(data);
    if (areOthers) freshStart();
    parts.onCredentials();
    if (areOthers && dropped) await parts.takeBack(dropped);
    await token();
  }

  async function token(): Promise<void> {
    await writes.idle();
    const { era, identity } = held;
    // Beforehand, so that nothing comes between the reading and its taking over.
    const fingerprint = await held.fingerprint();
    const stored = await record.peek({ patient: true });
    if (stored === undefined) return;
    if (isOver(era) || writes.busy) return token();
    if (stored === null) {
      if (!held.token) return;
      held.dropToken();
      floor.lift();
      return state.report({ error: null });
    }
    if (!identity || stored.fingerprint !== fingerprint || held.isRefused(stored.accessToken)) return;
    if (held.token && endsSooner(stored, held.token)) {
      held.adopt(stored, held.token.origin);
      return floor.lift();
    }
    if (!isNews(stored) || !isServable(stored, parts.policy, parts.clock.now())) return;
    const adopted = held.adopt(stored, 'other-tab');
    state.report({ error: null });
    parts.onToken(adopted);
  }

  /** Another token than ours, and not an older one: ours may not have reached storage. */
  function isNews(stored: StoredToken): boolean {
    const ours = held.token?.stored;
    return !ours || (stored.accessToken !== ours.accessToken && stored.obtainedAt >= ours.obtainedAt);
  }

  function freshStart(): void {
    failures.forget();
    floor.lift();
    state.report({ error: null });
  }

  /** Our own writes come back as `this-tab`; somebody else's on the same storage do, too. */
  const isOurs = ({ origin }: ChangeEvent) => origin === 'this-tab' && (writes.busy || record.busy);
  const isChange = ({ type }: ChangeEvent) => type === 'saved' || type === 'cleared';

  return {
    credentials,
    start() {
      const quiet = (work: Promise<void>) => void work.catch(() => {});
      // Back from the page cache, where nothing was heard; or in sight again: a tab that has just been closed may have written and not said so.
      const onReturn = (event: Event) => {
        if (!parts.hydration.begun || globals.document?.visibilityState === 'hidden') return;
        if (event.type !== 'pageshow' || (event as PageTransitionEvent).persisted) quiet(credentials().then(token));
      };
      for (const occasion of RETURNS) globals.window?.addEventListener?.(occasion, onReturn);
      const undo = [
        () => RETURNS.forEach((occasion) => globals.window?.removeEventListener?.(occasion, onReturn)),
        storage.shared.credentials.subscribe((event) => {
          if (isChange(event) && !isOurs(event)) quiet(credentials());
        }),
        parts.tokenSlot.subscribe((event) => {
          if (isChange(event) && !isOurs(event)) quiet(token());
        }),
      ];
      return () => undo.forEach((leave) => leave());
    },
  };
}

/** Our own token, and somebody has cut its life short: no news to announce, but a deadline to keep. */
function endsSooner(stored: StoredToken, ours: HeldToken): boolean {
  return stored.accessToken === ours.stored.accessToken && stored.expiresAt < ours.stored.expiresAt;
}

function sameAs({ credentials }: Held, text: string): boolean {
  return credentials !== null && JSON.stringify(credentials) === text;
}
