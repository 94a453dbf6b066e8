/** The manager with everything that belongs to it where nothing else is asked for. */
import { createCredentialStorage } from '@worker-token/storage/essentials';
import { assembleManager } from './assemble-manager.js';
import { defaultCoordinator } from './default-coordinator.js';
import { directGrant } from './direct-grant.js';
import { fleetOf } from './fleet.js';
import { createLegacyRecords } from './legacy-records.js';
import type { WorkerTokenManager } from './types/manager.js';
import type { WorkerTokenManagerOptions } from './types/options.js';

/**
 * Makes a manager. Nothing is read and nothing requested before the first call.
 *
 * @throws TypeError for an option that cannot be.
 */
export function createWorkerTokenManager(options: WorkerTokenManagerOptions = {}): WorkerTokenManager {
  return assembleManager(options, {
    storage: createCredentialStorage,
    source: directGrant,
    coordinator: defaultCoordinator,
    legacy: createLegacyRecords,
    fleet: fleetOf,
  });
}
