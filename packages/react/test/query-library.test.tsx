/** `useWorkerTokenFetch` below TanStack Query, as the README shows it. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createWorkerTokenManager } from '@worker-token/manager';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { useWorkerTokenFetch } from '../src/use-worker-token-fetch.js';
import { WorkerTokenProvider } from '../src/worker-token-provider.js';
import { CREDENTIALS } from './builder.js';

const USERS = 'https://api.pingone.com/v1/environments/3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e/users';

/** A page's query; the API answers as the test says. */
async function usersQuery(answer: (request: Request) => Response | Promise<Response>) {
  let tokens = 0;
  const api = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => answer(new Request(input, init)));
  const manager = createWorkerTokenManager({
    tokenSource: async () => ({ access_token: `token-${++tokens}`, token_type: 'Bearer', expires_in: 3600 }),
    fetch: api,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  await manager.saveCredentials(CREDENTIALS);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <WorkerTokenProvider manager={manager}>{children}</WorkerTokenProvider>
    </QueryClientProvider>
  );
  const useUsers = () => {
    const fetchWithToken = useWorkerTokenFetch();
    return useQuery({
      queryKey: ['users'],
      queryFn: async ({ signal }): Promise<unknown> => (await fetchWithToken(USERS, { signal })).json(),
    });
  };
  return { ...renderHook(() => [useUsers(), useUsers()], { wrapper }), api, tokens: () => tokens };
}

test('two components that show the same make one request, with the token', async () => {
  const { result, api, tokens } = await usersQuery((request) =>
    Response.json({ authorization: request.headers.get('authorization') }),
  );
  await waitFor(() => expect(result.current[1]?.data).toEqual({ authorization: 'Bearer token-1' }));
  expect(api).toHaveBeenCalledTimes(1);
  expect(tokens()).toBe(1);
});

test('a page that is left ends its request', async () => {
  const ended = vi.fn();
  const { unmount, api } = await usersQuery(
    (request) =>
      new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => {
          ended();
          reject(request.signal.reason as Error);
        });
      }),
  );
  await waitFor(() => expect(api).toHaveBeenCalled());
  unmount();
  await waitFor(() => expect(ended).toHaveBeenCalled());
});
