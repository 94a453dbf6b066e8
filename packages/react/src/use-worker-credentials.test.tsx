import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { below, CREDENTIALS, testManager } from '../test/builder.js';
import { useWorkerCredentials } from './use-worker-credentials.js';

test('gives everything but the secret, unless it is asked for', async () => {
  const { manager } = testManager();
  const { result } = renderHook(
    () => ({ open: useWorkerCredentials(), full: useWorkerCredentials({ withSecret: true }) }),
    {
      wrapper: below(manager),
    },
  );
  await waitFor(() => expect(result.current.open.status).toBe('empty'));
  await act(() => result.current.open.save(CREDENTIALS));
  expect(result.current.open.credentials).toMatchObject({
    clientId: CREDENTIALS.clientId,
    hasSecret: true,
    region: 'NA',
  });
  expect(JSON.stringify(result.current.open)).not.toContain(CREDENTIALS.clientSecret);
  expect(result.current.full.credentials).toMatchObject(CREDENTIALS);
});

test('tests credentials without storing them', async () => {
  const { manager, requests } = testManager();
  const { result } = renderHook(() => useWorkerCredentials(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('empty'));
  expect(await result.current.test(CREDENTIALS)).toEqual({ ok: true, expiresIn: 3600 });
  expect(requests()).toBe(1);
  expect(await manager.loadCredentials()).toBeNull();
});

test('clears, and keeps its functions', async () => {
  const { manager } = testManager();
  await manager.saveCredentials(CREDENTIALS);
  const { result } = renderHook(() => useWorkerCredentials(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current.status).toBe('ready'));
  const { save, clear } = result.current;
  await act(() => clear());
  expect(result.current.status).toBe('empty');
  expect(result.current.save).toBe(save);
});
