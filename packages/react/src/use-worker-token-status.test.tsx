import { act, render, renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { below, CREDENTIALS, testManager } from '../test/builder.js';
import { useWorkerTokenStatus } from './use-worker-token-status.js';

afterEach(() => vi.useRealTimers());

test('never makes a request', async () => {
  const { manager, requests } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => useWorkerTokenStatus(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('missing'));
  expect(result.current).toMatchObject({
    hasCredentials: true,
    hasToken: false,
    tokenValid: false,
    tokenExpiresIn: null,
  });
  expect(requests()).toBe(0);
});

test('with tickMs the seconds go down; without it there is no timer', async () => {
  vi.useFakeTimers();
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  await manager.getWorkerToken();
  const moving = renderHook(() => useWorkerTokenStatus({ tickMs: 1_000 }), { wrapper: below(manager) });
  const still = renderHook(() => useWorkerTokenStatus(), { wrapper: below(manager) });
  await act(() => vi.advanceTimersByTimeAsync(0));
  const before = moving.result.current.tokenExpiresIn ?? NaN;
  const stillBefore = still.result.current;
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(moving.result.current.tokenExpiresIn).toBe(before - 5);
  expect(still.result.current).toBe(stillBefore);
});

test('components that tick share one timer, which stops with the last of them', async () => {
  vi.useFakeTimers();
  const { manager } = testManager();
  const started = vi.spyOn(globalThis, 'setInterval');
  const { unmount } = renderHook(() => [useTick(), useTick(), useTick()], {
    wrapper: below(manager),
  });
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(started).toHaveBeenCalledTimes(1);
  unmount();
  expect(vi.getTimerCount()).toBe(0);

  function useTick() {
    return useWorkerTokenStatus({ tickMs: 777 });
  }
});

test('renders again only when the selected part changes', async () => {
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  let renders = 0;
  renderHook(
    () => {
      renders++;
      return useWorkerTokenStatus({ select: selectHasCredentials });
    },
    { wrapper: below(manager) },
  );
  await act(() => manager.ready());
  const before = renders;
  await act(() => manager.getWorkerToken());
  expect(renders).toBe(before);
});

const selectHasCredentials = (summary: { hasCredentials: boolean }) => summary.hasCredentials;

test('a thousand subscribers see one change', async () => {
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  let renders = 0;
  function Badge() {
    renders++;
    return <i>{useWorkerTokenStatus({ select: selectValid }) ? 'yes' : 'no'}</i>;
  }
  const Wrapper = below(manager);
  const { container } = render(
    <Wrapper>
      {Array.from({ length: 1_000 }, (_, i) => (
        <Badge key={i} />
      ))}
    </Wrapper>,
  );
  await waitFor(() => expect(container.textContent).toContain('no'));
  renders = 0;
  await act(() => manager.getWorkerToken());
  expect(container.textContent).not.toContain('no');
  expect(renders).toBe(1_000);
});

const selectValid = (summary: { tokenValid: boolean }) => summary.tokenValid;
