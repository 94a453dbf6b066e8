/** The adapter for node-redis 5 and 6, cluster or not. */
import { createReadiness } from './readiness.js';
import { createSubscriptions, type Subscriber, type SubscriberEvents } from './subscriptions.js';
import type { NodeRedisLike, RedisAdapter, RedisScript } from './types.js';

interface NodeRedis {
  readonly isReady?: boolean;
  readonly isOpen: boolean;
  once(event: string, listener: () => void): unknown;
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
      onReady: (listener) => ['ready', 'connect'].forEach((event) => redis.once(event, listener)),
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

/** node-redis connects and subscribes again by itself. */
function openSubscriber(redis: NodeRedis, { onMessage, onReady }: SubscriberEvents): Subscriber {
  const connection = redis.duplicate();
  connection.on('error', () => {});
  connection.on('ready', onReady);
  quiet(connection.connect());
  return {
    subscribe: (channel) => quiet(connection.subscribe(channel, (message) => onMessage(channel, message))),
    unsubscribe: (channel) => quiet(connection.unsubscribe(channel)),
    close: () => connection.destroy(),
  };
}
