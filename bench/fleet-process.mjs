// One process of the measured fleet; `fleet.mjs` bundles it and tells it what to do. Times in milliseconds.
import { createWorkerTokenManager } from '@worker-token/manager';
import { redisCoordinator } from '@worker-token/redis';
import { Redis } from 'ioredis';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const MOST_SAMPLES = 20_000;
let manager, coordinator, redis, fingerprint, arrival;

const wallNow = () => performance.timeOrigin + performance.now();

/** A fair sample of any number of times (algorithm R). */
function sampler() {
  const samples = [];
  let count = 0;
  return {
    add(ms) {
      count++;
      if (samples.length < MOST_SAMPLES) return void samples.push(ms);
      const place = Math.floor(Math.random() * count);
      if (place < MOST_SAMPLES) samples[place] = ms;
    },
    result: () => ({ count, samples }),
  };
}

const orders = {
  async open({ redisUrl, prefix, endpoint, commandTimeoutMs = 250, redisIsOut = false }) {
    redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy: () => 50 });
    const fleet = redisCoordinator({ redis, prefix, commandTimeoutMs, key: () => Buffer.alloc(32, 7) });
    if (!redisIsOut) await fleet.ready();
    coordinator = {
      ...fleet,
      get exclusive() {
        return fleet.exclusive;
      },
      run(name, ...rest) {
        fingerprint = name.split(':')[1];
        return fleet.run(name, ...rest);
      },
    };
    manager = createWorkerTokenManager({
      coordination: coordinator,
      logger: SILENT,
      legacy: { credentials: [] },
      allowedTokenHosts: [new URL(endpoint).host],
    });
    await manager.saveCredentials({
      environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
      clientId: 'worker-client-1',
      clientSecret: 'a secret',
      tokenEndpoint: endpoint,
    });
  },

  /** All at once. */
  async getAll({ callers }) {
    const startedAt = performance.now();
    const times = sampler();
    const one = () => manager.getWorkerToken().then(() => times.add(performance.now() - startedAt));
    await Promise.all(Array.from({ length: callers }, one));
    return times.result();
  },

  /** One after the other, as fast as it goes; every hundredth is timed, since the clock costs more than the call. */
  async cached({ forMs }) {
    const times = sampler();
    const until = performance.now() + forMs;
    let calls = 0;
    for (let now = performance.now(); now < until; calls += 100) {
      await manager.getWorkerToken();
      const before = now;
      now = performance.now();
      times.add(now - before);
      for (let call = 1; call < 100; call++) await manager.getWorkerToken();
      now = performance.now();
    }
    return { ...times.result(), count: calls };
  },

  /** Each time from Redis, one after the other. */
  async shared({ forMs }) {
    const slot = coordinator.tokenSlot(fingerprint);
    const times = sampler();
    const until = performance.now() + forMs;
    for (let now = performance.now(); now < until;) {
      await slot.load();
      times.add(performance.now() - now);
      now = performance.now();
    }
    return times.result();
  },

  /** Turn, read, commit. */
  async turns({ forMs, name }) {
    const slot = coordinator.tokenSlot(name);
    const times = sampler();
    const until = performance.now() + forMs;
    const token = { accessToken: 'x'.repeat(900), tokenType: 'Bearer', fingerprint: name };
    for (let now = performance.now(); now < until;) {
      await coordinator.run(
        `worker-token:${name}`,
        { ifAvailable: true, timeoutMs: 5_000, holdMs: 5_000 },
        async () => {
          const { revision } = await slot.load();
          const obtainedAt = Date.now();
          await slot.save({ ...token, obtainedAt, expiresAt: obtainedAt + 3_600_000 }, { ifRevision: revision });
        },
      );
      times.add(performance.now() - now);
      now = performance.now();
    }
    return times.result();
  },

  /** From now on; `arrival` tells at which moment another token came than the present one. */
  listen() {
    const before = manager.peekToken();
    arrival = new Promise((resolve) => {
      const leave = manager.subscribe(() => {
        if (manager.peekToken() === before) return;
        leave();
        resolve(wallNow());
      });
    });
  },

  arrival: () => arrival,

  async refresh() {
    await manager.refreshToken();
    return wallNow();
  },

  /** Callers with a valid token, one every so often. */
  async pace({ forMs, everyMs }) {
    const times = sampler();
    const until = performance.now() + forMs;
    while (performance.now() < until) {
      const startedAt = performance.now();
      await manager.getWorkerToken();
      times.add(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    return times.result();
  },

  close() {
    manager.dispose();
    redis.disconnect();
  },
};

process.on('message', async ({ number, order, ...options }) => {
  try {
    process.send({ number, value: await orders[order](options) });
  } catch (error) {
    process.send({ number, error: String(error) });
  }
});
process.on('disconnect', () => process.exit());
