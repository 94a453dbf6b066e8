/** What coordinator and tier stand on: the client behind the guard, the key, and the names. */
import { StorageUnavailableError } from '@worker-token/storage';
import { adapterOf } from './adapter-of.js';
import { type FleetSecrets, fleetSecretsFrom } from './fleet-secrets.js';
import { createGuard, type Guard, inTime } from './guard.js';
import { type RedisOptions, type Settings, settingsOf } from './options.js';
import type { RedisAdapter, RedisScript } from './types.js';

export interface Fleet {
  readonly settings: Settings;
  /** Without a deadline: for `guard.ask`, and for what never waits. */
  readonly redis: RedisAdapter;
  readonly guard: Guard;
  /** @throws StorageUnavailableError when the key is not to be had, or not in time. */
  secrets(): Promise<FleetSecrets>;
  /** Redis does not answer, or there is no key. */
  readonly isOut: boolean;
  /** Waits until both are there; never rejects. */
  ready(): Promise<boolean>;
  /** @throws StorageUnavailableError when Redis is out of order. */
  evaluate(script: RedisScript, keys: readonly string[], args?: readonly string[]): Promise<unknown>;
}

export function createFleet(options: RedisOptions): Fleet {
  const settings = settingsOf(options);
  const redis = adapterOf(options.redis);
  const guard = createGuard(settings, () => redis.ready());
  const secrets = fleetSecretsFrom(settings.key);
  let hasKey = true;
  return {
    settings,
    redis,
    guard,
    async secrets() {
      const known = await inTime(settings.commandTimeoutMs, secrets).catch(() => undefined);
      hasKey = known !== undefined;
      if (!known) throw new StorageUnavailableError('The key is not to be had: expected 32 bytes, in time.');
      return known;
    },
    get isOut() {
      return guard.isOut || !hasKey;
    },
    ready: () =>
      Promise.all([redis.ready(), secrets()]).then(
        () => true,
        () => false,
      ),
    evaluate: (script, keys, args = []) => guard.ask(() => redis.evaluate(script, keys, args)),
  };
}
