/** Runs work one after the other within this process; for Node, and for browsers without Web Locks. */
import type { Coordinator } from './types/coordination.js';
import { untilAborted, within } from './wait.js';

/** The ends of the queues, by name. */
type Queues = Map<string, Promise<void>>;
const ofTheProcess: Queues = new Map();

export interface InProcessCoordinatorOptions {
  /**
   * Who takes turns: all managers of the process, or those that are given this very coordinator. `coordinator` is for runtimes where a promise of
   * one request must not be awaited by another, such as Cloudflare Workers: then make one manager for each request. Default `process`.
   */
  scope?: 'process' | 'coordinator';
}

export function inProcessCoordinator({ scope = 'process' }: InProcessCoordinatorOptions = {}): Coordinator {
  const tails: Queues = scope === 'process' ? ofTheProcess : new Map<string, Promise<void>>();
  return {
    exclusive: false,
    async run(name, { ifAvailable, timeoutMs, signal }, work) {
      const before = tails.get(name);
      if (before && ifAvailable) return undefined;
      const leave = enter(tails, name);
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
function enter(tails: Queues, name: string): () => void {
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
