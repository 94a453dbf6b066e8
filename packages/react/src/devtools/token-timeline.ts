/** What happened to the worker token, read off the manager's snapshots: they hold no secret and no token, so neither does this. */
import type { TokenOrigin, WorkerTokenManager, WorkerTokenSnapshot } from '@worker-token/manager';
import type { EventLog } from './event-log.js';

export interface TimelineEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly what: string;
  readonly kind: 'token' | 'request' | 'failure' | 'credentials' | 'dropped';
}

const GOT: Readonly<Record<TokenOrigin, string>> = {
  network: 'fetched a token',
  storage: 'adopted the stored token',
  'other-tab': 'adopted a token of another tab',
  server: 'got a token from the application’s server',
  memory: 'used the token in memory',
};

/** Writes into `log` from now on. Returns its own undo. */
export function recordTimeline(manager: WorkerTokenManager, log: EventLog<TimelineEntry>): () => void {
  let before = manager.getSnapshot();
  return manager.subscribe(() => {
    const after = manager.getSnapshot();
    for (const entry of changesBetween(before, after)) log.add({ at: Date.now(), ...entry });
    before = after;
  });
}

type Change = Omit<TimelineEntry, 'at'>;

function* changesBetween(before: WorkerTokenSnapshot, after: WorkerTokenSnapshot): Generator<Change> {
  if (before.credentials !== after.credentials) {
    yield { kind: 'credentials', what: after.credentials ? 'credentials were saved' : 'credentials were cleared' };
  }
  if (before.fetchStatus !== after.fetchStatus) yield* requestChange(after);
  if (after.error && after.error !== before.error) yield { kind: 'failure', what: after.error.message };
  if (before.hasToken && !after.hasToken) yield { kind: 'dropped', what: 'the token was dropped' };
  else if (after.hasToken && after.obtainedAt !== before.obtainedAt && after.source) {
    yield { kind: 'token', what: GOT[after.source] };
  } else if (before.status !== after.status && after.status === 'expired') {
    yield { kind: 'dropped', what: 'the token expired' };
  }
}

function* requestChange({ fetchStatus }: WorkerTokenSnapshot): Generator<Change> {
  if (fetchStatus === 'fetching') yield { kind: 'request', what: 'asks for a token' };
  if (fetchStatus === 'waiting-for-other-tab') yield { kind: 'request', what: 'waits for its turn to ask' };
  if (fetchStatus === 'backing-off') yield { kind: 'request', what: 'waits before it tries again' };
}
