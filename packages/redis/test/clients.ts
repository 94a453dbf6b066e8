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

export interface ConnectOptions {
  /** The authority that a `rediss:` address is checked by, in place of the system's. */
  ca?: string;
  /** Tries again when the connection is lost or was not made. Default true. */
  again?: boolean;
}

/** Connecting; it may never come to it. */
export function openClient(name: ClientName, url: string, { ca, again = true }: ConnectOptions = {}): OpenClient {
  if (name === 'ioredis') {
    const redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      retryStrategy: () => (again ? 50 : null),
      ...(ca ? { tls: { ca } } : {}),
    });
    redis.on('error', () => {});
    return { redis, close: () => redis.disconnect() };
  }
  const reconnectStrategy = again ? 50 : (false as const);
  const socket = ca ? { reconnectStrategy, tls: true as const, ca } : { reconnectStrategy };
  const redis = createClient({ url, disableOfflineQueue: true, socket });
  redis.on('error', () => {});
  redis.connect().catch(() => {});
  return { redis, close: () => redis.isOpen && redis.destroy() };
}
