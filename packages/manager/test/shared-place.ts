/** What two tabs share, made of steps: a durable tier with a trace of its writes, a channel between the tabs, and locks. */
import type { ChannelLike, StorageTier, TierRecord } from '@worker-token/storage';
import { testLocks } from './locks.js';
import type { Scheduler } from './scheduler.js';

export interface Written {
  /** Name of the tab. */
  by: string;
  key: string;
  revision: number;
  /** Null: removed. */
  text: string | null;
}

export interface SharedPlace {
  /** Every write, in order. */
  trace: Written[];
  revisionOf(key: string): number;
  tier(tab: string): StorageTier;
  channel(): ChannelLike;
  locks: LockManager;
}

export function createSharedPlace({ step, add, pick }: Scheduler): SharedPlace {
  const records = new Map<string, TierRecord>();
  const trace: Written[] = [];
  const channels: ChannelLike[] = [];
  const inner = testLocks();

  /** The answer may come a good while after the deed. */
  async function later<T>(deed: () => T): Promise<T> {
    await step();
    const result = deed();
    if (pick(2) === 0) await step();
    return result;
  }

  const tier = (by: string): StorageTier => ({
    name: 'shared',
    source: 'browser',
    durable: true,
    atomic: true,
    get: (key) => later(() => records.get(key) ?? null),
    compareAndSet: (key, expected, { revision, text }) =>
      later(() => {
        const current = records.get(key)?.revision ?? null;
        if (current !== expected) return { ok: false as const, revision: current };
        records.set(key, { revision, text });
        trace.push({ by, key, revision, text });
        return { ok: true as const };
      }),
    keys: (prefix) => later(() => [...records.keys()].filter((key) => key.startsWith(prefix))),
  });

  /** Messages of one channel arrive in order at each of the others. */
  function channel(): ChannelLike {
    const queues = new Map<ChannelLike, unknown[]>();
    const mine: ChannelLike = {
      onmessage: null,
      postMessage(message) {
        for (const other of channels.filter((member) => member !== mine)) {
          const queue = queues.get(other) ?? [];
          queues.set(other, queue);
          queue.push(message);
          add(() => other.onmessage?.({ data: queue.shift() }));
        }
      },
      close: () => void channels.splice(channels.indexOf(mine), 1),
    };
    channels.push(mine);
    return mine;
  }

  const request = async (name: string, options: LockOptions, work: LockGrantedCallback<unknown>) => {
    await step();
    return inner.request(name, options, work);
  };
  const locks = { request, query: async () => ({}) } as unknown as LockManager;
  return { trace, revisionOf: (key) => records.get(key)?.revision ?? 0, tier, channel, locks };
}
