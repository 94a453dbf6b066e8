import { createCredentialStorage, flowKey, memoryTier } from '@worker-token/storage';
import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { testManager } from '../test/builder.js';
import { useFlowCredentials } from './use-flow-credentials.js';
import { WorkerTokenProvider } from './worker-token-provider.js';

interface Login {
  clientId: string;
}
const FLOW = flowKey('oauth-implicit-v7');

/** A form on its storage; whoever has the storage can also save, as another tab would. */
async function form() {
  const { manager } = testManager();
  const storage = createCredentialStorage({ tiers: [memoryTier()] });
  const view = renderHook(({ dirty }) => useFlowCredentials<Login>(FLOW, { dirty }), {
    initialProps: { dirty: false },
    wrapper: ({ children }) => (
      <WorkerTokenProvider manager={manager} storage={storage}>
        {children}
      </WorkerTokenProvider>
    ),
  });
  await waitFor(() => expect(view.result.current.status).toBe('empty'));
  return { storage, ...view };
}

test('a flow that was never saved is empty; what is saved comes back', async () => {
  const { result, storage } = await form();
  expect(result.current.value).toBeNull();
  await act(() => result.current.save({ clientId: 'mine' }));
  expect(result.current).toMatchObject({
    status: 'ready',
    value: { clientId: 'mine' },
    source: 'memory',
    conflict: null,
  });
  expect((await storage.loadFlowCredentials(FLOW)).data).toEqual({ clientId: 'mine' });
  await act(() => result.current.clear());
  expect(result.current).toMatchObject({ status: 'empty', value: null, source: 'none' });
});

test('follows another tab while the form is clean', async () => {
  const { result, storage } = await form();
  await act(() => storage.saveFlowCredentials(FLOW, { clientId: 'theirs' }));
  expect(result.current).toMatchObject({ value: { clientId: 'theirs' }, conflict: null });
});

test('shows both sides when another tab saves while the form is dirty, and overwrites nothing', async () => {
  const { result, storage, rerender } = await form();
  await act(() => result.current.save({ clientId: 'first' }));
  rerender({ dirty: true });
  await act(() => storage.saveFlowCredentials(FLOW, { clientId: 'theirs' }));
  expect(result.current.value).toEqual({ clientId: 'first' });
  expect(result.current.conflict).toMatchObject({ base: { clientId: 'first' }, theirs: { clientId: 'theirs' } });
  await expect(result.current.save({ clientId: 'mine' })).rejects.toMatchObject({ code: 'revision-conflict' });
  expect((await storage.loadFlowCredentials(FLOW)).data).toEqual({ clientId: 'theirs' });
});

test('a conflict ends by taking theirs', async () => {
  const { result, storage, rerender } = await form();
  rerender({ dirty: true });
  await act(() => storage.saveFlowCredentials(FLOW, { clientId: 'theirs' }));
  act(() => result.current.conflict?.accept());
  expect(result.current).toMatchObject({ value: { clientId: 'theirs' }, conflict: null });
});

test('a conflict ends by saving over theirs', async () => {
  const { result, storage, rerender } = await form();
  rerender({ dirty: true });
  await act(() => storage.saveFlowCredentials(FLOW, { clientId: 'theirs' }));
  await act(() => result.current.conflict?.overwrite({ clientId: 'mine' }));
  expect(result.current).toMatchObject({ value: { clientId: 'mine' }, conflict: null });
  expect((await storage.loadFlowCredentials(FLOW)).data).toEqual({ clientId: 'mine' });
});

test('copies from another flow when told to', async () => {
  const { result, storage } = await form();
  const other = flowKey('authorization-code-v7');
  await storage.saveFlowCredentials(other, { clientId: 'other', secret: 'x' });
  await act(() => result.current.copyFrom<Login>(other, ({ clientId }) => ({ clientId })));
  expect(result.current.value).toEqual({ clientId: 'other' });
});
