/**
 * The turn of one process: a key with an owner and an end. It travels with the work that it was taken for, so that what this work
 * writes can be told from what somebody writes whose turn is over.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Guard } from './guard.js';
import { RELEASE } from './scripts.js';
import type { SlotKeys } from './slot-keys.js';
import type { RedisAdapter } from './types.js';

export interface Lease {
  readonly keys: SlotKeys;
  readonly owner: string;
  /** The script that wrote the token has ended it. */
  spent: boolean;
}

const current = new AsyncLocalStorage<Lease>();

/** The lease of the work that is calling, if it is one on this slot. */
export function leaseOn(keys: SlotKeys): Lease | undefined {
  const lease = current.getStore();
  return lease?.keys.lease === keys.lease ? lease : undefined;
}

export interface Leases {
  /** Undefined: somebody else has it. */
  acquire(keys: SlotKeys, ms: number): Promise<Lease | undefined>;
  /** Runs the work with the lease, which ends with it. */
  during<T>(lease: Lease, work: () => Promise<T>): Promise<T>;
}

export function createLeases(redis: RedisAdapter, guard: Guard): Leases {
  /** Nobody waits for it, and it is sent also to a Redis that is left alone: it is the others who would wait. */
  function release({ keys, owner }: Lease): void {
    const send = async () => {
      await redis.ready();
      await redis.evaluate(RELEASE, [keys.lease], [owner, keys.channel, 'free']);
    };
    void send().catch(() => {});
  }

  return {
    async acquire(keys, ms) {
      const lease: Lease = { keys, owner: randomUUID(), spent: false };
      try {
        const won = await guard.ask(
          () => redis.setNxPx(keys.lease, lease.owner, ms),
          (late) => late && release(lease),
        );
        return won ? lease : undefined;
      } catch (error) {
        // It may have been set all the same.
        release(lease);
        throw error;
      }
    },
    async during(lease, work) {
      try {
        return await current.run(lease, work);
      } finally {
        if (!lease.spent) release(lease);
      }
    },
  };
}
