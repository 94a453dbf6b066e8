/** On a cluster: all keys of one fleet lie in one slot, and both cluster clients do their work there. */
import { createWorkerTokenManager } from '@worker-token/manager';
import { Cluster, Redis } from 'ioredis';
import { createCluster } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { redisCoordinator } from '../src/redis-coordinator.js';
import { redisTier } from '../src/redis-tier.js';
import { recordKeysOf, slotKeysOf } from '../src/slot-keys.js';
import type { RedisClient } from '../src/types.js';
import { KEY } from './fleet-context.js';
import { redisServer, startRedis, type TestRedis } from './redis-server.js';

const key = () => Buffer.from(KEY, 'hex');
const poll = { timeout: 30_000, interval: 20 };

describe.skipIf(!redisServer)('on a cluster', () => {
  let redis: TestRedis;
  let raw: Redis;
  const undo: (() => unknown)[] = [];
  beforeAll(async () => {
    redis = await startRedis('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1');
    raw = new Redis(redis.url);
    await raw.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await vi.waitFor(async () => expect(await raw.cluster('INFO')).toContain('cluster_state:ok'), poll);
  });
  afterEach(() => Promise.all(undo.splice(0).map((end) => end())));
  afterAll(async () => {
    raw.disconnect();
    await redis.dispose();
  });

  it('all keys of a slot have the same CLUSTER KEYSLOT', async () => {
    const slotOf = (name: string) => raw.cluster('KEYSLOT', name);
    const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(32));
    const groups = [...ids.map((id) => slotKeysOf('wt', id)), recordKeysOf('wt')];
    const numbers = await Promise.all(
      groups.map(async (keys) => new Set(await Promise.all(Object.values(keys).map(slotOf)))),
    );
    expect(numbers.map((slots) => slots.size)).toEqual(groups.map(() => 1));
    expect(new Set(numbers.flatMap((slots) => [...slots])).size).toBe(groups.length);
  });

  async function clients(): Promise<RedisClient[]> {
    const ours = new Cluster([{ host: '127.0.0.1', port: redis.port }]);
    const theirs = createCluster({ rootNodes: [{ url: redis.url }] });
    theirs.on('error', () => {});
    await theirs.connect();
    undo.push(
      () => ours.disconnect(),
      () => theirs.destroy(),
    );
    return [ours, theirs];
  }

  it('both cluster clients share a token, a refresh and a record', async () => {
    let requests = 0;
    const both = await clients();
    const managers = both.map((client) => {
      const manager = createWorkerTokenManager({
        coordination: redisCoordinator({ redis: client, key, commandTimeoutMs: 5_000 }),
        tokenSource: async () => ({ access_token: `token-${++requests}`, token_type: 'Bearer', expires_in: 3_600 }),
        legacy: { credentials: [] },
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      });
      undo.push(() => manager.dispose());
      return manager;
    });
    for (const manager of managers) {
      await manager.saveCredentials({
        environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
        clientId: 'worker-client-1',
        clientSecret: 'a secret',
      });
    }
    expect(await Promise.all(managers.map((manager) => manager.getWorkerToken()))).toEqual(['token-1', 'token-1']);
    for (const [from, to] of [managers, [...managers].reverse()]) {
      const fresh = await from!.refreshToken();
      await vi.waitFor(() => expect(to!.peekToken()).toBe(fresh), poll);
    }
    expect(requests).toBe(3);

    const tiers = both.map((client) => redisTier({ redis: client, key, commandTimeoutMs: 5_000 }));
    await tiers[0]!.compareAndSet('flow_credentials_a', null, { revision: 1, text: 'x' });
    expect(await tiers[1]!.entries!('flow_')).toEqual([['flow_credentials_a', { revision: 1, text: 'x' }]]);
  });
});
