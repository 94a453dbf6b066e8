/** What could not be written or read is tried again in the background, and the others are told. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import type { CredentialStorage } from '../src/types/storage.js';
import type { ChannelLike } from '../src/types/surroundings.js';
import type { StorageTier } from '../src/types/tier.js';

const A = flowKey('flow-a');
const KEY_A = 'flow_credentials_flow-a';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
const open: CredentialStorage[] = [];
afterEach(() => {
  open.splice(0).forEach((storage) => storage.dispose());
  vi.useRealTimers();
});

/** A place that several tabs share, and that fails while it is told to. */
function sharedPlace() {
  const inner = memoryTier();
  const state = { fails: false, calls: 0 };
  const guard = <T>(work: () => Promise<T>) => (state.calls++, state.fails ? Promise.reject(new Error('x')) : work());
  const tier: StorageTier = {
    name: 'shared',
    source: 'browser',
    durable: true,
    atomic: true,
    get: (key) => guard(() => inner.get(key)),
    compareAndSet: (...write) => guard(() => inner.compareAndSet(...write)),
    keys: (prefix) => guard(() => inner.keys(prefix)),
  };
  const channels = new Set<ChannelLike>();
  function tab(): CredentialStorage {
    const channel: ChannelLike = {
      onmessage: null,
      postMessage: (data) => channels.forEach((other) => other !== channel && other.onmessage?.({ data })),
      close: () => void channels.delete(channel),
    };
    channels.add(channel);
    const storage = createCredentialStorage({ tiers: [memoryTier(), tier], channel });
    open.push(storage);
    return storage;
  }
  return { inner, state, tab };
}

describe('a save that the durable tier did not take', () => {
  it('reaches it without another call, and is seen in other tabs then', async () => {
    const { inner, state, tab } = sharedPlace();
    const [one, two] = [tab(), tab()];
    await one.saveFlowCredentials(A, 'old');
    expect((await two.loadFlowCredentials(A)).data).toBe('old');
    state.fails = true;
    await one.saveFlowCredentials(A, 'new');
    state.fails = false;
    expect((await two.loadFlowCredentials(A)).data).toBe('old');
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await inner.get(KEY_A))?.revision).toBe(2);
    expect(one.status().tier).toBe('shared');
    expect(two.getSnapshot(A).data).toBe('new');
    expect((await two.loadFlowCredentials(A)).data).toBe('new');
  });

  it('is tried again less and less often, and not at all once it is there', async () => {
    const { inner, state, tab } = sharedPlace();
    const storage = tab();
    state.fails = true;
    await storage.saveFlowCredentials(A, 1);
    const calls = async (ms: number) => {
      state.calls = 0;
      await vi.advanceTimersByTimeAsync(ms);
      return state.calls;
    };
    expect(await calls(999)).toBe(0);
    expect(await calls(1)).toBeGreaterThan(0);
    expect(await calls(1_999)).toBe(0);
    expect(await calls(1)).toBeGreaterThan(0);
    // After 1, 2, 4, 8, 16 and 32 seconds once a minute.
    await calls(600_000);
    expect(await calls(60_000)).toBeLessThan(5);
    state.fails = false;
    await calls(60_000);
    expect((await inner.get(KEY_A))?.revision).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not tried any more after dispose', async () => {
    const { state, tab } = sharedPlace();
    const storage = tab();
    state.fails = true;
    await storage.saveFlowCredentials(A, 1);
    expect(vi.getTimerCount()).toBe(1);
    storage.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a removal that the durable tier did not take', () => {
  it('rejects, and is done as soon as it can be', async () => {
    const { inner, state, tab } = sharedPlace();
    const storage = tab();
    await storage.saveFlowCredentials(A, 1);
    state.fails = true;
    await expect(storage.clearFlowCredentials(A)).rejects.toMatchObject({ code: 'storage-unavailable' });
    state.fails = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await inner.get(KEY_A)).toEqual({ revision: 2, text: null });
  });
});

describe('a load that found no tier to ask', () => {
  it('is made up for, and its snapshot with it', async () => {
    const { state, tab } = sharedPlace();
    await tab().saveFlowCredentials(A, 'there');
    const storage = tab();
    const heard: string[] = [];
    storage.subscribe(A, ({ type }) => heard.push(type));
    state.fails = true;
    expect((await storage.loadFlowCredentials(A)).problem?.kind).toBe('unavailable');
    expect(storage.getSnapshot(A).status).toBe('problem');
    state.fails = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(storage.getSnapshot(A)).toMatchObject({ status: 'ready', data: 'there' });
    expect(heard).toEqual(['loaded', 'saved']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends as empty where there is nothing', async () => {
    const { state, tab } = sharedPlace();
    const storage = tab();
    state.fails = true;
    await storage.loadFlowCredentials(A);
    state.fails = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(storage.getSnapshot(A)).toMatchObject({ status: 'empty', data: null });
  });

  it('of a message from another tab is made up for, too', async () => {
    const { state, tab } = sharedPlace();
    const [one, two] = [tab(), tab()];
    await one.saveFlowCredentials(A, 'old');
    await two.loadFlowCredentials(A);
    await one.saveFlowCredentials(A, 'new');
    state.fails = true;
    await vi.advanceTimersByTimeAsync(0);
    state.fails = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(two.getSnapshot(A).data).toBe('new');
  });
});
