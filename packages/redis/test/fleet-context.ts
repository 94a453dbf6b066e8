/** What a test of a whole fleet stands on: a Redis, a token endpoint, child processes, and options that differ for each test. */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { CLIENTS } from './clients.js';
import type { MemberOptions } from './fleet-protocol.js';
import { type Member, prepareProcesses, type Processes, type Worker } from './fleet-processes.js';
import { startRedis, type TestRedis } from './redis-server.js';
import { SECRET_CANARY, startTokenEndpoint, type TokenEndpoint } from './token-endpoint.js';

export const KEY = '5a'.repeat(32);

export interface FleetContext {
  readonly redis: TestRedis;
  readonly endpoint: TokenEndpoint;
  /** Processes, which the tests of a file share; one that was killed is replaced. */
  workers(count: number): Worker[];
  /** A slot that nobody has used before; the members use both clients in turn. */
  newFleet(overrides?: Partial<MemberOptions>): (index: number, more?: Partial<MemberOptions>) => MemberOptions;
  credentials(): MemberOptions['credentials'];
  /** A connection of the test's own. */
  readonly raw: Redis;
  /** The only key of that fleet that ends like this. */
  keyOf(prefix: string, end: 'token' | 'lock' | 'err'): Promise<string>;
  /** Lets time pass for everybody: Redis, and the processes' clocks. */
  age(prefix: string, members: readonly Member[], ms: number): Promise<void>;
}

/** Registers the hooks. Each test starts with the same workers, a fresh endpoint, and the Redis running. */
export function fleetContext(...redisOptions: string[]): FleetContext {
  let redis: TestRedis | undefined;
  let endpoint: TokenEndpoint | undefined;
  let processes: Processes | undefined;
  let raw: Redis | undefined;
  let fleets = 0;
  beforeAll(async () => {
    [redis, endpoint, processes] = await Promise.all([
      startRedis(...redisOptions),
      startTokenEndpoint(),
      prepareProcesses(),
    ]);
    raw = new Redis(redis.url, { retryStrategy: () => 50 });
    raw.on('error', () => {});
  });
  beforeEach(() => endpoint!.reset());
  afterAll(async () => {
    await processes?.dispose();
    raw?.disconnect();
    await Promise.all([redis?.dispose(), endpoint?.stop()]);
  });

  const credentials = () => ({
    environmentId: '3f1d5c1e-7a52-4b7e-9c0d-1f2a3b4c5d6e',
    clientId: 'worker-client-1',
    clientSecret: SECRET_CANARY,
    tokenEndpoint: endpoint!.url,
  });
  return {
    get redis() {
      return redis!;
    },
    get endpoint() {
      return endpoint!;
    },
    workers: (count) => processes!.take(count),
    newFleet(overrides = {}) {
      const prefix = `t${++fleets}-${randomBytes(4).toString('hex')}`;
      return (index, more = {}) => ({
        client: CLIENTS[index % CLIENTS.length]!,
        redisUrl: redis!.url,
        prefix,
        key: KEY,
        credentials: credentials(),
        ...overrides,
        ...more,
      });
    },
    credentials,
    get raw() {
      return raw!;
    },
    keyOf,
    async age(prefix, members, ms) {
      const key = await keyOf(prefix, 'token');
      await raw!.pexpire(key, (await raw!.pttl(key)) - ms);
      await Promise.all(members.map((member) => member.moveClock(ms)));
    },
  };

  async function keyOf(prefix: string, end: string): Promise<string> {
    const [key, ...more] = await raw!.keys(`{${prefix}:*}:${end}`);
    if (!key || more.length > 0) throw new Error(`Expected one key of ${prefix}, got ${more.length + (key ? 1 : 0)}.`);
    return key;
  }
}

/** Closes what a test has opened. */
export function trackedMembers() {
  const members: Member[] = [];
  afterEach(async () => {
    await Promise.all(members.splice(0).map((member) => member.close().catch(() => {})));
  });
  return async (worker: Worker, options: MemberOptions): Promise<Member> => {
    const member = await worker.open(options);
    members.push(member);
    return member;
  };
}
