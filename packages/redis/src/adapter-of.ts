/** Which client it is, by its shape: there may be several copies of a package, and `instanceof` knows one. */
import { InvalidFleetOptionsError } from './errors.js';
import { ioredisAdapter } from './ioredis-adapter.js';
import { nodeRedisAdapter } from './node-redis-adapter.js';
import type { IoredisLike, NodeRedisLike, RedisAdapter } from './types.js';

/** One for each client, so that a coordinator and a tier on it share the connection for messages. */
const adapters = new WeakMap<object, RedisAdapter>();

/** @throws InvalidFleetOptionsError for what is no client. */
export function adapterOf(client: unknown): RedisAdapter {
  if (typeof client !== 'object' || client === null) throw unknownClient();
  const known = adapters.get(client) ?? make(client);
  adapters.set(client, known);
  return known;
}

function make(client: object): RedisAdapter {
  if (hasAll(client, ['ready', 'get', 'setNxPx', 'evaluate', 'subscribe'])) return client as RedisAdapter;
  if (hasAll(client, ['get', 'set', 'evalSha', 'eval', 'duplicate', 'on']))
    return nodeRedisAdapter(client as NodeRedisLike);
  if (hasAll(client, ['get', 'set', 'evalsha', 'eval', 'duplicate', 'on']))
    return ioredisAdapter(client as IoredisLike);
  throw unknownClient();
}

function hasAll(client: object, methods: readonly string[]): boolean {
  return methods.every((name) => typeof (client as Record<string, unknown>)[name] === 'function');
}

function unknownClient(): InvalidFleetOptionsError {
  return new InvalidFleetOptionsError(
    'Expected redis to be a client of ioredis 5 or 6, of node-redis 5 or 6, or an adapter with ready, get, setNxPx, evaluate and subscribe.',
  );
}
