/** Coordinators on one Redis, in one process: what a turn, a token and a failure are to the others. */
import type { StoredToken } from '@worker-token/storage';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { redisCoordinator, type RedisCoordinatorOptions } from '../src/redis-coordinator.js';
import { CLIENTS, openClient } from './clients.js';
import { KEY } from './fleet-context.js';
import { redisServer, startRedis, type TestRedis } from './redis-server.js';

const FINGERPRINT = 'cd'.repeat(32);
const NAME = `worker-token:${FINGERPRINT}`;
/** Longer than a test may take: what is not given back is noticed. */
const waiting = { ifAvailable: false, timeoutMs: 600_000, holdMs: 600_000 };
const poll = { timeout: 30_000, interval: 10 };

function tokenNamed(accessToken: string, leftMs = 3_600_000): StoredToken {
  const now = Date.now();
  const times = { obtainedAt: now - 100, expiresAt: now + leftMs };
  return { accessToken, tokenType: 'Bearer', ...times, fingerprint: FINGERPRINT, scope: 'a b' };
}

describe.skipIf(!redisServer).each(CLIENTS)('with %s, a coordinator', (name) => {
  let server: TestRedis;
  let raw: Redis;
  let fleets = 0;
  const undo: (() => unknown)[] = [];
  beforeAll(async () => {
    server = await startRedis();
    raw = new Redis(server.url);
  });
  afterEach(() => undo.splice(0).forEach((end) => end()));
  afterAll(async () => {
    raw.disconnect();
    await server.dispose();
  });

  function newFleet() {
    const prefix = `c${++fleets}`;
    return async (options: Partial<RedisCoordinatorOptions> = {}, url = server.url) => {
      const { redis, close } = openClient(name, url);
      undo.push(close);
      const coordinator = redisCoordinator({
        redis,
        prefix,
        key: () => Buffer.from(KEY, 'hex'),
        commandTimeoutMs: 10_000,
        ...options,
      });
      await coordinator.ready(30_000);
      return { coordinator, slot: coordinator.tokenSlot!(FINGERPRINT), prefix };
    };
  }

  it('waits for its turn, and is spared it when a look brings what it wants', async () => {
    const join = newFleet();
    const [one, two, three] = [await join(), await join(), await join({ subscribe: false })];
    const order: string[] = [];
    let finish: (() => void) | undefined;
    const first = one.coordinator.run(NAME, waiting, async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      order.push('first');
    });
    await vi.waitFor(() => expect(finish).toBeDefined(), poll);
    expect(await two.coordinator.run(NAME, { ...waiting, ifAvailable: true }, async () => 'ran')).toBeUndefined();
    const second = two.coordinator.run(NAME, waiting, async () => order.push('second'));
    const lookAgain = async () => (order.includes('first') ? 'seen' : undefined);
    const third = three.coordinator.run(NAME, { ...waiting, lookAgain }, async () => 'ran');
    finish?.();
    await Promise.all([first, second]);
    expect(await third).toBe('seen');
    expect(order).toEqual(['first', 'second']);
  });

  it('goes ahead when the one that has the turn never ends, later than the others', async () => {
    const events: string[] = [];
    const { coordinator, prefix } = await newFleet()({ onEvent: ({ type }) => events.push(type), random: () => 0 });
    await coordinator.run(NAME, waiting, async () => {
      const [lock] = await raw.keys(`{${prefix}:*}:lock`);
      await raw.persist(lock!);
      const short = { ifAvailable: false, timeoutMs: 50, holdMs: 50 };
      expect(await coordinator.run(NAME, short, async () => 'ran')).toBe('ran');
    });
    expect(events).toEqual(['turn', 'late']);
  });

  it('ends its wait when the caller does, and ends its turn when the work throws', async () => {
    const join = newFleet();
    const [one, two] = [await join(), await join()];
    const caller = new AbortController();
    await expect(
      one.coordinator.run(NAME, waiting, async () => {
        const stopped = two.coordinator.run(NAME, { ...waiting, signal: caller.signal }, async () => 'ran');
        caller.abort(new Error('no longer'));
        await expect(stopped).rejects.toThrow('no longer');
        throw new Error('the work failed');
      }),
    ).rejects.toThrow('the work failed');
    expect(await two.coordinator.run(NAME, waiting, async () => 'ran')).toBe('ran');
  });

  it('gives a token to the others as it is, but for the points in time, which are theirs', async () => {
    const join = newFleet();
    const [here, there] = [await join(), await join({ clock: { now: () => Date.now() + 7_200_000 } })];
    const token = tokenNamed('a token');
    await here.slot.save(token);
    const { data, source } = await there.slot.load();
    expect(data).toMatchObject({ accessToken: 'a token', tokenType: 'Bearer', fingerprint: FINGERPRINT, scope: 'a b' });
    expect(source).toBe('server');
    expect(data!.expiresAt - data!.obtainedAt).toBe(token.expiresAt - token.obtainedAt);
    expect(Math.abs(data!.expiresAt - token.expiresAt - 7_200_000)).toBeLessThan(30_000);
    expect((await there.slot.load()).data).toBe(data);
    expect((await here.slot.load()).data).toBe(token);
  });

  it('forgets a token with its end, by the clock of Redis', async () => {
    const { slot } = await newFleet()();
    await slot.save(tokenNamed('short', 150));
    await vi.waitFor(async () => expect((await slot.load()).data).toBeNull(), poll);
  });

  it('saves and clears only over the revision that was seen', async () => {
    const join = newFleet();
    const [one, two] = [await join(), await join()];
    const first = await one.slot.save(tokenNamed('first'), { ifRevision: null });
    await expect(two.slot.save(tokenNamed('second'), { ifRevision: null })).rejects.toMatchObject({
      code: 'revision-conflict',
      actualRevision: first.revision,
    });
    await two.slot.load();
    await one.slot.save(tokenNamed('third'), { ifRevision: first.revision });
    await expect(two.slot.clear({ ifRevision: first.revision })).rejects.toMatchObject({ code: 'revision-conflict' });
    // Without a condition: what another process has stored since is not what is meant.
    await two.slot.clear();
    expect((await one.slot.load()).data?.accessToken).toBe('third');
    await two.slot.load();
    await two.slot.clear();
    expect(await one.slot.load()).toMatchObject({ data: null, revision: null });
  });

  it('lets the successor of a token in that was removed during its fetch', async () => {
    const join = newFleet();
    const [one, two] = [await join(), await join()];
    const { revision } = await one.slot.save(tokenNamed('refused'));
    await one.coordinator.run(NAME, waiting, async () => {
      await two.slot.clear({ ifRevision: revision });
      await one.slot.save(tokenNamed('successor'), { ifRevision: revision });
    });
    expect((await two.slot.load()).data?.accessToken).toBe('successor');
  });

  it('tells the others of a token and of its end, and not itself', async () => {
    const join = newFleet();
    const [one, two] = [await join(), await join()];
    const heard: Record<string, string[]> = { one: [], two: [] };
    undo.push(one.slot.subscribe(({ type }) => heard['one']!.push(type)));
    undo.push(two.slot.subscribe(({ type }) => heard['two']!.push(type)));
    await vi.waitFor(async () => {
      await one.slot.save(tokenNamed('again'));
      expect(heard['two']).toContain('saved');
    }, poll);
    await one.slot.clear();
    await vi.waitFor(() => expect(heard['two']!.at(-1)).toBe('cleared'), poll);
    expect(heard['one']).toEqual([]);
  });

  it('calls a token undecryptable that was sealed for another slot, and stores a new one over it', async () => {
    const join = newFleet();
    const { slot, coordinator, prefix } = await join();
    const other = coordinator.tokenSlot!('ef'.repeat(32));
    await slot.save(tokenNamed('mine'));
    const [from] = await raw.keys(`{${prefix}:*}:token`);
    await other.save(tokenNamed('theirs'));
    const to = (await raw.keys(`{${prefix}:*}:token`)).find((found) => found !== from);
    await raw.set(to!, (await raw.get(from!))!, 'PX', 100_000);
    expect(await other.load()).toMatchObject({ data: null, problem: { kind: 'undecryptable' } });
    await other.save(tokenNamed('new'));
    expect((await other.load()).data?.accessToken).toBe('new');
  });

  it('remembers a failure for all, for so long and no longer', async () => {
    const join = newFleet();
    const [one, two] = [await join(), await join()];
    const failure = { kind: 'rate-limited', message: 'Too many.', status: 429, retryAfterMs: 60_000 } as const;
    expect(await two.coordinator.failures!.recall(FINGERPRINT)).toBeUndefined();
    await one.coordinator.failures!.remember(FINGERPRINT, failure, 60_000);
    const found = await two.coordinator.failures!.recall(FINGERPRINT);
    expect(found?.failure).toMatchObject({ kind: 'rate-limited', message: 'Too many.', status: 429 });
    expect(found!.leftMs).toBeLessThanOrEqual(60_000);
    expect(found!.failure.retryAfterMs).toBe(found!.leftMs);
    await two.coordinator.failures!.forget(FINGERPRINT);
    expect(await one.coordinator.failures!.recall(FINGERPRINT)).toBeUndefined();
    await one.coordinator.failures!.remember(FINGERPRINT, failure, 1);
    await vi.waitFor(async () => expect(await two.coordinator.failures!.recall(FINGERPRINT)).toBeUndefined(), poll);
  });

  it('needs no more of Redis than the README says', async () => {
    const rules = ['get', 'set', 'eval', 'evalsha', 'subscribe', 'unsubscribe', 'pttl', 'del', 'publish'];
    const connecting = ['hello', 'info', 'client'];
    const allowed = [...rules, ...connecting].map((rule) => `+${rule}`);
    const join = newFleet();
    const { prefix } = await join();
    const keys = [`~{${prefix}:*`, `&{${prefix}:*`];
    await raw.call('ACL', 'SETUSER', `user-${name}`, 'reset', 'on', '>a-password', ...keys, '-@all', ...allowed);
    const url = server.url.replace('redis://', `redis://user-${name}:a-password@`);
    const [one, two] = [await join({}, url), await join({}, url)];
    undo.push(two.slot.subscribe(() => {}));
    await one.coordinator.run(NAME, waiting, () => one.slot.save(tokenNamed('allowed')));
    expect((await two.slot.load()).data?.accessToken).toBe('allowed');
    await two.slot.clear();
    await one.coordinator.failures!.remember(FINGERPRINT, { kind: 'server', message: 'x' }, 1_000);
    await one.coordinator.failures!.forget(FINGERPRINT);
    expect([one.coordinator.exclusive, two.coordinator.exclusive]).toEqual([true, true]);
  });
});
