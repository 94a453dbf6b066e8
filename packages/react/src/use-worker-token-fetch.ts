/** `fetch` with the worker token, for query libraries: the same function as long as the manager is the same. */
import { useCallback } from 'react';
import { useWorkerTokenManager } from './context.js';

/** @returns the manager's `fetch`; see its rules on where the token may go. */
export function useWorkerTokenFetch(): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  const manager = useWorkerTokenManager();
  return useCallback((input, init) => manager.fetch(input, init), [manager]);
}
