import { StorageUnavailableError } from '@worker-token/storage';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createGuard } from './guard.js';
import type { FleetEvent } from './types.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(ready: () => Promise<void> = async () => {}) {
  const events: FleetEvent[] = [];
  const settings = { commandTimeoutMs: 250, restMs: 2_000, onEvent: (event: FleetEvent) => events.push(event) };
  return { events, guard: createGuard(settings, ready, () => Date.now()) };
}
const never = () => new Promise<never>(() => {});

it('gives up on an answer that does not come in time, and leaves Redis alone for a moment', async () => {
  const { guard, events } = setUp();
  const asked = expect(guard.ask(never)).rejects.toThrow('Redis did not answer within 250 ms.');
  await vi.advanceTimersByTimeAsync(251);
  await asked;
  const command = vi.fn(async () => 'answer');
  await expect(guard.ask(command)).rejects.toThrow(StorageUnavailableError);
  expect(command).not.toHaveBeenCalled();
  expect(guard.isOut).toBe(true);
  expect(events).toEqual([{ type: 'degraded', reason: 'Redis did not answer within 250 ms.' }]);
});

it('lets one try it out after the rest, and everybody when that went well', async () => {
  const { guard, events } = setUp();
  await expect(guard.ask(() => Promise.reject(new Error('ECONNREFUSED 127.0.0.1')))).rejects.toThrow();
  vi.advanceTimersByTime(2_000);
  let answer = (_: string): void => {};
  const probe = guard.ask(() => new Promise<string>((resolve) => (answer = resolve)));
  await expect(guard.ask(async () => 'too early')).rejects.toThrow('left alone');
  await vi.advanceTimersByTimeAsync(0);
  answer('back');
  expect(await probe).toBe('back');
  expect(await guard.ask(async () => 'all')).toBe('all');
  expect(events.map(({ type }) => type)).toEqual(['degraded', 'recovered']);
});

it('hands over what comes too late, so that a lease is given back', async () => {
  const { guard } = setUp();
  const late = vi.fn();
  let answer = (_: boolean): void => {};
  const asked = expect(guard.ask(() => new Promise<boolean>((resolve) => (answer = resolve)), late)).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(251);
  await asked;
  answer(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(late).toHaveBeenCalledExactlyOnceWith(true);
});

it('never sends a command for which nobody waits any more when the connection is there', async () => {
  let connect = (): void => {};
  const { guard } = setUp(() => new Promise<void>((resolve) => (connect = resolve)));
  const command = vi.fn(async () => 'sent');
  const asked = expect(guard.ask(command)).rejects.toThrow('did not answer');
  await vi.advanceTimersByTimeAsync(251);
  await asked;
  connect();
  await vi.advanceTimersByTimeAsync(0);
  expect(command).not.toHaveBeenCalled();
});

it('says no more of a foreign error than its name and the code of Redis', async () => {
  const { guard, events } = setUp();
  const failing = () => Promise.reject(new Error('NOAUTH Authentication required for canary'));
  await expect(guard.ask(failing)).rejects.toThrow('Redis failed (Error: NOAUTH).');
  expect(JSON.stringify(events)).not.toContain('canary');
});
