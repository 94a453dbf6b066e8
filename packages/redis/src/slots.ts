/** The slots of a fleet: for each set of credentials its names, and the seal that fits nowhere else. */
import type { Fleet } from './fleet.js';
import type { FleetSecrets } from './fleet-secrets.js';
import { type SlotKeys, slotKeysOf } from './slot-keys.js';

export interface Slot {
  readonly id: string;
  readonly keys: SlotKeys;
  readonly secrets: FleetSecrets;
}

/** @throws StorageUnavailableError where the key does not come in time. */
export async function slotOf(fleet: Fleet, fingerprint: string): Promise<Slot> {
  const secrets = await fleet.secrets();
  const id = secrets.idOf(fingerprint);
  return { id, keys: slotKeysOf(fleet.settings.prefix, id), secrets };
}
