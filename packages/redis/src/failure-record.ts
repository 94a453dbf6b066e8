/** What a fleet knows not to work, sealed and for a short while. How long is the manager's decision. */
import type { SharedFailure, SharedFailures } from '@worker-token/manager';
import type { Fleet } from './fleet.js';
import { valueOf } from './replies.js';
import { FORGET, KEEP, READ } from './scripts.js';
import { type Slot, slotOf } from './slots.js';

export function createFailureRecord(fleet: Fleet): SharedFailures {
  const placeOf = ({ id }: Slot) => JSON.stringify(['failure', id]);

  return {
    async recall(fingerprint) {
      const slot = await slotOf(fleet, fingerprint);
      const value = valueOf(await fleet.evaluate(READ, [slot.keys.failure]));
      const plain = value && slot.secrets.open(value.text, placeOf(slot));
      if (!plain) return undefined;
      const failure = JSON.parse(plain) as SharedFailure;
      // The wait that the server asked for has gone on since.
      const retryAfter = failure.retryAfterMs === undefined ? {} : { retryAfterMs: value.leftMs };
      return { failure: { ...failure, ...retryAfter }, leftMs: value.leftMs };
    },
    async remember(fingerprint, failure, forMs) {
      const slot = await slotOf(fleet, fingerprint);
      const text = slot.secrets.seal(JSON.stringify(failure), placeOf(slot));
      await fleet.evaluate(KEEP, [slot.keys.failure], [text, String(Math.max(1, Math.ceil(forMs)))]);
    },
    async forget(fingerprint) {
      const { keys } = await slotOf(fleet, fingerprint);
      await fleet.evaluate(FORGET, [keys.failure]);
    },
  };
}
