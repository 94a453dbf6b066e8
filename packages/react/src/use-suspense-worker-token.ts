/** The worker token for components below a `<Suspense>`: there is one, or they are not rendered. */
import * as React from 'react';
import { useMemo } from 'react';
import { useWorkerTokenManager } from './context.js';
import { pendingToken } from './pending-tokens.js';
import { tokenStateOf, useWorkerToken, type UseWorkerTokenResult } from './use-worker-token.js';

export type UseSuspenseWorkerTokenResult = Extract<UseWorkerTokenResult, { status: 'valid' | 'expiring' }>;

// Bundlers complain about the plain name where React 18 is installed.
const use = (React as unknown as Record<string, unknown>)['use'.trim()] as (<T>(promise: Promise<T>) => T) | undefined;

/**
 * A valid token, got before the component is rendered and kept valid while it is. Suspends until then; needs React 19.
 * A failure goes to the nearest error boundary; resetting that asks anew. On a server there is no token: it throws there, and React
 * renders the boundary's fallback and leaves the rest to the browser.
 *
 * @throws WorkerTokenError what `getWorkerToken()` was rejected with.
 * @throws Error with React 18, or on a server.
 */
export function useSuspenseWorkerToken(): UseSuspenseWorkerTokenResult {
  const manager = useWorkerTokenManager();
  const worker = useWorkerToken();
  const seen = worker.token === null ? null : worker;
  if (seen === null) awaited(use)(pendingToken(manager));
  return useMemo(() => {
    if (seen) return seen;
    // While it hydrates, the hook's snapshot is still the server's.
    const state = tokenStateOf(manager.getSnapshot(), manager);
    if (state.token === null) throw state.error ?? new Error('The worker token was dropped.');
    return { ...worker, ...state };
  }, [manager, worker, seen]);
}

function awaited<T>(present: T | undefined): T {
  if (present === undefined) {
    throw new Error(`useSuspenseWorkerToken needs React 19, this is ${React.version}. Use useWorkerToken() instead.`);
  }
  if (typeof window === 'undefined') {
    throw new Error('There is no worker token on a server. Put a <Suspense> around it.');
  }
  return present;
}
