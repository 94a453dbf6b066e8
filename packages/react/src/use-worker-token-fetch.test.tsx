import { renderHook, waitFor } from '@testing-library/react';
import { consoleLogger, createWorkerTokenManager } from '@worker-token/manager';
import { expect, test, vi } from 'vitest';
import { below, CREDENTIALS } from '../test/builder.js';
import { useWorkerTokenFetch } from './use-worker-token-fetch.js';

test('is the same function at each render, and sends the token', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response('fine'));
  const manager = createWorkerTokenManager({
    fetch,
    logger: consoleLogger({ level: 'silent' }),
    tokenSource: async () => ({ access_token: 'abc', token_type: 'Bearer', expires_in: 3600 }),
  });
  await manager.saveCredentials(CREDENTIALS);
  const { result, rerender } = renderHook(() => useWorkerTokenFetch(), { wrapper: below(manager) });
  await waitFor(() => expect(result.current).toBeTypeOf('function'));
  const before = result.current;
  rerender();
  expect(result.current).toBe(before);
  expect((await before('https://api.pingone.com/v1')).status).toBe(200);
  expect(new Headers(fetch.mock.calls[0]?.[1]?.headers).get('authorization')).toBe('Bearer abc');
});
