/** The contract of this package, and nothing else: what it needs of a Redis client, and what it tells of its work. */

/** A script and its SHA-1, for `EVALSHA`. */
export interface RedisScript {
  readonly lua: string;
  readonly sha1: string;
}

/**
 * What is needed of a client. There is one for ioredis and one for node-redis; another client can be given as such an object.
 * Deadlines are not its business: a method may hang.
 */
export interface RedisAdapter {
  /** Resolves as soon as a command can be sent: so that none is queued and carried out when nobody wants it any more. */
  ready(): Promise<void>;
  get(key: string): Promise<string | null>;
  /** `SET key value NX PX ms`: whether it was set. */
  setNxPx(key: string, value: string, ms: number): Promise<boolean>;
  /** Runs a script; all keys are in one slot of a cluster. */
  evaluate(script: RedisScript, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /**
   * Listens on a connection of its own. Messages may get lost; after a time without connection the listener is called with null.
   * Never throws, whatever Redis does. Returns its own undo.
   */
  subscribe(channel: string, listener: (message: string | null) => void): () => void;
}

type Method = (...args: never[]) => unknown;

/** ioredis 5 and 6: `new Redis(…)` or `new Cluster(…)`. Known by its shape. */
export interface IoredisLike {
  readonly status: string;
  evalsha: Method;
  duplicate: Method;
}

/** node-redis 5 and 6: `createClient(…)` or `createCluster(…)`, connected. Known by its shape. */
export interface NodeRedisLike {
  evalSha: Method;
  duplicate: Method;
}

export type RedisClient = IoredisLike | NodeRedisLike | RedisAdapter;

/** What happens between the processes, for counters: no credential, no token, no name of either. Times in milliseconds. */
export type FleetEvent =
  /** The turn was had: at once, or after a wait. */
  | { readonly type: 'turn'; readonly waitedMs: number }
  /** Another process did it. */
  | { readonly type: 'shared'; readonly waitedMs: number }
  /** Nobody was done in time: this process goes ahead without a turn. */
  | { readonly type: 'late'; readonly waitedMs: number }
  /** A token came after the end of its turn, and was not stored. */
  | { readonly type: 'refused' }
  /** Redis is out of order: until `recovered` this process fetches for itself. */
  | { readonly type: 'degraded'; readonly reason: string }
  | { readonly type: 'recovered' };
