import { afterEach, expect, test, vi } from 'vitest';
import { deferred } from '../test/builder.js';
import { testLocks } from '../test/locks.js';
import { webLocksCoordinator } from './web-locks-coordinator.js';

afterEach(() => vi.useRealTimers());

const patient = { ifAvailable: false, timeoutMs: 12_000 };
const hasty = { ifAvailable: true, timeoutMs: 12_000 };

test('one after the other, whoever asks', async () => {
  const locks = testLocks();
  const [one, two] = [webLocksCoordinator(locks, Math.random), webLocksCoordinator(locks, Math.random)];
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await Promise.resolve();
    events.push(`${name} ends`);
  };
  await Promise.all([one.run('lock', patient, work('a')), two.run('lock', patient, work('b'))]);
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('in the background it does not wait', async () => {
  const locks = testLocks();
  const coordinator = webLocksCoordinator(locks, Math.random);
  const holding = deferred();
  const held = coordinator.run('lock', patient, () => holding.promise);
  expect(await coordinator.run('lock', hasty, async () => 'ran')).toBeUndefined();
  holding.resolve();
  await held;
  expect(await coordinator.run('lock', hasty, async () => 'ran')).toBe('ran');
});

test('2. a holder that never ends costs the timeout and a stagger, not for ever', async () => {
  vi.useFakeTimers();
  const coordinator = webLocksCoordinator(testLocks(), () => 0.5);
  void coordinator.run('lock', patient, () => new Promise(() => {}));
  const work = vi.fn(async () => 'ran');
  const waiting = coordinator.run('lock', patient, work);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(work).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(await waiting).toBe('ran');
});

test('6. work that throws frees the lock at once', async () => {
  const coordinator = webLocksCoordinator(testLocks(), Math.random);
  await expect(coordinator.run('lock', patient, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await coordinator.run('lock', hasty, async () => 'ran')).toBe('ran');
});

test('8. locks that cannot be asked cost a request, not a token', async () => {
  const denied = {
    request: () => Promise.reject(new DOMException('no', 'SecurityError')),
    query: () => Promise.reject(new Error()),
  };
  const coordinator = webLocksCoordinator(denied, () => 0);
  expect(await coordinator.run('lock', patient, async () => 'ran')).toBe('ran');
});

test('8. a detached frame, which gets neither lock nor error, does the work alone', async () => {
  const detached = { request: () => undefined, query: async () => ({}) } as unknown as LockManager;
  const coordinator = webLocksCoordinator(detached, () => 0);
  expect(await coordinator.run('lock', patient, async () => 'ran')).toBe('ran');
});

test('a wait ends with its signal, and the work is not done', async () => {
  const coordinator = webLocksCoordinator(testLocks(), Math.random);
  void coordinator.run('lock', patient, () => new Promise(() => {}));
  const controller = new AbortController();
  const work = vi.fn(async () => 'ran');
  const waiting = coordinator.run('lock', { ...patient, signal: controller.signal }, work);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(work).not.toHaveBeenCalled();
});
