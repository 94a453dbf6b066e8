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
  channel(tab: string): ChannelLike;
  locks(tab: string): LockManager;
  /** The tab is closed in the middle of whatever it does: its locks are free, and nothing that it has begun ends. */
  kill(tab: string): void;
  /** The tab stands still, its locks with it, and goes on after so many milliseconds as if nothing had been. */
  freeze(tab: string, ms: number): void;
}

export interface SharedPlaceOptions {
  /** Some operations of storage fail, and some take seconds. */
  fragile?: boolean;
}

export function createSharedPlace(scheduler: Scheduler, { fragile = false }: SharedPlaceOptions = {}): SharedPlace {
  const { step, add, pick } = scheduler;
  const records = new Map<string, TierRecord>();
  const trace: Written[] = [];
  const channels: ChannelLike[] = [];
  const inner = testLocks();
  const lives = new Map<
    string,
    { dead: boolean; death: Promise<never>; die: (reason: Error) => void; thawed: Promise<void> | undefined }
  >();

  function lifeOf(tab: string) {
    const known = lives.get(tab);
    if (known) return known;
    let die!: (reason: Error) => void;
    const death = new Promise<never>((_, reject) => (die = reject));
    death.catch(() => {});
    const life = { dead: false, death, die, thawed: undefined };
    lives.set(tab, life);
    return life;
  }

  /** Resolves when the tab may go on; never for one that is closed. */
  async function turnOf(tab: string): Promise<void> {
    await step();
    const { thawed } = lifeOf(tab);
    await thawed;
    // What has waited meanwhile goes on one by one.
    if (thawed) await turnOf(tab);
    if (lifeOf(tab).dead) await new Promise<never>(() => {});
  }

  async function trouble(): Promise<void> {
    const mood = fragile ? pick(12) : 12;
    if (mood === 0) throw new DOMException('full', 'QuotaExceededError');
    if (mood === 1) throw new DOMException('closed', 'InvalidStateError');
    if (mood === 2) await new Promise<void>((resolve) => void scheduler.setTimeout(resolve, pick(4_000)));
  }

  /** The answer may come a good while after the deed. */
  async function later<T>(tab: string, deed: () => T): Promise<T> {
    await turnOf(tab);
    await trouble();
    if (lifeOf(tab).dead) await turnOf(tab);
    const result = deed();
    if (pick(2) === 0) await turnOf(tab);
    return result;
  }

  const tier = (by: string): StorageTier => ({
    name: 'shared',
    source: 'browser',
    durable: true,
    atomic: true,
    get: (key) => later(by, () => records.get(key) ?? null),
    compareAndSet: (key, expected, { revision, text }) =>
      later(by, () => {
        const current = records.get(key)?.revision ?? null;
        if (current !== expected) return { ok: false as const, revision: current };
        records.set(key, { revision, text });
        trace.push({ by, key, revision, text });
        return { ok: true as const };
      }),
    keys: (prefix) => later(by, () => [...records.keys()].filter((key) => key.startsWith(prefix))),
  });

  /** Messages of one channel arrive in order at each of the others. */
  function channel(tab: string): ChannelLike {
    const queues = new Map<ChannelLike, unknown[]>();
    const mine: ChannelLike = {
      onmessage: null,
      postMessage(message) {
        if (lifeOf(tab).dead) return;
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

  /** A browser frees the locks of a tab that is gone, and forgets those that it waits for. */
  function locks(tab: string): LockManager {
    const request = async (name: string, options: LockOptions, work: LockGrantedCallback<unknown>) => {
      await turnOf(tab);
      const { death } = lifeOf(tab);
      const whileAlive: LockGrantedCallback<unknown> = (lock) =>
        lifeOf(tab).dead ? undefined : Promise.race([work(lock), death]).catch(unlessDead(tab));
      const result: unknown = await inner.request(name, options, whileAlive);
      await turnOf(tab);
      return result;
    };
    return { request, query: async () => ({}) } as unknown as LockManager;
  }

  const unlessDead = (tab: string) => (error: unknown) => {
    if (!lifeOf(tab).dead) throw error;
  };

  function kill(tab: string): void {
    const life = lifeOf(tab);
    life.dead = true;
    life.die(new Error('The tab is closed.'));
  }

  function freeze(tab: string, ms: number): void {
    const life = lifeOf(tab);
    const thawed = new Promise<void>((resolve) => void scheduler.setTimeout(resolve, ms));
    life.thawed = thawed;
    void thawed.then(() => {
      if (life.thawed === thawed) life.thawed = undefined;
    });
  }

  return { trace, revisionOf: (key) => records.get(key)?.revision ?? 0, tier, channel, locks, kill, freeze };
}
