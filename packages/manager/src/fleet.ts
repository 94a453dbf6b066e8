/** What managers share beyond one storage: where a coordinator of many processes keeps the token, and what it knows not to work. */
import { type FleetTokenSlot, fleetTokenSlot } from './fleet-token-slot.js';
import { type FleetFailures, fleetFailuresOf } from './shared-failures.js';
import type { Coordinator } from './types/coordination.js';

export interface Fleet {
  /** Instead of the storage's; undefined: the coordinator has none. */
  tokenSlot: FleetTokenSlot | undefined;
  failures: FleetFailures;
}

/** @param identity Of the credentials that are held; null without any. */
export function fleetOf(coordinator: Coordinator, identity: () => string | null): Fleet {
  return {
    tokenSlot: coordinator.tokenSlot && fleetTokenSlot(coordinator.tokenSlot.bind(coordinator), identity),
    failures: fleetFailuresOf(coordinator.failures),
  };
}
