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

    // what is there is found
    await context.raw.set('planted', Buffer.from(`an-id:${SECRET_CANARY}`).toString('base64'));
    const planted = (await everythingIn(context.raw)).join('\n');
    expect(formsOf(SECRET_CANARY).some((form) => planted.includes(form))).toBe(true);
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

/** In base64 it depends on what stands before it, so there are three; what touches other bytes at the ends is left off. */
function formsOf(canary: string): string[] {
  const texts = [...new Set([canary, encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1)])];
  return texts.flatMap((text) => [
    text,
    Buffer.from(text).toString('hex'),
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      [0, 1, 2].map((before) => {
        const padded = Buffer.from('x'.repeat(before) + text);
        return padded.toString(encoding).slice(before === 0 ? 0 : 4, 4 * Math.floor(padded.length / 3));
      }),
    ),
  ]);
}
