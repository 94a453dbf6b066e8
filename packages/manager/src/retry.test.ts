import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkerTokenError } from './errors.js';
import { RETRY_DEFAULTS, withRetry } from './retry.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const unavailable = (retryAfterMs?: number) =>
  new WorkerTokenError('server', 'It answered 503.', { retryable: true, retryAfterMs });
const denied = new WorkerTokenError('invalid-client', 'It answered 401.');

/** Fails with these errors, in order, then succeeds. */
async function run(errors: Error[], { random = 0.5, left = 10_000, signal = new AbortController().signal } = {}) {
  const waits: number[] = [];
  let attempts = 0;
  const result = withRetry(
    async (number) => {
      attempts++;
      const error = errors[number];
      if (error) throw error;
      return 'token';
    },
    { ...RETRY_DEFAULTS, random: () => random },
    { signal, left: () => left, onWait: (ms) => waits.push(ms) },
  ).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return { result: await result, attempts, waits };
}

test('29. 503, 503, 200 is one success with three requests, with full jitter', async () => {
  expect(await run([unavailable(), unavailable()])).toEqual({ result: 'token', attempts: 3, waits: [100, 200] });
  expect((await run([unavailable(), unavailable()], { random: 0 })).waits).toEqual([0, 0]);
});

test('gives up after three attempts with the last error', async () => {
  const errors = [unavailable(), unavailable(), unavailable()];
  expect(await run(errors)).toMatchObject({ result: errors[2], attempts: 3 });
});

test('never retries what says that it is not retryable', async () => {
  expect(await run([denied])).toMatchObject({ result: denied, attempts: 1 });
});

test('30. waits as long as the server asks', async () => {
  expect((await run([unavailable(2_000)])).waits).toEqual([2_000]);
});

test('30. fails at once when the server asks for more than is left', async () => {
  const error = unavailable(20_000);
  expect(await run([error])).toEqual({ result: error, attempts: 1, waits: [] });
});

test('a wait ends when the signal aborts', async () => {
  const controller = new AbortController();
  const ended = run([unavailable(5_000)], { signal: controller.signal });
  controller.abort(new Error('enough'));
  expect((await ended).result).toEqual(new Error('enough'));
});
