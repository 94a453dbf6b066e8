import { expect, test } from 'vitest';
import { freshnessAt, isServable, thresholdsOf } from './freshness.js';

const HOUR = 3_600_000;
const policy = { refreshAheadMs: 300_000, minValidityMs: 10_000 };
const token = (life: number) => ({ obtainedAt: 0, expiresAt: life });

test.each([
  ['an hour', HOUR, HOUR - 300_000, HOUR - 10_000],
  ['a minute: a quarter and a tenth of its life', 60_000, 45_000, 54_000],
  ['ten minutes: a quarter is less than five minutes', 600_000, 450_000, 590_000],
])('thresholds of a token that lives for %s', (_, life, refreshAt, staleAt) => {
  expect(thresholdsOf(token(life), policy, 0)).toEqual({ refreshAt, staleAt });
});

test('jitter spreads the refresh over a fifth of the life, and never before the token was there', () => {
  expect(thresholdsOf(token(HOUR), policy, 0.5).refreshAt).toBe(HOUR - 300_000 - HOUR / 10);
  expect(thresholdsOf(token(HOUR), policy, 0.999).refreshAt).toBeGreaterThan(HOUR - 300_000 - HOUR / 5);
  expect(thresholdsOf(token(HOUR), { refreshAheadMs: HOUR, minValidityMs: HOUR }, 0.999).refreshAt).toBeGreaterThan(0);
});

test('a token is fresh, then ahead, then stale', () => {
  const thresholds = thresholdsOf(token(HOUR), policy, 0);
  expect(
    [0, HOUR - 300_001, HOUR - 300_000, HOUR - 10_001, HOUR - 10_000, HOUR].map((now) => freshnessAt(now, thresholds)),
  ).toEqual(['fresh', 'fresh', 'ahead', 'ahead', 'stale', 'stale']);
});

test('a token from the future is not servable: the clock was set back', () => {
  expect(isServable({ obtainedAt: 1_000, expiresAt: HOUR }, policy, 999)).toBe(false);
  expect(isServable({ obtainedAt: 1_000, expiresAt: HOUR }, policy, 1_000)).toBe(true);
});
