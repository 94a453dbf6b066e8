/** Run by soak.test.ts with `--expose-gc`: calls as told by the arguments, then one line of JSON about what is left. */
import { getEventListeners } from 'node:events';
import { createWorkerTokenManager } from '../src/manager.js';
import { CREDENTIALS, testClock, testSource } from './builder.js';

const [cached = 0, refreshing = 0] = process.argv.slice(2).map(Number);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const clock = testClock();
const source = testSource();
const manager = createWorkerTokenManager({ clock, tokenSource: source, logger: silent, random: () => 0 });
const { signal } = new AbortController();

/** Bytes in use when everything that can go has gone. */
async function heap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

async function refresh(times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    clock.advance(3_600_000);
    await manager.getWorkerToken({ signal });
  }
}

async function call(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await manager.getWorkerToken(time % 2 ? { signal } : undefined);
}

await manager.saveCredentials(CREDENTIALS);
manager.subscribe(() => {});
await refresh(500);
await call(5_000);
const start = await heap();
await call(cached);
const afterCalls = await heap();
await refresh(refreshing);
const afterRefreshes = await heap();
manager.dispose();
const report = {
  requests: source.count,
  cachedGrowth: afterCalls - start,
  refreshGrowth: afterRefreshes - afterCalls,
  listeners: getEventListeners(signal, 'abort').length,
};
process.stdout.write(JSON.stringify(report));
