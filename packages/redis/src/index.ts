/** Public entry of `@worker-token/redis`. Only this file re-exports. */
export { InvalidFleetOptionsError } from './errors.js';
export type { RedisOptions } from './options.js';
export { redisCoordinator, type RedisCoordinator, type RedisCoordinatorOptions } from './redis-coordinator.js';
export { redisTier, type RedisTierOptions } from './redis-tier.js';
export type { FleetEvent, IoredisLike, NodeRedisLike, RedisAdapter, RedisClient, RedisScript } from './types.js';
