/** Both clients as a fleet should use them: an answer at once or none. */
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { RedisClient } from '../src/types.js';

export const CLIENTS = ['ioredis', 'node-redis'] as const;
export type ClientName = (typeof CLIENTS)[number];

export interface OpenClient {
  redis: RedisClient;
  close: () => void;
}

/** Connecting; it may never come to it. */
export function openClient(name: ClientName, url: string): OpenClient {
  if (name === 'ioredis') {
    const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy: () => 50 });
    return { redis, close: () => redis.disconnect() };
  }
  const redis = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: 50 } });
  redis.on('error', () => {});
  redis.connect().catch(() => {});
  return { redis, close: () => redis.destroy() };
}
