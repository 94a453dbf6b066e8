/** The process that has the turn dies, or stands still, at each point of its work; real processes, real signals. */
import { expect, describe, it, vi } from 'vitest';
import { fleetContext, trackedMembers } from './fleet-context.js';
import type { Stage } from './fleet-protocol.js';
import { redisServer } from './redis-server.js';

const poll = { timeout: 30_000, interval: 20 };

describe.skipIf(!redisServer)('the process that has the turn', () => {
  const context = fleetContext();
  const open = trackedMembers();

  it.each<[Stage, number]>([
    ['before fetch', 1],
    ['after fetch', 2],
    ['written', 1],
  ])(
    'is killed (%s): the others have a token when its lease is over, by %i request in all',
    async (stage, requests) => {
      const [holder, ...others] = context.workers(4);
      const optionsOf = context.newFleet({ manager: { deadlineMs: 1_500 } });
      const doomed = await open(holder!, optionsOf(0, { standAt: stage }));
      const members = await Promise.all(others.map((worker, index) => open(worker, optionsOf(index + 1))));
      void doomed.get().catch(() => {});
      await holder!.reached(stage);
      const waiting = members.map((member) => member.get(50));
      holder!.kill('SIGKILL');
      const outcomes = await Promise.all(waiting);
      expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
      expect(new Set(outcomes.flatMap(({ tokens }) => tokens)).size).toBe(1);
      expect(context.endpoint.requests).toBe(requests);
      const events = (await Promise.all(members.map((member) => member.look()))).flatMap((look) => look.events);
      expect(events.filter(({ type }) => type === 'late')).toEqual([]);
    },
  );

  it('stands still past its lease and goes on: its late write is refused, and the newer token stays', async () => {
    const [holder, other] = context.workers(2);
    const optionsOf = context.newFleet({ manager: { deadlineMs: 60_000 } });
    const stopped = await open(holder!, optionsOf(0, { standAt: 'after fetch' }));
    const next = await open(other!, optionsOf(1));
    const late = stopped.get(50);
    await holder!.reached('after fetch');
    holder!.kill('SIGSTOP');
    const { prefix } = optionsOf(0);
    const waiting = next.get(50);
    await context.raw.pexpire(await context.keyOf(prefix, 'lock'), 1);
    const { tokens } = await waiting;
    const stored = await context.raw.get(await context.keyOf(prefix, 'token'));
    holder!.kill('SIGCONT');
    await holder!.goOn();
    expect((await late).tokens).toEqual(tokens);
    expect((await stopped.look()).events.map(({ type }) => type)).toContain('refused');
    expect(await context.raw.get(await context.keyOf(prefix, 'token'))).toBe(stored);
    expect(context.endpoint.requests).toBe(2);
  });

  it('fails: the next one has its turn at once, and not after the lease', async () => {
    const [one, two] = context.workers(2);
    const optionsOf = context.newFleet({ manager: { deadlineMs: 60_000, retry: { attempts: 1 } } });
    const first = await open(one!, optionsOf(0));
    const second = await open(two!, optionsOf(1));
    Object.assign(context.endpoint, { status: 503, delayMs: 300 });
    const failing = first.get();
    await vi.waitFor(() => expect(context.endpoint.requests).toBe(1), poll);
    const waiting = second.get();
    expect((await failing).errors).toEqual(['server']);
    context.endpoint.status = 200;
    const { tokens, errors } = await waiting;
    // The second request may have come while the endpoint was still out of order.
    expect(tokens.length + errors.length).toBe(1);
    expect(context.endpoint.requests).toBe(2);
  });
});
