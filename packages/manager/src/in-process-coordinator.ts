/** Runs work one after the other within this process; for Node, and for browsers without Web Locks. */
import type { Coordinator } from './types.js';
import { untilAborted, within } from './wait.js';

/** The ends of the queues, by name; for all managers of the process. */
const tails = new Map<string, Promise<void>>();

export function inProcessCoordinator(): Coordinator {
  return {
    exclusive: false,
    async run(name, { ifAvailable, timeoutMs, signal }, work) {
      const before = tails.get(name);
      if (before && ifAvailable) return undefined;
      const leave = enter(name);
      try {
        if (before) await untilAborted(within(timeoutMs, before, undefined), signal);
        return await work();
      } finally {
        leave();
      }
    },
  };
}

/** Takes the last place in the queue. Returns its own undo. */
function enter(name: string): () => void {
  let leave = () => {};
  const place = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const before = tails.get(name);
  const end = before ? before.then(() => place) : place;
  tails.set(name, end);
  void end.then(() => {
    if (tails.get(name) === end) tails.delete(name);
  });
  return leave;
}
