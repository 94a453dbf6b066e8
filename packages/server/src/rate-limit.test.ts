import { describe, expect, it } from 'vitest';
import { ServerOptionError } from './errors.js';
import { createRateLimiter } from './rate-limit.js';

function limiter(requests: number, perMs = 1_000, maxSessions = 10) {
  const time = { now: 1_000_000 };
  const counted = createRateLimiter({ requests, perMs, maxSessions }, { now: () => time.now });
  return { time, take: (session = 'a') => counted.take(session) as { allowed: boolean; retryAfterMs: number } };
}

describe('the rate limit', () => {
  it('lets so many through at once, and then one at a time', () => {
    const { time, take } = limiter(4);
    expect(Array.from({ length: 6 }, () => take().allowed)).toEqual([true, true, true, true, false, false]);
    time.now += 250;
    expect([take().allowed, take().allowed]).toEqual([true, false]);
    time.now += 10_000;
    expect(Array.from({ length: 5 }, () => take().allowed)).toEqual([true, true, true, true, false]);
  });

  it('says exactly when the next one will be let through', () => {
    const { time, take } = limiter(3);
    for (let i = 0; i < 3; i++) take();
    const { retryAfterMs } = take();
    time.now += retryAfterMs - 2;
    expect(take().allowed).toBe(false);
    time.now += 2;
    expect(take().allowed).toBe(true);
  });

  it('counts each session for itself', () => {
    const { take } = limiter(1);
    expect([take('a').allowed, take('b').allowed, take('a').allowed]).toEqual([true, true, false]);
  });

  it('does not count what it refused', () => {
    const { time, take } = limiter(1);
    take();
    for (let i = 0; i < 100; i++) take();
    time.now += 1_000;
    expect(take().allowed).toBe(true);
  });

  it('remembers a bounded number of sessions, and forgets the quietest first', () => {
    const { take } = limiter(1, 1_000, 2);
    take('a');
    take('b');
    take('c');
    expect([take('c').allowed, take('b').allowed, take('a').allowed]).toEqual([false, false, true]);
  });

  it('does not forget a session that came back', () => {
    const { take } = limiter(2, 1_000, 2);
    for (const session of ['a', 'b', 'a', 'c']) take(session);
    expect([take('a').allowed, take('b').allowed]).toEqual([false, true]);
  });

  it('locks nobody out when the clock is set back', () => {
    const { time, take } = limiter(2);
    take();
    time.now -= 3_600_000;
    take();
    time.now += 1_000;
    expect(take().allowed).toBe(true);
  });

  it.each([{ requests: 0 }, { requests: Number.NaN }, { requests: 1, perMs: 0 }, { requests: 1, maxSessions: 0 }])(
    'is not made with %j',
    (options) => expect(() => createRateLimiter(options)).toThrow(ServerOptionError),
  );
});
