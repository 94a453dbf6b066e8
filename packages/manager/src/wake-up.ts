/**
 * Calls back when a deadline has passed, however the time went by: in short timer steps, since a long timer overflows, is
 * throttled in hidden tabs and stands still in sleep; and when the page becomes visible, returns, or is online again.
 */
import type { Clock } from '@worker-token/storage';
import { globals } from './globals.js';

/** Milliseconds. */
const LONGEST_STEP_MS = 30_000;
const OCCASIONS = ['visibilitychange', 'pageshow', 'online', 'focus'] as const;

export interface WakeUp {
  start(): void;
  /** The deadline may have changed. */
  arm(): void;
  stop(): void;
}

/** @param nextAt The deadline, in milliseconds since 1970; null when there is none. */
export function createWakeUp(clock: Clock, nextAt: () => number | null, onWake: () => void): WakeUp {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  function arm(): void {
    clearTimeout(timer);
    const at = running ? nextAt() : null;
    if (at === null) return;
    const wait = Math.min(Math.max(at - clock.now(), 0) + 1, LONGEST_STEP_MS);
    timer = setTimeout(wake, wait);
    // In Node: no reason to stay alive.
    (timer as { unref?: () => void }).unref?.();
  }

  function wake(): void {
    onWake();
    arm();
  }

  return {
    arm,
    start() {
      running = true;
      for (const occasion of OCCASIONS) globals.window?.addEventListener?.(occasion, wake, true);
      arm();
    },
    stop() {
      running = false;
      clearTimeout(timer);
      for (const occasion of OCCASIONS) globals.window?.removeEventListener?.(occasion, wake, true);
    },
  };
}
