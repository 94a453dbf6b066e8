/** The adapter for ioredis 5 and 6, cluster or not. */
import { createReadiness } from './readiness.js';
import { createSubscriptions, type Subscriber, type SubscriberEvents } from './subscriptions.js';
import type { IoredisLike, RedisAdapter, RedisScript } from './types.js';

interface Ioredis {
  readonly isCluster?: boolean;
  readonly status: string;
  connect(): Promise<unknown>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, px: 'PX', ms: number, nx: 'NX'): Promise<string | null>;
  evalsha(sha1: string, keyCount: number, ...keysAndArgs: string[]): Promise<unknown>;
  eval(lua: string, keyCount: number, ...keysAndArgs: string[]): Promise<unknown>;
  duplicate(override?: object): Ioredis;
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  on(event: string, listener: (...args: string[]) => void): unknown;
  disconnect(): void;
}

const quiet = (work: Promise<unknown>) => void work.catch(() => {});

export function ioredisAdapter(client: IoredisLike): RedisAdapter {
  const redis = client as unknown as Ioredis;
  // Without a listener an outage would be printed for every try to connect; it is told through `onEvent`.
  redis.on('error', () => {});

  return {
    ready: createReadiness({
      isReady: () => redis.status === 'ready',
      isOver: () => redis.status === 'end',
      onChange: (listener) => ['ready', 'end'].forEach((event) => redis.on(event, listener)),
      start() {
        if (redis.status === 'wait') quiet(redis.connect());
      },
    }),
    get: (key) => redis.get(key),
    setNxPx: async (key, value, ms) => (await redis.set(key, value, 'PX', ms, 'NX')) === 'OK',
    evaluate: (script, keys, args) => evaluate(redis, script, [...keys], [...args]),
    subscribe: createSubscriptions((events) => openSubscriber(redis, events)),
  };
}

async function evaluate(redis: Ioredis, { lua, sha1 }: RedisScript, keys: string[], args: string[]): Promise<unknown> {
  try {
    return await redis.evalsha(sha1, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(lua, keys.length, ...keys, ...args);
  }
}

/** ioredis subscribes again by itself after a reconnection. */
function openSubscriber(redis: Ioredis, { onMessage, onReady }: SubscriberEvents): Subscriber {
  // A connection that is waited for: it is nobody's answer that hangs meanwhile.
  const patient = { enableOfflineQueue: true, maxRetriesPerRequest: null, lazyConnect: false };
  const connection = redis.isCluster ? redis.duplicate() : redis.duplicate(patient);
  connection.on('error', () => {});
  connection.on('message', (channel, message) => onMessage(channel ?? '', message ?? ''));
  connection.on('ready', onReady);
  return {
    subscribe: (channel) => quiet(connection.subscribe(channel)),
    unsubscribe: (channel) => quiet(connection.unsubscribe(channel)),
    close: () => connection.disconnect(),
  };
}
