import { WorkerTokenError } from '@worker-token/manager';
import { act, renderHook, waitFor } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { below, CREDENTIALS, testManager } from '../test/builder.js';
import { useWorkerToken } from './use-worker-token.js';

afterEach(() => vi.useRealTimers());

test('gets a token after mounting and says when it expires', async () => {
  const { manager, requests } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => useWorkerToken(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('valid'));
  expect(result.current).toMatchObject({ token: 'token-1', fetchStatus: 'idle', error: null });
  expect(result.current.expiresAt).toBeGreaterThan(Date.now());
  expect(requests()).toBe(1);
});

test('makes one request under StrictMode, for any number of components', async () => {
  const { manager, requests } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const Wrapper = below(manager);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <Wrapper>{children}</Wrapper>
    </StrictMode>
  );
  const { result } = renderHook(() => [useWorkerToken(), useWorkerToken(), useWorkerToken()], { wrapper });
  await waitFor(() => expect(result.current[2]?.token).toBe('token-1'));
  expect(requests()).toBe(1);
});

test('asks nobody with autoFetch off, and shows a token that somebody else got', async () => {
  const { manager, requests } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => useWorkerToken({ autoFetch: false }), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('missing'));
  expect(requests()).toBe(0);
  await act(() => manager.getWorkerToken());
  expect(result.current).toMatchObject({ status: 'valid', token: 'token-1' });
});

test('says not-configured, and gets a token as soon as there are credentials', async () => {
  const { manager, requests } = testManager();
  const { result } = renderHook(() => useWorkerToken(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('not-configured'));
  expect(requests()).toBe(0);
  await act(() => manager.saveCredentials(CREDENTIALS));
  await waitFor(() => expect(result.current.token).toBe('token-1'));
});

test('shows a failure and asks again only when told to', async () => {
  const refuse = () => new WorkerTokenError('invalid-client', 'The token endpoint answered 401.', { status: 401 });
  const { manager, requests } = testManager((count) => {
    if (count === 1) throw refuse();
    return {};
  });
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => useWorkerToken(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('failed'));
  expect(result.current.error).toMatchObject({ kind: 'invalid-client' });
  expect(requests()).toBe(1);
  await act(() => result.current.refresh());
  expect(result.current).toMatchObject({ status: 'valid', error: null });
});

test('unmounting during the request ends the wait, not the request', async () => {
  let answer = (): void => {};
  const { manager, requests } = testManager(() => new Promise((resolve) => (answer = () => resolve({}))));
  await manager.saveCredentials(CREDENTIALS);
  await manager.ready();
  const { unmount } = renderHook(() => useWorkerToken(), { wrapper: below(manager) });
  await vi.waitFor(() => expect(requests()).toBe(1));
  unmount();
  answer();
  expect(await manager.getWorkerToken()).toBe('token-1');
  expect(requests()).toBe(1);
});

test('keeps its result and its functions until something changes', async () => {
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const { result, rerender } = renderHook(() => useWorkerToken(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('valid'));
  const before = result.current;
  rerender();
  expect(result.current).toBe(before);
  await act(() => before.invalidate());
  await waitFor(() => expect(result.current.token).toBe('token-2'));
  expect(result.current.refresh).toBe(before.refresh);
});

test('turns from valid to expiring to a new token as time goes by', async () => {
  vi.useFakeTimers();
  const { manager, requests } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => useWorkerToken({ autoFetch: false }), { wrapper: below(manager) });
  await act(() => manager.getWorkerToken());
  expect(result.current.status).toBe('valid');
  await act(() => vi.advanceTimersByTimeAsync(3_305_000));
  expect(result.current.status).toBe('expiring');
  await act(() => vi.advanceTimersByTimeAsync(295_000));
  expect(result.current).toMatchObject({ status: 'expired', token: null });
  expect(requests()).toBe(1);
});

/** A manager without a network, until `back()`. */
function offlineManager() {
  let online = false;
  const { manager, requests } = testManager(() => {
    if (!online) throw new TypeError('Failed to fetch');
    return {};
  });
  const back = () => {
    online = true;
    window.dispatchEvent(new Event('online'));
  };
  return { manager, requests, back };
}

test('asks again by itself when the network is back, once for any number of components', async () => {
  const { manager, requests, back } = offlineManager();
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => [useWorkerToken(), useWorkerToken()], { wrapper: below(manager) });
  await waitFor(() => expect(result.current[0]?.status).toBe('failed'), { timeout: 5_000 });
  expect(result.current[0]?.error).toMatchObject({ kind: 'cors-or-network' });
  const before = requests();
  act(back);
  await waitFor(() => expect(result.current[1]?.status).toBe('valid'));
  expect(requests()).toBe(before + 1);
});

test('a refusal is not asked about again because the network is back', async () => {
  const { manager, requests } = testManager(() => {
    throw new WorkerTokenError('invalid-client', 'The client was refused.');
  });
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => useWorkerToken(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('failed'));
  const ask = vi.spyOn(manager, 'getWorkerToken');
  act(() => void window.dispatchEvent(new Event('online')));
  expect(ask).not.toHaveBeenCalled();
  expect(requests()).toBe(1);
});
