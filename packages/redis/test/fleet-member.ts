/**
 * One process of a fleet, as a child: makes managers and calls them as the parent says, and can be told to stand still at a point of its
 * work, so that it can be killed there. Speaks by Node's IPC.
 */
import process from 'node:process';
import { createWorkerTokenManager, type WorkerTokenManager } from '@worker-token/manager';
import { adapterOf } from '../src/adapter-of.js';
import { redisCoordinator } from '../src/redis-coordinator.js';
import { COMMIT } from '../src/scripts.js';
import type { FleetEvent, RedisAdapter } from '../src/types.js';
import { openClient } from './clients.js';
import type { Command, MemberOptions, Reply, Stage } from './fleet-protocol.js';

interface Open {
  manager: WorkerTokenManager;
  events: FleetEvent[];
  close: () => void;
}

const open = new Map<string, Open>();
let clockOffsetMs = 0;
const clock = { now: () => Date.now() + clockOffsetMs, elapsed: () => performance.now() };

let goOn = (): void => {};

/** Tells the parent where the work is, and stays there, once, if that is wished. */
function stopper(wanted: Stage | undefined) {
  let stood = false;
  return async (stage: Stage): Promise<void> => {
    if (stage !== wanted || stood) return;
    stood = true;
    process.send?.({ stage });
    await new Promise<void>((resolve) => (goOn = resolve));
  };
}

function watched(redis: RedisAdapter, reached: (stage: Stage) => Promise<void>): RedisAdapter {
  return {
    ...redis,
    async evaluate(script, keys, args) {
      const answer = await redis.evaluate(script, keys, args);
      if (script === COMMIT) await reached('written');
      return answer;
    },
  };
}

async function make(id: string, options: MemberOptions): Promise<void> {
  const client = openClient(options.client, options.redisUrl);
  const reached = stopper(options.standAt);
  const events: FleetEvent[] = [];
  clockOffsetMs = options.clockOffsetMs ?? 0;
  const coordinator = redisCoordinator({
    redis: watched(adapterOf(client.redis), reached),
    prefix: options.prefix,
    key: () => Buffer.from(options.key, 'hex'),
    commandTimeoutMs: options.commandTimeoutMs ?? 5_000,
    restMs: options.restMs ?? 100,
    subscribe: options.subscribe ?? true,
    clock,
    onEvent: (event) => events.push(event),
  });
  const manager = createWorkerTokenManager({
    coordination: coordinator,
    clock,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    legacy: { credentials: [] },
    allowedTokenHosts: [new URL(options.credentials.tokenEndpoint).host],
    async fetch(input, init) {
      await reached('before fetch');
      const response = await fetch(input, init);
      await reached('after fetch');
      return response;
    },
    ...options.manager,
  });
  open.set(id, { manager, events, close: () => (manager.dispose(), client.close()) });
  if (!options.redisIsOut) await coordinator.ready(30_000);
  await manager.saveCredentials(options.credentials);
}

/** All at once. What came is told by its hash. */
async function callAll(manager: WorkerTokenManager, count: number, call: () => Promise<string>) {
  const startedAt = performance.now();
  let longestMs = 0;
  const tokens = new Set<string>();
  const errors = new Set<string>();
  const retryAfter: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      try {
        tokens.add(await call());
      } catch (error) {
        const { kind, retryAfterMs } = error as { kind: string; retryAfterMs?: number };
        errors.add(kind);
        if (retryAfterMs !== undefined) retryAfter.push(retryAfterMs);
      }
      longestMs = Math.max(longestMs, performance.now() - startedAt);
    }),
  );
  return { tokens: [...tokens], errors: [...errors], longestMs, retryAfter, peek: manager.peekToken() };
}

async function obey(command: Command): Promise<unknown> {
  if (command.do === 'open') return make(command.id, command.options);
  if (command.do === 'go-on') return goOn();
  const { manager, events, close } = open.get(command.id)!;
  switch (command.do) {
    case 'get':
      return callAll(manager, command.count, () => manager.getWorkerToken());
    case 'refresh':
      return callAll(manager, 1, () => manager.refreshToken());
    case 'invalidate':
      return manager.invalidateToken(command.token);
    case 'save':
      return manager.saveCredentials(command.credentials);
    case 'look':
      return { peek: manager.peekToken(), events: [...events], status: await manager.getStatus() };
    case 'move-clock':
      clockOffsetMs += command.ms;
      return undefined;
    case 'close':
      close();
      open.delete(command.id);
      return undefined;
  }
}

process.on('message', (command: Command) => {
  obey(command).then(
    (value) => process.send?.({ reply: command.number, value } satisfies Reply),
    (error: unknown) => process.send?.({ reply: command.number, error: String(error) } satisfies Reply),
  );
});
process.on('disconnect', () => process.exit());
