/** What the token endpoint refuses, it is asked once by the whole fleet; and it is not asked before the time it names. */
import { describe, expect, it } from 'vitest';
import { fleetContext, trackedMembers } from './fleet-context.js';
import { redisServer } from './redis-server.js';

describe.skipIf(!redisServer)('a fleet that is refused', () => {
  const context = fleetContext();
  const open = trackedMembers();

  it('makes one request with a wrong secret, and one after the cool-down', async () => {
    const optionsOf = context.newFleet();
    const members = await Promise.all(context.workers(8).map((worker, index) => open(worker, optionsOf(index))));
    const getAll = async () => (await Promise.all(members.map((member) => member.get(50)))).map(({ errors }) => errors);
    const refused = members.map(() => ['invalid-client']);
    context.endpoint.status = 401;
    expect(await getAll()).toEqual(refused);
    expect(await getAll()).toEqual(refused);
    expect(context.endpoint.requests).toBe(1);
    // A process that starts now is told, and does not ask.
    const late = await open(context.workers(1)[0]!, optionsOf(1));
    expect((await late.get()).errors).toEqual(['invalid-client']);
    expect((await late.look()).status.hasToken).toBe(false);
    expect(context.endpoint.requests).toBe(1);
    const failure = await context.keyOf(optionsOf(0).prefix, 'err');
    expect(await context.raw.pttl(failure)).toBeLessThanOrEqual(30_000);

    await context.raw.del(failure);
    await Promise.all(members.map((member) => member.moveClock(31_000)));
    expect(await getAll()).toEqual(refused);
    expect(context.endpoint.requests).toBe(2);
  });

  it('waits out a 429 once for all, and asks again not before the time that was named', async () => {
    const optionsOf = context.newFleet();
    const members = await Promise.all(context.workers(4).map((worker, index) => open(worker, optionsOf(index))));
    const times: number[] = [];
    Object.assign(context.endpoint, { status: 429, headers: { 'retry-after': '1' } });
    context.endpoint.onRequest = () => {
      times.push(performance.now());
      if (times.length === 2) context.endpoint.status = 200;
    };
    const outcomes = await Promise.all(members.map((member) => member.get(50)));
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(outcomes.flatMap(({ tokens }) => tokens)).size).toBe(1);
    expect(times).toHaveLength(2);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(999);
  });

  it('remembers a 429 that asks for more than the deadline, and tells everybody what is left of it', async () => {
    const optionsOf = context.newFleet();
    const members = await Promise.all(context.workers(4).map((worker, index) => open(worker, optionsOf(index))));
    Object.assign(context.endpoint, { status: 429, headers: { 'retry-after': '40' } });
    const first = await Promise.all(members.map((member) => member.get(10)));
    expect(first.map(({ errors }) => errors)).toEqual(members.map(() => ['rate-limited']));
    const late = await open(context.workers(1)[0]!, optionsOf(0));
    const { errors, retryAfter } = await late.get();
    expect(errors).toEqual(['rate-limited']);
    expect(retryAfter[0]).toBeGreaterThan(0);
    expect(retryAfter[0]).toBeLessThan(40_000);
    expect(context.endpoint.requests).toBe(1);
  });
});
