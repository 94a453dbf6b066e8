/** What passes over the wire and lies in Redis: everything that a fleet does, watched by MONITOR, then DUMPed. */
import { flowKey, createCredentialStorage } from '@worker-token/storage';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { redisTier } from '../src/redis-tier.js';
import { CLIENTS, openClient } from './clients.js';
import { fleetContext, KEY, trackedMembers } from './fleet-context.js';
import { redisServer } from './redis-server.js';
import { SECRET_CANARY, TOKEN_CANARY } from './token-endpoint.js';

describe.skipIf(!redisServer)('what Redis gets to see', () => {
  const context = fleetContext();
  const open = trackedMembers();

  it('holds no secret, no token, no client id and no piece of the key', async () => {
    const monitor = await new Redis(context.redis.url).monitor();
    const seen: string[] = [];
    monitor.on('monitor', (_time: string, args: string[]) => seen.push(args.join(' ')));
    const optionsOf = context.newFleet();
    const members = await Promise.all(context.workers(4).map((worker, index) => open(worker, optionsOf(index))));
    const [token] = (await members[0]!.get(10)).tokens;
    await Promise.all(members.map((member) => member.get(10)));
    await members[1]!.refresh();
    context.endpoint.status = 401;
    await members[2]!.refresh();
    await Promise.all(CLIENTS.map((name) => keepFlow(name, optionsOf(0).prefix)));

    const lying = await everythingIn(context.raw);
    await expect.poll(() => seen.filter((line) => line.startsWith('dump')).length).toBeGreaterThanOrEqual(2);
    monitor.disconnect();
    expect(lying).toHaveLength(3);
    expect(seen.length).toBeGreaterThan(20);
    const all = [...seen, ...lying].join('\n');
    const { clientId, environmentId } = context.credentials();
    for (const canary of [SECRET_CANARY, TOKEN_CANARY, token!, clientId!, environmentId!, KEY, 'flow-canary']) {
      for (const form of formsOf(canary)) expect(all.includes(form), `${canary.slice(0, 6)}… in Redis`).toBe(false);
    }
  });

  async function keepFlow(name: (typeof CLIENTS)[number], prefix: string): Promise<void> {
    const { redis, close } = openClient(name, context.redis.url);
    const tier = redisTier({ redis, prefix, key: () => Buffer.from(KEY, 'hex'), commandTimeoutMs: 5_000 });
    const storage = createCredentialStorage({ tiers: [tier] });
    await storage.saveFlowCredentials(flowKey('a-flow'), { clientSecret: 'flow-canary' });
    storage.dispose();
    close();
  }
});

/** Every key, as it is dumped and as it is read. */
async function everythingIn(raw: Redis): Promise<string[]> {
  const texts: string[] = [];
  for (const key of await raw.keys('*')) {
    const dump = (await raw.dumpBuffer(key))?.toString('latin1') ?? '';
    const value = (await raw.type(key)) === 'hash' ? JSON.stringify(await raw.hgetall(key)) : await raw.get(key);
    texts.push(`${key} ${dump} ${value}`);
  }
  return texts;
}

function formsOf(canary: string): string[] {
  const bytes = Buffer.from(canary);
  return [
    canary,
    encodeURIComponent(canary),
    bytes.toString('hex'),
    ...['base64', 'base64url'].map((e) => bytes.toString(e as 'base64').slice(0, -4)),
  ];
}
