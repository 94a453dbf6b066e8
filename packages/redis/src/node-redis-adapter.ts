/** The adapter for node-redis 5 and 6, cluster or not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createReadiness } from './readiness.js';
import { createSubscriptions, type Subscriber, type SubscriberEvents } from './subscriptions.js';
import type { NodeRedisLike, RedisAdapter, RedisScript } from './types.js';

interface NodeRedis {
  readonly isReady?: boolean;
  readonly isOpen: boolean;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: object): Promise<string | null>;
  evalSha(sha1: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  eval(lua: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  duplicate(): NodeRedis;
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  on(event: string, listener: () => void): unknown;
  destroy(): void;
}

/** Milliseconds. */
const RETRY_MS = 1_000;
const quiet = (work: Promise<unknown>) => void work.catch(() => {});

export function nodeRedisAdapter(client: NodeRedisLike): RedisAdapter {
  const redis = client as unknown as NodeRedis;
  // An `error` event without a listener ends the process.
  redis.on('error', () => {});

  return {
    ready: createReadiness({
      // A cluster says only that it is open.
      isReady: () => redis.isReady ?? redis.isOpen,
      isOver: () => false,
      onChange: (listener) => ['ready', 'connect'].forEach((event) => redis.on(event, listener)),
    }),
    get: (key) => redis.get(key),
    async setNxPx(key, value, ms) {
      return (await redis.set(key, value, { expiration: { type: 'PX', value: ms }, condition: 'NX' })) === 'OK';
    },
    evaluate: (script, keys, args) => evaluate(redis, script, { keys: [...keys], arguments: [...args] }),
    subscribe: createSubscriptions((events) => openSubscriber(redis, events)),
  };
}

async function evaluate(
  redis: NodeRedis,
  { lua, sha1 }: RedisScript,
  options: { keys: string[]; arguments: string[] },
): Promise<unknown> {
  try {
    return await redis.evalSha(sha1, options);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(lua, options);
  }
}

/** node-redis connects and subscribes again by itself, once it was connected. */
function openSubscriber(redis: NodeRedis, { onMessage, onReady }: SubscriberEvents): Subscriber {
  const connection = redis.duplicate();
  const closing = new AbortController();
  connection.on('error', () => {});
  connection.on('ready', onReady);
  const connected = connect(connection, closing.signal);
  return {
    subscribe: (channel) =>
      quiet(connected.then(() => connection.subscribe(channel, (message) => onMessage(channel, message)))),
    unsubscribe: (channel) => quiet(connected.then(() => connection.unsubscribe(channel))),
    close() {
      closing.abort();
      quiet(connected.finally(() => connection.destroy()));
    },
  };
}

/** Of a cluster, the first try may also be the last one. */
async function connect(connection: NodeRedis, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await untilAborted(connection.connect(), signal);
      return;
    } catch {
      await sleep(RETRY_MS, undefined, { signal, ref: false });
    }
  }
}

/** `connect()` of a client whose server is away settles only when it is back. */
async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  await Promise.race([work, aborted]);
}
