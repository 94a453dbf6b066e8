/** A token that gets old, is refused, or is replaced, in a fleet of real processes. */
import { describe, expect, it, vi } from 'vitest';
import { fleetContext, trackedMembers } from './fleet-context.js';
import { redisServer } from './redis-server.js';

const poll = { timeout: 30_000, interval: 20 };

describe.skipIf(!redisServer)('a fleet that has a token', () => {
  const context = fleetContext();
  const open = trackedMembers();

  async function warmFleet(count: number, more: Parameters<typeof context.newFleet>[0] = {}) {
    const optionsOf = context.newFleet(more);
    const workers = context.workers(count);
    const members = await Promise.all(workers.map((worker, index) => open(worker, optionsOf(index))));
    const [old] = (await members[0]!.get()).tokens;
    for (const member of members) expect((await member.get()).tokens).toEqual([old]);
    expect(context.endpoint.requests).toBe(1);
    return { members, old: old!, prefix: optionsOf(0).prefix };
  }

  it.each([true, false])('refreshes it once, behind callers of whom none waits (messages: %s)', async (subscribe) => {
    const { members, old, prefix } = await warmFleet(8, { subscribe });
    await context.age(prefix, members, 3_400_000);
    context.endpoint.delayMs = 1_000;
    const outcomes = await Promise.all(members.map((member) => member.get(50)));
    expect(new Set(outcomes.flatMap(({ tokens }) => tokens))).toEqual(new Set([old]));
    await vi.waitFor(() => expect(context.endpoint.requests).toBe(2), poll);
    if (!subscribe) return;
    await vi.waitFor(async () => {
      const peeked = new Set((await Promise.all(members.map((member) => member.look()))).map(({ peek }) => peek));
      expect(peeked.size).toBe(1);
      expect(peeked).not.toContain(old);
    }, poll);
    expect(context.endpoint.requests).toBe(2);
  });

  it('deletes a refused token once, and never its successor', async () => {
    const { members, old } = await warmFleet(4);
    await Promise.all(members.map((member) => member.invalidate(old)));
    const outcomes = await Promise.all(members.map((member) => member.get(50)));
    const tokens = new Set(outcomes.flatMap((outcome) => outcome.tokens));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(old);
    await Promise.all(members.map((member) => member.invalidate(old)));
    expect(new Set((await Promise.all(members.map((member) => member.get()))).flatMap(({ tokens: t }) => t))).toEqual(
      tokens,
    );
    expect(context.endpoint.requests).toBe(2);
  });

  it('takes over what one process was told to fetch', async () => {
    const { members, old } = await warmFleet(3);
    const [fresh] = (await members[0]!.refresh()).tokens;
    expect(fresh).not.toBe(old);
    await vi.waitFor(async () => {
      for (const member of members) expect((await member.look()).peek).toBe(fresh);
    }, poll);
    expect(context.endpoint.requests).toBe(2);
  });

  it('drops what was being fetched when the secret is rotated: the old result is used nowhere', async () => {
    const optionsOf = context.newFleet();
    const members = await Promise.all(context.workers(3).map((worker, index) => open(worker, optionsOf(index))));
    context.endpoint.delayMs = 1_000;
    const waiting = members.map((member) => member.get());
    await vi.waitFor(() => expect(context.endpoint.requests).toBe(1), poll);
    context.endpoint.delayMs = 20;
    const rotated = { ...context.credentials(), clientSecret: 'another secret' };
    await Promise.all(members.map((member) => member.save(rotated)));
    const tokens = new Set((await Promise.all(waiting)).flatMap((outcome) => outcome.tokens));
    expect(tokens.size).toBe(1);
    expect(context.endpoint.requests).toBe(2);
    // Also after the answer to the old request has come.
    await context.raw.pexpire(await context.keyOf(optionsOf(0).prefix, 'token'), 100_000);
    for (const member of members) expect([...tokens]).toContain((await member.look()).peek);
  });
});
