/** Fleets of real processes that start with nothing: whoever asks, and how many, there is one token request. */
import { describe, expect, it } from 'vitest';
import { fleetContext } from './fleet-context.js';
import { redisServer } from './redis-server.js';

const FULL = Boolean(process.env['TEST_FULL']);

describe.skipIf(!redisServer)('a cold fleet', () => {
  const context = fleetContext();

  /** @returns how many requests there were, and how many tokens. */
  async function trial(
    processes: number,
    callers: number,
    subscribe: boolean,
  ): Promise<{ requests: number; tokens: number }> {
    context.endpoint.reset();
    const optionsOf = context.newFleet({ subscribe });
    const members = await Promise.all(context.workers(processes).map((worker, index) => worker.open(optionsOf(index))));
    const outcomes = await Promise.all(members.map((member) => member.get(callers)));
    await Promise.all(members.map((member) => member.close()));
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    return { requests: context.endpoint.requests, tokens: new Set(outcomes.flatMap(({ tokens }) => tokens)).size };
  }

  async function trials(count: number, processes: number, callers: number, subscribe = true): Promise<string[]> {
    const seen: string[] = [];
    for (let n = 0; n < count; n++) {
      const { requests, tokens } = await trial(processes, callers, subscribe);
      seen.push(`${requests} request, ${tokens} token`);
    }
    return seen;
  }

  it.each([
    { processes: 8, callers: 50, count: FULL ? 200 : 6 },
    { processes: 4, callers: 10_000, count: FULL ? 200 : 2 },
  ])(
    'of $processes processes with $callers callers each makes one request, in $count of $count trials',
    { timeout: 1_200_000 },
    async ({ processes, callers, count }) => {
      expect(await trials(count, processes, callers)).toEqual(Array(count).fill('1 request, 1 token'));
    },
  );

  it('makes one request also where no message arrives, and there are only the polls', async () => {
    const count = FULL ? 20 : 2;
    expect(await trials(count, 8, 50, false)).toEqual(Array(count).fill('1 request, 1 token'));
  });
});
