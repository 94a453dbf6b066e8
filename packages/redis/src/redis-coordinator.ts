/** Joins slots, turns, token and failures to the coordinator that a manager takes. It decides nothing itself. */
import { randomUUID } from 'node:crypto';
import type { Coordinator, RunOptions } from '@worker-token/manager';
import type { Clock, SharedRecord, StoredToken } from '@worker-token/storage';
import { StorageUnavailableError } from '@worker-token/storage';
import { createFailureRecord } from './failure-record.js';
import { createFleet, type Fleet } from './fleet.js';
import { createLeases } from './lease.js';
import type { RedisOptions } from './options.js';
import { slotOf } from './slots.js';
import { createTokenNews } from './token-news.js';
import { createTokenRecord } from './token-record.js';
import { takeTurn, type Turn, type TurnParts } from './turns.js';

export interface RedisCoordinatorOptions extends RedisOptions {
  /**
   * Listen for messages of the others, on a connection of its own. Without it a process polls while it waits, and learns of a new token
   * when it needs one: for functions that are frozen between two calls. Default true.
   */
  subscribe?: boolean;
  /** The same as the manager's. Default: the system's. */
  clock?: Clock;
  /** Random number in [0, 1), for jitter. Default: `Math.random`. */
  random?: () => number;
}

export interface RedisCoordinator extends Coordinator {
  /** False while Redis is out of order: then every process fetches for itself. */
  readonly exclusive: boolean;
  /**
   * Waits until Redis answers, so that a process which starts does not take a connection that is still being made for an outage.
   *
   * @param limitMs Longest wait, in milliseconds. Default 5 000.
   * @returns whether it answers. Never rejects.
   */
  ready(limitMs?: number): Promise<boolean>;
}

/** The manager's name for the work: the fingerprint stands behind the last colon. */
const fingerprintIn = (name: string) => name.slice(name.lastIndexOf(':') + 1);

/**
 * One token for all processes that have the same credentials, key and Redis: one of them fetches it, the others use it.
 *
 * @throws InvalidFleetOptionsError for an option that cannot be.
 * @throws EncryptionUnavailableError where there is no key.
 */
export function redisCoordinator(options: RedisCoordinatorOptions): RedisCoordinator {
  const { subscribe = true, clock = { now: () => Date.now() }, random = Math.random } = options;
  const fleet = createFleet(options);
  const { onEvent } = fleet.settings;
  const leases = createLeases(fleet.redis, fleet.guard);
  const turns: TurnParts = { fleet, leases, subscribe, random };

  /** `alone`: there is no turn to be had from a Redis that is out of order. */
  async function turnAt<T>(name: string, runOptions: RunOptions<T>): Promise<Turn<T> | 'alone'> {
    try {
      return await takeTurn(turns, await slotOf(fleet, fingerprintIn(name)), runOptions);
    } catch (error) {
      if (error instanceof StorageUnavailableError) return 'alone';
      throw error;
    }
  }

  function tokenSlot(fingerprint: string): SharedRecord<StoredToken> {
    const self = randomUUID();
    const slot = () => slotOf(fleet, fingerprint);
    const news = subscribe ? createTokenNews({ fleet, slot, self, random }) : () => () => {};
    return { ...createTokenRecord(fleet, slot, self, clock), subscribe: news };
  }

  return {
    get exclusive() {
      return !fleet.isOut;
    },
    async run(name, runOptions, work) {
      const startedAt = performance.now();
      const turn = await turnAt(name, runOptions);
      if (turn === 'busy') return undefined;
      if (turn === 'alone') return work();
      const waitedMs = performance.now() - startedAt;
      if (turn === 'late') {
        onEvent({ type: 'late', waitedMs });
        return work();
      }
      onEvent({ type: 'lease' in turn ? 'turn' : 'shared', waitedMs });
      return 'lease' in turn ? leases.during(turn.lease, work) : turn.found;
    },
    tokenSlot,
    failures: createFailureRecord(fleet),
    ready: (limitMs = 5_000) => isReady(fleet, limitMs),
  };
}

async function isReady(fleet: Fleet, limitMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, limitMs, false);
  });
  return Promise.race([fleet.ready(), late]).finally(() => clearTimeout(timer));
}
