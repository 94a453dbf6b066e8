/**
 * What a fleet shares, in memory: leases with an owner and an end, a token slot for each fingerprint, failures, and a channel that may lose
 * messages. Shows that the contract of `Coordinator` suffices for it, and how one is written.
 */
import type { ChangeEvent, SharedRecord, StoredToken } from '@worker-token/storage';
import type { Coordinator, RunOptions, SharedFailure } from '../src/types/coordination.js';

export interface Fleet {
  /** One more process. */
  join(): Coordinator;
  /** The server is not to be reached: everything rejects. */
  down: boolean;
  /** Messages are lost; only polling is left. */
  deaf: boolean;
  /** All leases end, as those of stopped processes do. */
  expireLeases(): void;
  /** How many wait for messages. */
  readonly listening: number;
  /** What is written down, for a look. */
  readonly tokens: Map<string, { revision: number; token: StoredToken | null }>;
  readonly failures: Map<string, { failure: SharedFailure; until: number }>;
}

const POLL_MS = 20;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function createFleet(): Fleet {
  const leases = new Map<string, { owner: symbol; until: number }>();
  const tokens: Fleet['tokens'] = new Map();
  const failures: Fleet['failures'] = new Map();
  const listeners = new Set<(fingerprint: string, revision: number) => void>();

  /** A round trip. */
  async function ask<T>(work: () => T): Promise<T> {
    await pause(1);
    if (fleet.down) throw new Error('ECONNREFUSED');
    return work();
  }

  function acquire(name: string, owner: symbol, ms: number): boolean {
    const lease = leases.get(name);
    if (lease && lease.until > Date.now()) return false;
    leases.set(name, { owner, until: Date.now() + ms });
    return true;
  }

  function release(name: string, owner: symbol): void {
    if (leases.get(name)?.owner === owner) leases.delete(name);
  }

  function conflict(): never {
    throw Object.assign(new Error('It was written meanwhile.'), { code: 'revision-conflict' });
  }

  /** Compared and written at once, as a script does; a lease that somebody else has by now refuses it, too. */
  function write(
    fingerprint: string,
    token: StoredToken | null,
    ifRevision: number | null | undefined,
    owner?: symbol,
  ) {
    const current = tokens.get(fingerprint)?.revision ?? null;
    if (ifRevision !== undefined && ifRevision !== current) conflict();
    const lease = leases.get(`worker-token:${fingerprint}`);
    if (owner && lease && lease.owner !== owner) conflict();
    const revision = (current ?? 0) + 1;
    tokens.set(fingerprint, { revision, token });
    if (!fleet.deaf) for (const listener of [...listeners]) listener(fingerprint, revision);
    return revision;
  }

  function slotOf(fingerprint: string, owner: symbol): SharedRecord<StoredToken> {
    return {
      load: () =>
        ask(() => {
          const { revision = null, token = null } = tokens.get(fingerprint) ?? {};
          return { data: token, revision, source: token ? ('server' as const) : ('none' as const), savedAt: null };
        }),
      save: (token, { ifRevision } = {}) =>
        ask(() => ({
          revision: write(fingerprint, token, ifRevision, owner),
          savedAt: 0,
          tiers: ['fleet'],
          failed: [],
        })),
      clear: ({ ifRevision } = {}) => ask(() => void write(fingerprint, null, ifRevision)),
      subscribe(listener) {
        const heard = (of: string, revision: number) => {
          const event: ChangeEvent = { type: 'saved', key: of, revision, origin: 'other-tab' };
          if (of === fingerprint) listener(event);
        };
        listeners.add(heard);
        return () => void listeners.delete(heard);
      },
    };
  }

  function join(): Coordinator {
    const owner = Symbol('process');
    async function run<T>(name: string, options: RunOptions<T>, work: () => Promise<T>): Promise<T | undefined> {
      const until = Date.now() + options.timeoutMs;
      let mine: boolean | undefined = await ask(() => acquire(name, owner, options.holdMs ?? 0)).catch(() => undefined);
      if (mine === false && options.ifAvailable) return undefined;
      while (mine === false && Date.now() < until) {
        await heardOr(POLL_MS);
        options.signal?.throwIfAborted();
        const found = await options.lookAgain?.();
        if (found !== undefined) return found;
        mine = await ask(() => acquire(name, owner, options.holdMs ?? 0)).catch(() => undefined);
      }
      try {
        return await work();
      } finally {
        if (mine) await ask(() => release(name, owner)).catch(() => {});
      }
    }
    return {
      exclusive: true,
      run,
      tokenSlot: (fingerprint) => slotOf(fingerprint, owner),
      failures: {
        recall: (fingerprint) =>
          ask(() => {
            const { failure, until = 0 } = failures.get(fingerprint) ?? {};
            return failure && until > Date.now() ? { failure, leftMs: until - Date.now() } : undefined;
          }),
        remember: (fingerprint, failure, forMs) =>
          ask(() => void failures.set(fingerprint, { failure, until: Date.now() + forMs })),
        forget: (fingerprint) => ask(() => void failures.delete(fingerprint)),
      },
    };
  }

  /** A message, or the time is up. */
  function heardOr(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        listeners.delete(done);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, ms);
      listeners.add(done);
    });
  }

  const expireLeases = () => leases.forEach((lease) => (lease.until = 0));
  const fleet: Fleet = {
    join,
    down: false,
    deaf: false,
    expireLeases,
    get listening() {
      return listeners.size;
    },
    tokens,
    failures,
  };
  return fleet;
}
