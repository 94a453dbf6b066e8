/** What callers read: synchronously from memory, or after storage was read. Never a request. */
import type { WorkerTokenCredentials } from '@worker-token/storage';
import { copyOf } from './credentials.js';
import type { Follow } from './follow.js';
import type { Held, HeldToken } from './held.js';
import type { LegacyRecords } from './legacy-records.js';
import type { State } from './state.js';
import { STORAGE_LIMIT_MS } from './stored-token.js';
import type { TokenUseLog } from './token-use-log.js';
import type { ManagerClock } from './types/options.js';
import { within } from './wait.js';
import type { Warnings } from './warnings.js';

export interface ReadsParts {
  held: Held;
  state: State;
  clock: ManagerClock;
  warnings: Warnings;
  legacy: LegacyRecords;
  follow: Follow;
  logUse: TokenUseLog;
  /** Storage was read for the first time. */
  ready: () => Promise<void>;
  /** The same, and our own writes have arrived. */
  settled: () => Promise<void>;
}

export interface Reads {
  peekToken: () => string | null;
  loadToken: () => Promise<string | null>;
  peekCredentials: () => WorkerTokenCredentials | null;
  loadCredentials: () => Promise<WorkerTokenCredentials | null>;
}

export function createReads({
  held,
  state,
  clock,
  warnings,
  legacy,
  follow,
  logUse,
  ready,
  settled,
}: ReadsParts): Reads {
  const credentials = () => held.credentials && copyOf(held.credentials);

  /** The token in memory while it may still be served. */
  function servable(): HeldToken | null {
    const now = clock.now();
    const token = held.look(now);
    return token && now < token.staleAt ? token : null;
  }

  function noticeEarly(method: string): void {
    if (state.hydrated) return;
    warnings.readTooEarly(method);
    void ready();
  }

  return {
    peekToken() {
      noticeEarly('peekToken');
      return servable()?.stored.accessToken ?? null;
    },
    async loadToken() {
      await settled();
      const token = servable();
      if (token) logUse(token);
      return token?.stored.accessToken ?? null;
    },
    peekCredentials() {
      noticeEarly('peekCredentials');
      return credentials();
    },
    async loadCredentials() {
      await ready();
      await within(STORAGE_LIMIT_MS, legacy.sync().then(follow.credentials), undefined).catch(() => {});
      return credentials();
    },
  };
}
