/** Redis is out of order in every way: whoever has a token goes on, who has none fetches for itself, and all find back by themselves. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startBlackHole } from './black-hole.js';
import { fleetContext, trackedMembers } from './fleet-context.js';
import type { MemberOptions } from './fleet-protocol.js';
import { redisServer, type TestRedis } from './redis-server.js';

const poll = { timeout: 30_000, interval: 50 };
/** Puts Redis out of order. Returns its own undo. */
const OUTAGES: Record<string, (redis: TestRedis) => Promise<() => Promise<void>>> = {
  'stopped, and comes back empty': async (redis) => {
    await redis.stop();
    return () => redis.start();
  },
  frozen: async (redis) => {
    redis.pause();
    return async () => redis.resume();
  },
  'a black hole': async (redis) => {
    await redis.stop();
    const hole = await startBlackHole(redis.port);
    return async () => {
      await hole.stop();
      await redis.start();
    };
  },
};

describe.skipIf(!redisServer)('while Redis is', () => {
  const context = fleetContext();
  const open = trackedMembers();
  let end = async (): Promise<void> => {};
  afterEach(() => end());

  it.each(Object.keys(OUTAGES))(
    '%s, nobody hangs and nobody fails; afterwards there is one fleet again',
    async (kind) => {
      const optionsOf = context.newFleet();
      const [one, two, three] = context.workers(3);
      const warm = [await open(one!, optionsOf(0)), await open(two!, optionsOf(1))];
      const [token] = (await warm[0]!.get()).tokens;
      expect((await warm[1]!.get()).tokens).toEqual([token]);

      end = once(await OUTAGES[kind]!(context.redis));
      for (const member of warm) expect(await member.get(1_000)).toMatchObject({ tokens: [token], errors: [] });
      const alone = await open(three!, optionsOf(2, { redisIsOut: true, commandTimeoutMs: 250 }));
      const own = await alone.get(50);
      expect(own.errors).toEqual([]);
      expect(own.tokens).toHaveLength(1);
      expect(own.tokens).not.toContain(token);
      expect(context.endpoint.requests).toBe(2);
      expect((await alone.look()).status.exclusive).toBe(false);
      await end();

      await oneFleet(optionsOf, context.endpoint.requests);
    },
  );

  /** Two processes that start get one token between them, as soon as the connections are back. */
  async function oneFleet(
    optionsOf: (index: number, more?: Partial<MemberOptions>) => MemberOptions,
    before: number,
  ): Promise<void> {
    const members = await Promise.all(context.workers(2).map((worker, index) => open(worker, optionsOf(index))));
    const outcomes = await Promise.all(members.map((member) => member.get(50)));
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(outcomes.flatMap(({ tokens }) => tokens)).size).toBe(1);
    expect(context.endpoint.requests).toBeLessThanOrEqual(before + 1);
  }

  it('lost and found, the same managers share again', async () => {
    const optionsOf = context.newFleet({ commandTimeoutMs: 1_000 });
    const members = await Promise.all(context.workers(2).map((worker, index) => open(worker, optionsOf(index))));
    for (const member of members) await member.get();
    await context.redis.stop();
    end = once(() => context.redis.start());
    // Each for itself.
    const [a, b] = await Promise.all(members.map((member) => member.refresh()));
    expect(a!.tokens).toHaveLength(1);
    expect(b!.tokens).not.toEqual(a!.tokens);
    expect(context.endpoint.requests).toBe(3);
    await end();
    await vi.waitFor(async () => {
      const [fresh] = (await members[0]!.refresh()).tokens;
      expect((await members[0]!.look()).status.exclusive).toBe(true);
      await vi.waitFor(async () => expect((await members[1]!.look()).peek).toBe(fresh), {
        timeout: 2_000,
        interval: 50,
      });
    }, poll);
  });
});

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
