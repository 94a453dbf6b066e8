/** The options that coordinator and tier have in common, their defaults, and the check of what callers pass. */
import { EncryptionUnavailableError } from '@worker-token/storage';
import { type KeyCallback, keyFromEnvironment } from '@worker-token/storage/node';
import { InvalidFleetOptionsError } from './errors.js';
import type { FleetEvent, RedisClient } from './types.js';

const COMMAND_TIMEOUT_MS = 250;
const REST_MS = 2_000;
const PREFIX = 'wt';

export interface RedisOptions {
  /** A client of ioredis or node-redis, cluster or not; or an adapter for another one. It stays yours to connect and to close. */
  redis: RedisClient;
  /**
   * 32 bytes that all processes of the fleet have and Redis has not: tokens are sealed with them, names derived from them.
   * Default: `keyFromEnvironment()`, which reads `WORKER_TOKEN_STORAGE_KEY`.
   */
  key?: KeyCallback;
  /** Keys and channels start with `{<prefix>:`. Letters, digits, `.`, `_`, `-` and `:`. Default `wt`. */
  prefix?: string;
  /** Longest wait for one answer of Redis, in milliseconds. Default 250. */
  commandTimeoutMs?: number;
  /** After a failure Redis is left alone for so long, in milliseconds. Default 2 000. */
  restMs?: number;
  /** Told what happens, for counters. What it throws is its own affair. */
  onEvent?: (event: FleetEvent) => void;
}

export type Settings = Required<Omit<RedisOptions, 'redis'>>;

/**
 * @throws InvalidFleetOptionsError for a prefix or a time that is none.
 * @throws EncryptionUnavailableError where there is no key.
 */
export function settingsOf(options: RedisOptions): Settings {
  const { prefix = PREFIX, commandTimeoutMs = COMMAND_TIMEOUT_MS, restMs = REST_MS, onEvent = () => {} } = options;
  if (!/^[\w.:-]{1,64}$/.test(prefix)) {
    throw new InvalidFleetOptionsError(
      'Expected prefix to be 1 to 64 letters, digits, dots, hyphens, underscores, colons.',
    );
  }
  for (const [name, value] of Object.entries({ commandTimeoutMs, restMs })) {
    if (!Number.isFinite(value) || value <= 0) {
      throw new InvalidFleetOptionsError(`Expected ${name} in milliseconds, more than 0; got ${value}.`);
    }
  }
  return { prefix, commandTimeoutMs, restMs, onEvent: safely(onEvent), key: options.key ?? keyOfEnvironment() };
}

function keyOfEnvironment(): KeyCallback {
  const key = keyFromEnvironment();
  if (key) return key;
  throw new EncryptionUnavailableError(
    'Expected a key of 32 bytes, in WORKER_TOKEN_STORAGE_KEY or as the option "key": tokens are never in Redis in plain. Make one with: openssl rand -base64 32',
  );
}

function safely(listener: (event: FleetEvent) => void): (event: FleetEvent) => void {
  return (event) => {
    try {
      listener(event);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  };
}
