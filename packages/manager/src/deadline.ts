/** One deadline over everything that belongs to a fetch: waits, attempts, bodies. */
import { untilAborted } from './wait.js';

export interface Deadline {
  /** Aborts at the deadline, or when the outer signal does. */
  readonly signal: AbortSignal;
  /** The time was up (and not: somebody disposed of the manager). */
  readonly passed: boolean;
  /** Milliseconds left. */
  left: () => number;
}

/** Runs `work` and stops waiting for it at the deadline, even when it ignores the signal. */
export async function withDeadline<T>(
  ms: number,
  now: () => number,
  outer: AbortSignal,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const startedAt = now();
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    controller.abort(new DOMException('The deadline has passed.', 'TimeoutError'));
  }, ms);
  const stop = () => controller.abort(outer.reason);
  outer.addEventListener('abort', stop, { once: true });
  if (outer.aborted) stop();
  try {
    const deadline = {
      signal: controller.signal,
      get passed() {
        return passed;
      },
      left: () => Math.max(0, ms - Math.max(0, now() - startedAt)),
    };
    return await untilAborted(work(deadline), controller.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', stop);
  }
}
