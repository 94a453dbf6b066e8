/** One slot out of the many that a coordinator may have for tokens: the one of the credentials that are held at this moment. */
import type { ChangeEvent, LoadResult, SharedRecord, StoredToken } from '@worker-token/storage';
import { fingerprintOf } from './fingerprint.js';

export interface FleetTokenSlot extends SharedRecord<StoredToken> {
  /** The credentials may be others now. */
  moved(): void;
}

type SlotFor = (fingerprint: string) => SharedRecord<StoredToken>;
const NOTHING: LoadResult<StoredToken> = { data: null, source: 'none', revision: null, savedAt: null };

/** @param identity Of the credentials that are held; null without any. Then the last ones are meant, whose token is to be removed. */
export function fleetTokenSlot(slotFor: SlotFor, identity: () => string | null): FleetTokenSlot {
  const listeners = new Set<(event: ChangeEvent) => void>();
  let last: { identity: string; slot: Promise<SharedRecord<StoredToken>> } | undefined;
  let leave = (): void => {};

  function current(): Promise<SharedRecord<StoredToken>> | undefined {
    const now = identity();
    if (now !== null && last?.identity !== now) last = { identity: now, slot: fingerprintOf(now).then(slotFor) };
    return last?.slot;
  }

  /** Listens to the slot that is meant now, and to no other. */
  function moved(): void {
    const before = last;
    const slot = listeners.size > 0 ? current() : undefined;
    if (slot && before === last) return;
    leave();
    let left = false;
    let undo = (): void => {};
    leave = () => {
      left = true;
      undo();
    };
    void slot?.then((theSlot) => {
      if (!left) undo = theSlot.subscribe((event) => listeners.forEach((listener) => listener(event)));
    });
  }

  return {
    load: async (options) => (await current())?.load(options) ?? NOTHING,
    async save(token, options) {
      const slot = await current();
      if (!slot) throw new TypeError('A token without credentials cannot be kept.');
      return slot.save(token, options);
    },
    clear: async (options) => (await current())?.clear(options),
    subscribe(listener) {
      listeners.add(listener);
      last = undefined;
      moved();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) leave();
      };
    },
    moved,
  };
}
