/** The contract of a coordinator: who may fetch, among tabs or processes. Whoever writes one needs this file and no other. */
import type { SharedRecord, StoredToken } from '@worker-token/storage';
import type { WorkerTokenErrorKind } from '../errors.js';

export interface RunOptions<T> {
  /** Resolve with undefined at once when somebody else is at it. */
  ifAvailable: boolean;
  /** After so long a wait `work` is run all the same, so that a frozen holder cannot stop the others. Milliseconds. */
  timeoutMs: number;
  /** Ends the wait; the work ends itself. */
  signal?: AbortSignal;
  /** `work` has ended by then, of its own accord: a lease that lasts longer is never outlived. Milliseconds. */
  holdMs?: number;
  /**
   * For a coordinator whose turns are dear, such as a lease that is polled for: called while one waits, as often as something may
   * have changed. What it brings ends the wait and is the result, without a turn; undefined: wait on. Its rejection is the result, too.
   */
  lookAgain?: () => Promise<T | undefined>;
}

/** Runs work so that only one tab or process does it at a time; for a fleet also shares what one of them has learnt. */
export interface Coordinator {
  /** False: callers in other tabs or processes are not excluded; `status` says so. */
  readonly exclusive: boolean;
  /**
   * Runs `work` alone under `name`, which is `worker-token:` and the fingerprint of the credentials. When the turn cannot be had because
   * the coordinator itself is out of order it runs `work` all the same: a request too many costs less than no token.
   *
   * @throws what `work` or `lookAgain` throws, or the signal's reason.
   */
  run<T>(name: string, options: RunOptions<T>, work: () => Promise<T>): Promise<T | undefined>;
  /**
   * Where the token is kept instead of in the storage: a slot of its own for each fingerprint, shared by the fleet. `save` honours
   * `ifRevision`, and is called by the `work` of a turn: it may also refuse, by a `revision-conflict`, a turn that is over. The manager waits
   * a second at most for each call.
   */
  tokenSlot?(fingerprint: string): SharedRecord<StoredToken>;
  /** What is known not to work, for all: so that a wrong secret is asked about once by a fleet, and not once by each process. */
  readonly failures?: SharedFailures;
}

/** A failure as it may be written down: nothing secret is in it. */
export interface SharedFailure {
  kind: WorkerTokenErrorKind;
  message: string;
  status?: number | undefined;
  oauthError?: string | undefined;
  correlationId?: string | undefined;
  retryAfterMs?: number | undefined;
  retryable?: boolean | undefined;
}

/** Each call may reject or hang: the manager waits a second at most, and then asks the token endpoint. */
export interface SharedFailures {
  /** The failure that is still fresh, and for how long, in milliseconds. */
  recall(fingerprint: string): Promise<{ failure: SharedFailure; leftMs: number } | undefined>;
  remember(fingerprint: string, failure: SharedFailure, forMs: number): Promise<void>;
  /** A token was got after all. */
  forget(fingerprint: string): Promise<void>;
}
