/** The manager for pages that count kilobytes: storage and token source are the caller's; no old records, no fleet. */
import { assembleManager } from './assemble-manager.js';
import type { Fleet } from './fleet.js';
import { inProcessCoordinator } from './in-process-coordinator.js';
import type { LegacyRecords } from './legacy-records.js';
import type { Coordinator } from './types/coordination.js';
import type { WorkerTokenManager } from './types/manager.js';
import type { CoreManagerOptions } from './types/options.js';

/**
 * Makes a manager with the guarantees of `createWorkerTokenManager`, but for what its options leave out: it takes over no old records,
 * and without a `coordination` other tabs are not excluded. Nothing is read and nothing requested before the first call.
 *
 * @throws TypeError for an option that is missing or cannot be.
 */
export function createCoreManager(options: CoreManagerOptions): WorkerTokenManager {
  return assembleManager(options, {
    storage: () => missing('storage', "createCoreStorage() of '@worker-token/storage/core'"),
    source: () => missing('tokenSource', 'serverTokenSource(url)'),
    coordinator: () => inProcessCoordinator(),
    legacy: () => NO_RECORDS,
    fleet: withoutFleet,
  });
}

const nothing = async (): Promise<undefined> => undefined;

const NO_RECORDS: LegacyRecords = {
  keys: [],
  problems: [],
  migrate: nothing,
  settle: nothing,
  sync: nothing,
  dispose() {},
};

function withoutFleet(coordinator: Coordinator): Fleet {
  if (!('tokenSlot' in coordinator) && !coordinator.failures) {
    return { tokenSlot: undefined, failures: { recall: nothing, remember: nothing, forget: nothing } };
  }
  throw new TypeError(
    "Expected a coordinator of one machine; got one of a fleet. Use createWorkerTokenManager() of '@worker-token/manager' with it.",
  );
}

function missing(option: string, example: string): never {
  throw new TypeError(`Expected options.${option}, for example ${example}; got none.`);
}
