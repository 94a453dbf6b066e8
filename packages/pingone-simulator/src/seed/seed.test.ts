import { describe, expect, it } from 'vitest';
import { seedWorld } from './seed.js';

const now = Date.parse('2026-03-04T05:06:07.089Z');

describe('the seeded world', () => {
  it('is the same for the same seed and moment, and another for another seed', () => {
    expect(seedWorld({}, now)).toEqual(seedWorld({}, now));
    expect(seedWorld({ seed: 2 }, now).users[1]?.id).not.toBe(seedWorld({}, now).users[1]?.id);
  });

  it('has 500 users with different names, ids and addresses at example.test', () => {
    const { users } = seedWorld({}, now);
    for (const values of [users.map(({ id }) => id), users.map(({ username }) => username)]) {
      expect(new Set(values).size).toBe(500);
    }
    expect(users.every(({ email }) => /^[a-z.]+@example\.test$/.test(email))).toBe(true);
  });

  it('has activities on each of the last 90 days and none in the future', () => {
    const times = seedWorld({}, now).activities.map(({ recordedAt }) => Date.parse(recordedAt));
    const days = new Set(times.map((time) => Math.floor((now - time) / 86_400_000)));
    expect(days.size).toBe(90);
    expect(Math.max(...times)).toBeLessThanOrEqual(now);
  });

  it('takes given collections in place of its own', () => {
    expect(seedWorld({ users: [], activities: [] }, now)).toMatchObject({ users: [], activities: [] });
  });
});
