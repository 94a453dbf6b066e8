/** The scripts against a model of them, in random interleavings of processes that take, lose, use and give back their turn. */
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapterOf } from '../src/adapter-of.js';
import { outcomeOf, valueOf } from '../src/replies.js';
import { COMMIT, COMPARE_AND_SET, READ, RELEASE, REMOVE } from '../src/scripts.js';
import { recordKeysOf, slotKeysOf } from '../src/slot-keys.js';
import type { RedisAdapter } from '../src/types.js';
import { redisServer, startRedis, type TestRedis } from './redis-server.js';

const RUNS = process.env['TEST_FULL'] ? 2_000 : 100;
const SEED = 20_240_611;
const LIFE_MS = '600000';

type Step =
  | { do: 'acquire' | 'release' | 'load' | 'commit' | 'commit without a turn' | 'remove'; who: number }
  | { do: 'expire' | 'remove whatever is there' };

const who = fc.nat({ max: 2 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom('acquire', 'release', 'load', 'commit', 'commit without a turn', 'remove'),
        who,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('expire', 'remove whatever is there') }) },
  ),
  { maxLength: 40 },
) as fc.Arbitrary<Step[]>;

/** What Redis holds, and what each of three processes believes. */
interface Model {
  lease: string | null;
  token: number | null;
  owners: (string | null)[];
  seen: (number | null)[];
  messages: string[];
}

describe.skipIf(!redisServer)('the scripts', () => {
  let server: TestRedis;
  let raw: Redis;
  let listener: Redis;
  let redis: RedisAdapter;
  let slots = 0;
  beforeAll(async () => {
    server = await startRedis();
    [raw, listener] = [new Redis(server.url), new Redis(server.url)];
    redis = adapterOf(raw);
  });
  afterAll(async () => {
    raw.disconnect();
    listener.disconnect();
    await server.dispose();
  });

  /** Does one step in both, and compares what they answer. */
  function stepper(model: Model, keys: ReturnType<typeof slotKeysOf>) {
    let revisions = 0;
    const commit = async (owner: string, expected: number | null) => {
      const revision = ++revisions;
      const args = [
        owner,
        expected === null ? '' : String(expected),
        `${revision}.x`,
        LIFE_MS,
        keys.channel,
        `saved ${revision}`,
      ];
      const { what, revision: found } = outcomeOf(await redis.evaluate(COMMIT, [keys.token, keys.lease], args));
      expect(found).toBe(model.token);
      const isOver = owner !== '' && model.lease !== owner;
      const fits = expected === model.token || (owner !== '' && model.token === null);
      expect(what).toBe(isOver ? 'over' : fits ? 'done' : 'conflict');
      if (what !== 'done') return;
      model.token = revision;
      if (owner !== '') model.lease = null;
      model.messages.push(`saved ${revision}`);
    };
    const remove = async (expected: number | null | '*') => {
      const message = `cleared ${++revisions}`;
      const reply = await redis.evaluate(
        REMOVE,
        [keys.token],
        [expected === null ? '' : String(expected), keys.channel, message],
      );
      const fits = expected === '*' || expected === model.token;
      expect(outcomeOf(reply)).toEqual({ what: fits ? 'done' : 'conflict', revision: model.token });
      if (fits && model.token !== null) model.messages.push(message);
      if (fits) model.token = null;
    };
    return async (step: Step): Promise<void> => {
      switch (step.do) {
        case 'acquire': {
          const owner = `owner-${step.who}-${++revisions}`;
          expect(await redis.setNxPx(keys.lease, owner, Number(LIFE_MS))).toBe(model.lease === null);
          if (model.lease !== null) return;
          model.lease = model.owners[step.who] = owner;
          return;
        }
        case 'release': {
          const owner = model.owners[step.who] ?? 'nobody';
          const isOwn = model.lease === owner;
          expect(await redis.evaluate(RELEASE, [keys.lease], [owner, keys.channel, 'free'])).toBe(isOwn ? 1 : 0);
          if (!isOwn) return;
          model.lease = null;
          model.messages.push('free');
          return;
        }
        case 'load': {
          const value = valueOf(await redis.evaluate(READ, [keys.token], []));
          expect(value && Number.parseInt(value.text, 10)).toBe(model.token);
          model.seen[step.who] = model.token;
          return;
        }
        case 'commit':
          return commit(model.owners[step.who] ?? 'nobody', model.seen[step.who] ?? null);
        case 'commit without a turn':
          return commit('', model.seen[step.who] ?? null);
        case 'remove':
          return remove(model.seen[step.who] ?? null);
        case 'remove whatever is there':
          return remove('*');
        case 'expire':
          await raw.del(keys.lease);
          model.lease = null;
      }
    };
  }

  it('do what their model does, in every order', { timeout: 600_000 }, async () => {
    const property = fc.asyncProperty(steps, async (list) => {
      const keys = slotKeysOf('model', String(++slots));
      const model: Model = { lease: null, token: null, owners: [], seen: [], messages: [] };
      const heard: string[] = [];
      const onMessage = (channel: string, message: string) => {
        if (channel === keys.channel) heard.push(message);
      };
      listener.on('message', onMessage);
      await listener.subscribe(keys.channel);
      const take = stepper(model, keys);
      for (const step of list) {
        await take(step);
        expect(await raw.get(keys.lease)).toBe(model.lease);
        expect((await raw.get(keys.token)) ?? null).toBe(model.token === null ? null : `${model.token}.x`);
      }
      await expect.poll(() => heard, { timeout: 30_000, interval: 1 }).toEqual(model.messages);
      await listener.unsubscribe(keys.channel);
      listener.off('message', onMessage);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });

  it('write a record only over the revision that was expected, in every order', { timeout: 600_000 }, async () => {
    const writes = fc.array(fc.record({ field: fc.constantFrom('a', 'b'), expected: fc.option(fc.nat({ max: 6 })) }));
    const property = fc.asyncProperty(writes, async (list) => {
      const { records, channel } = recordKeysOf(`model-${++slots}`);
      const model = new Map<string, number>();
      for (const { field, expected } of list) {
        const current = model.get(field) ?? null;
        const revision = (current ?? 0) + 1;
        const args = [field, expected === null ? '' : String(expected), `${revision}.x`, channel, field];
        const fits = expected === current;
        const outcome = outcomeOf(await redis.evaluate(COMPARE_AND_SET, [records], args));
        expect(outcome).toEqual({ what: fits ? 'done' : 'conflict', revision: current });
        if (fits) model.set(field, revision);
      }
      expect(await raw.hgetall(records)).toEqual(Object.fromEntries([...model].map(([key, n]) => [key, `${n}.x`])));
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });
});
