/** Builds managers for tests: hand-moved time, a token endpoint that is a function, a log that can be read. */
import type { Logger, WorkerTokenCredentials } from '@worker-token/storage';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import type { TokenResponse, TokenSource } from '../src/types/token-source.js';

export const CREDENTIALS: WorkerTokenCredentials = {
  environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
  clientId: 'worker-client-1',
  clientSecret: 'canary/secret+1?x',
  region: 'NA',
  tokenEndpointAuthMethod: 'client_secret_basic',
};

export interface TestClock {
  now(): number;
  /** Moves time without running timers. */
  advance(ms: number): void;
}

/** Independent of the system's clock and of fake timers. */
export function testClock(start = 1_700_000_000_000): TestClock {
  let time = start;
  return {
    now: () => time,
    advance(ms) {
      time += ms;
    },
  };
}

export interface TestSource extends TokenSource {
  /** How often a token was asked for. */
  count: number;
}

/** Answers `token-1`, `token-2`, … unless told otherwise. */
export function testSource(
  answer: (count: number) => Partial<TokenResponse> | Promise<Partial<TokenResponse>> = () => ({}),
): TestSource {
  const source: TestSource = Object.assign(
    async () => {
      const count = ++source.count;
      return { access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3600, ...(await answer(count)) };
    },
    { count: 0 },
  );
  return source;
}

export function testLogger(): Logger & { lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (message: string) => lines.push(`${level}: ${message}`);
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** A manager that has credentials already. */
export async function configured(options: WorkerTokenManagerOptions = {}) {
  const clock = testClock();
  const source = testSource();
  const logger = testLogger();
  const manager = createWorkerTokenManager({ clock, tokenSource: source, logger, random: () => 0, ...options });
  await manager.saveCredentials(CREDENTIALS);
  return { manager, clock, source, logger };
}

/** A promise to be settled by hand. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
