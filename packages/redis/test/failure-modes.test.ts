/** The failure modes of shared tokens that users have reported elsewhere, by their numbers in the field's list. */
import type { StoredToken } from '@worker-token/storage';
import { createWorkerTokenManager, type WorkerTokenCredentialsInput } from '@worker-token/manager';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { redisCoordinator, type RedisCoordinatorOptions } from '../src/redis-coordinator.js';
import { startBlackHole } from './black-hole.js';
import { CLIENTS, openClient } from './clients.js';
import { fleetContext, KEY, trackedMembers } from './fleet-context.js';
import { freePort, redisServer } from './redis-server.js';

const key = () => Buffer.from(KEY, 'hex');
const FINGERPRINT = 'ab'.repeat(32);
const NAME = `worker-token:${FINGERPRINT}`;
const poll = { timeout: 30_000, interval: 20 };

function tokenNamed(accessToken: string): StoredToken {
  const now = Date.now();
  return { accessToken, tokenType: 'Bearer', obtainedAt: now, expiresAt: now + 3_600_000, fingerprint: FINGERPRINT };
}

describe.skipIf(!redisServer)('failure mode', () => {
  const context = fleetContext();
  const open = trackedMembers();
  const undo: (() => unknown)[] = [];
  afterEach(() => Promise.all(undo.splice(0).map((end) => end())));

  /** One more process of a fleet, in this one. */
  async function join(prefix: string, options: Partial<RedisCoordinatorOptions> = {}, url = context.redis.url) {
    const { redis, close } = openClient('ioredis', url);
    undo.push(close);
    const coordinator = redisCoordinator({ redis, key, prefix, commandTimeoutMs: 5_000, ...options });
    if (!options.commandTimeoutMs) await coordinator.ready(30_000);
    return coordinator;
  }

  it('11: four processes with fifty callers each make one request', async () => {
    const optionsOf = context.newFleet();
    const members = await Promise.all(context.workers(4).map((worker, index) => open(worker, optionsOf(index))));
    const outcomes = await Promise.all(members.map((member) => member.get(50)));
    expect(new Set(outcomes.flatMap(({ tokens }) => tokens)).size).toBe(1);
    expect(context.endpoint.requests).toBe(1);
  });

  it('12: when the lease is shorter than the fetch there is a second fetch, but only the owner of the lease commits', async () => {
    const events: string[] = [];
    const slow = await join('mode-12', { onEvent: ({ type }) => events.push(type) });
    const next = await join('mode-12');
    let answer: (() => void) | undefined;
    const late = slow.run(NAME, { ifAvailable: false, timeoutMs: 10_000, holdMs: 100 }, async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return slow.tokenSlot!(FINGERPRINT).save(tokenNamed('late'), { ifRevision: null });
    });
    await vi.waitFor(() => expect(answer).toBeDefined(), poll);
    let committed = 0;
    await vi.waitFor(async () => {
      await next.run(NAME, { ifAvailable: true, timeoutMs: 10_000, holdMs: 10_000 }, async () => {
        await next.tokenSlot!(FINGERPRINT).save(tokenNamed('from the owner'), { ifRevision: null });
        committed++;
      });
      expect(committed).toBe(1);
    }, poll);
    answer?.();
    await expect(late).rejects.toMatchObject({ code: 'revision-conflict' });
    expect(events).toEqual(['turn', 'refused']);
    expect((await slow.tokenSlot!(FINGERPRINT).load()).data?.accessToken).toBe('from the owner');
  });

  it('13: a Redis that cannot be reached is not a lease that somebody else holds', async () => {
    const [holder, other] = [await join('mode-13'), await join('mode-13')];
    const cut = await join('mode-13', { commandTimeoutMs: 250 }, `redis://127.0.0.1:${await freePort()}`);
    const run = (coordinator: typeof other) =>
      coordinator.run(NAME, { ifAvailable: true, timeoutMs: 10_000, holdMs: 10_000 }, async () => 'ran');
    const inside = await holder.run(NAME, { ifAvailable: true, timeoutMs: 10_000, holdMs: 10_000 }, async () => [
      await run(other),
      await run(cut),
    ]);
    expect(inside).toEqual([undefined, 'ran']);
    await vi.waitFor(async () => expect(await run(other)).toBe('ran'), poll);
  });

  it('24: processes whose clocks differ by hours share a token for as long as Redis says', async () => {
    const workers = context.workers(3);
    const offsets = [0, 2, -2].map((hours) => hours * 3_600_000);
    for (const first of [0, 1, 2]) {
      const optionsOf = context.newFleet();
      const members = await Promise.all(
        workers.map((worker, index) => open(worker, optionsOf(index, { clockOffsetMs: offsets[index]! }))),
      );
      const before = context.endpoint.requests;
      const [token] = (await members[first]!.get()).tokens;
      for (const member of members) {
        expect((await member.get()).tokens).toEqual([token]);
        const left = (await member.look()).status.tokenExpiresIn ?? 0;
        expect(left).toBeGreaterThan(3_500);
        expect(left).toBeLessThanOrEqual(3_600);
      }
      expect(context.endpoint.requests).toBe(before + 1);
      await Promise.all(members.map((member) => member.close()));
    }
  });

  describe.each(CLIENTS)('39, with %s as its maker delivers it', (name) => {
    /** Queues that wait for ever, twenty retries, and nobody who listens for errors. */
    function defaultClient(url: string) {
      if (name === 'ioredis') {
        const redis = new Redis(url);
        undo.push(() => redis.disconnect());
        return redis;
      }
      const redis = createClient({ url });
      redis.connect().catch(() => {});
      undo.push(() => redis.destroy());
      return redis;
    }

    async function managerOn(url: string) {
      const coordinator = redisCoordinator({ redis: defaultClient(url), key, prefix: `mode-39-${name}` });
      const manager = createWorkerTokenManager({
        coordination: coordinator,
        tokenSource: async () => ({ access_token: 'a token', token_type: 'Bearer', expires_in: 3_600 }),
        legacy: { credentials: [] },
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      });
      undo.push(() => manager.dispose());
      const { environmentId, clientId, clientSecret } = context.credentials();
      await manager.saveCredentials({ environmentId, clientId, clientSecret } as WorkerTokenCredentialsInput);
      return { manager, coordinator };
    }

    it.each(['mute', 'down'])('a Redis that is %s costs our own deadline, and never the process', async (how) => {
      const hole = how === 'mute' ? await startBlackHole() : undefined;
      if (hole) undo.push(() => hole.stop());
      const { manager, coordinator } = await managerOn(`redis://127.0.0.1:${hole?.port ?? (await freePort())}`);
      expect(await manager.getWorkerToken()).toBe('a token');
      expect(coordinator.exclusive).toBe(false);
    });
  });

  it('39: a client that loses its connection has somebody who listens for its errors', async () => {
    const redis = createClient({ url: context.redis.url, socket: { reconnectStrategy: 50 } });
    undo.push(() => redis.destroy());
    redisCoordinator({ redis, key, prefix: 'mode-39-lost' });
    await redis.connect();
    const failed = once(redis as never, 'error');
    await context.redis.stop();
    undo.push(() => context.redis.start());
    await failed;
  });
});
