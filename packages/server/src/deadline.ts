/** One limit over everything that a request needs; it also ends when the one who asked has gone. */
import { Refusal } from './refusal.js';

export interface Deadline {
  /** Aborted when the time is over, or the caller has gone. */
  readonly signal: AbortSignal;
  /** What is said when the time is over: set by whoever waits for somebody else than PingOne. */
  late: Refusal;
  /** Settles as the work does, or rejects when the deadline ends, whatever the work is at. */
  within<T>(work: Promise<T>): Promise<T>;
  stop(): void;
}

export const IT_TOOK_TOO_LONG = new Refusal(504, 'timeout', 'PingOne did not answer in time.');

export function startDeadline(ms: number, caller: AbortSignal): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(deadline.late), ms);
  const leave = () => controller.abort(new Refusal(499, 'aborted', 'The caller has gone.'));
  if (caller.aborted) leave();
  else caller.addEventListener('abort', leave, { once: true });

  const deadline: Deadline = {
    signal: controller.signal,
    late: IT_TOOK_TOO_LONG,
    within: (work) => raceWith(controller.signal, work),
    stop() {
      clearTimeout(timer);
      caller.removeEventListener('abort', leave);
    },
  };
  return deadline;
}

async function raceWith<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stopListening = () => {};
  const ended = new Promise<never>((_, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    stopListening = () => signal.removeEventListener('abort', end);
  });
  // The loser of the race may reject later, when nobody listens any more.
  work.catch(() => {});
  ended.catch(() => {});
  try {
    return await Promise.race([work, ended]);
  } finally {
    stopListening();
  }
}
