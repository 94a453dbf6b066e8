/** The tier against the contract of storage, with both clients; and what it keeps out of Redis. */
import { createCredentialStorage, flowKey } from '@worker-token/storage';
import { conformanceCases } from '@worker-token/storage/conformance';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { redisTier } from '../src/redis-tier.js';
import { CLIENTS, openClient, type OpenClient } from './clients.js';
import { KEY } from './fleet-context.js';
import { redisServer, startRedis, type TestRedis } from './redis-server.js';

const KEY_BYTES = () => Buffer.from(KEY, 'hex');
const poll = { timeout: 30_000, interval: 20 };

describe.skipIf(!redisServer).each(CLIENTS)('the tier, by %s,', (name) => {
  let redis: TestRedis;
  let raw: Redis;
  let client: OpenClient;
  let prefixes = 0;
  beforeAll(async () => {
    redis = await startRedis();
    raw = new Redis(redis.url);
    client = openClient(name, redis.url);
  });
  afterAll(async () => {
    client.close();
    raw.disconnect();
    await redis.dispose();
  });
  const settings = () => ({ redis: client.redis, key: KEY_BYTES, commandTimeoutMs: 10_000 });
  const newPrefix = () => `tier-${++prefixes}`;

  describe.each(conformanceCases(() => redisTier({ ...settings(), prefix: newPrefix() })))('$title', ({ run }) => {
    it('holds', run);
  });

  it('gives a flow of one process to another, and tells it of changes', async () => {
    const prefix = newPrefix();
    const other = openClient(name, redis.url);
    const [here, there] = [client, other].map(({ redis: theirs }) =>
      createCredentialStorage({ tiers: [redisTier({ ...settings(), redis: theirs, prefix })] }),
    );
    const flow = flowKey('authorization-code');
    const heard: string[] = [];
    there!.subscribe(flow, ({ type, origin }) => heard.push(`${type} ${origin}`));
    await there!.loadFlowCredentials(flow);
    await vi.waitFor(async () => {
      await here!.saveFlowCredentials(flow, { clientId: 'a-client' });
      await vi.waitFor(() => expect(heard).toContain('saved other-tab'), { timeout: 500, interval: 10 });
    }, poll);
    expect((await there!.loadFlowCredentials(flow)).data).toEqual({ clientId: 'a-client' });
    expect(here!.status()).toMatchObject({ tier: 'redis', durable: true, encrypted: true });
    here!.dispose();
    there!.dispose();
    other.close();
  });

  it('keeps the worker credentials in its process, and everything else sealed', async () => {
    const prefix = newPrefix();
    const storage = createCredentialStorage({ tiers: [redisTier({ ...settings(), prefix })] });
    await storage.saveFlowCredentials(flowKey('a-flow'), { clientSecret: 'canary-flow-secret' });
    await storage.shared.credentials.save({
      environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
      clientId: 'worker-client-1',
      clientSecret: 'canary-worker-secret',
      region: 'NA',
      tokenEndpointAuthMethod: 'client_secret_basic',
    });
    const stored = await raw.hgetall(`{${prefix}:records}`);
    expect(Object.keys(stored)).toEqual(['flow_credentials_a-flow']);
    expect(JSON.stringify(stored)).not.toContain('canary');
    expect((await storage.shared.credentials.load({ fresh: true })).data?.clientSecret).toBe('canary-worker-secret');
    storage.dispose();
  });

  it('calls a record that was sealed with another key, moved or changed undecryptable', async () => {
    const prefix = newPrefix();
    const tier = redisTier({ ...settings(), prefix });
    const record = { revision: 1, text: 'an envelope' };
    await tier.compareAndSet('flow_credentials_a', null, record);
    const hash = `{${prefix}:records}`;
    const stored = (await raw.hget(hash, 'flow_credentials_a')) ?? '';
    await raw.hset(hash, { flow_credentials_moved: stored, flow_credentials_cut: stored.slice(0, -6) });
    const stranger = redisTier({ ...settings(), prefix, key: () => Buffer.alloc(32, 1) });
    const problem = { kind: 'undecryptable' };
    expect(await tier.get('flow_credentials_a')).toEqual(record);
    expect(await tier.get('flow_credentials_moved')).toMatchObject({ problem });
    expect(await tier.get('flow_credentials_cut')).toMatchObject({ problem });
    expect(await stranger.get('flow_credentials_a')).toMatchObject({ problem });
  });
});
