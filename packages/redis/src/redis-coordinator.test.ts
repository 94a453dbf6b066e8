import { EncryptionUnavailableError } from '@worker-token/storage';
import { afterEach, expect, it, vi } from 'vitest';
import { InvalidFleetOptionsError } from './errors.js';
import { redisCoordinator } from './redis-coordinator.js';
import { redisTier } from './redis-tier.js';
import type { RedisAdapter } from './types.js';

const key = () => Buffer.alloc(32);
const adapter: RedisAdapter = {
  ready: async () => {},
  get: async () => null,
  setNxPx: async () => true,
  evaluate: async () => 1,
  subscribe: () => () => {},
};
afterEach(() => vi.unstubAllEnvs());

it.each([redisCoordinator, redisTier])('refuses what is no client, no prefix or no time ($name)', (make) => {
  const asked = (options: object) => () => make({ redis: adapter, key, ...options });
  for (const redis of [null, 'redis://localhost', {}, { get() {}, set() {} }]) {
    expect(asked({ redis })).toThrow(InvalidFleetOptionsError);
  }
  for (const prefix of ['', '{x}', 'ä', 'x'.repeat(65)]) expect(asked({ prefix })).toThrow('Expected prefix');
  for (const ms of [0, -1, Number.NaN, Infinity]) {
    expect(asked({ commandTimeoutMs: ms })).toThrow('Expected commandTimeoutMs');
    expect(asked({ restMs: ms })).toThrow('Expected restMs');
  }
  expect(asked({})).not.toThrow();
});

it.each([redisCoordinator, redisTier])(
  'takes its key from the environment, and does nothing without one ($name)',
  (make) => {
    vi.stubEnv('WORKER_TOKEN_STORAGE_KEY', '');
    expect(() => make({ redis: adapter })).toThrow(EncryptionUnavailableError);
    vi.stubEnv('WORKER_TOKEN_STORAGE_KEY', 'ab'.repeat(32));
    expect(() => make({ redis: adapter })).not.toThrow();
  },
);

it('runs the work without a turn when the key does not come', async () => {
  const events: string[] = [];
  const coordinator = redisCoordinator({
    redis: adapter,
    key: () => Promise.reject(new Error('the key service is down')),
    onEvent: ({ type }) => events.push(type),
  });
  const work = vi.fn(async () => 'done');
  expect(await coordinator.run('worker-token:ff', { ifAvailable: true, timeoutMs: 100 }, work)).toBe('done');
  expect(coordinator.exclusive).toBe(false);
  expect(await coordinator.ready(100)).toBe(false);
});

it('reports a listener that throws where errors go, and goes on', async () => {
  vi.useFakeTimers();
  const coordinator = redisCoordinator({
    redis: adapter,
    key,
    onEvent() {
      throw new Error('a bug of the application');
    },
  });
  const run = coordinator.run('worker-token:ff', { ifAvailable: true, timeoutMs: 100 }, async () => 'done');
  expect(await run).toBe('done');
  expect(() => vi.runAllTimers()).toThrow('a bug of the application');
  vi.useRealTimers();
});
