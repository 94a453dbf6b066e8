/** Managers for tests of the hooks: tokens from a function, everything in memory. */
import { createWorkerTokenManager, type TokenResponse, type WorkerTokenManager } from '@worker-token/manager';
import type { ReactNode } from 'react';
import { WorkerTokenProvider } from '../src/worker-token-provider.js';

export const CREDENTIALS = {
  environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
  clientId: 'worker-client-1',
  clientSecret: 'keep-me-private',
};

export interface TestManager {
  manager: WorkerTokenManager;
  /** How often a token was asked for. */
  requests: () => number;
}

/** Tokens are `token-1`, `token-2`, …; other answers are the test's. */
export function testManager(
  answer: (count: number) => Partial<TokenResponse> | Promise<Partial<TokenResponse>> = () => ({}),
): TestManager {
  let count = 0;
  const manager = createWorkerTokenManager({
    tokenSource: async () => {
      const mine = ++count;
      return { access_token: `token-${mine}`, token_type: 'Bearer', expires_in: 3600, ...(await answer(mine)) };
    },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return { manager, requests: () => count };
}

export function below(manager: WorkerTokenManager) {
  return function Wrapper({ children }: { children: ReactNode }) {
    return <WorkerTokenProvider manager={manager}>{children}</WorkerTokenProvider>;
  };
}
