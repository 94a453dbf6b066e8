/** The names of one slot. The braces are a cluster's hash tag: all keys of a slot are on one node, and a script may touch them together. */

export interface SlotKeys {
  readonly token: string;
  readonly lease: string;
  readonly failure: string;
  readonly channel: string;
}

/** @param id Of the credentials; see `FleetSecrets.idOf`. */
export function slotKeysOf(prefix: string, id: string): SlotKeys {
  const tag = `{${prefix}:${id}}`;
  return { token: `${tag}:token`, lease: `${tag}:lock`, failure: `${tag}:err`, channel: `${tag}:ch` };
}

/** Of the tier: one hash for all records. */
export function recordKeysOf(prefix: string): { readonly records: string; readonly channel: string } {
  const tag = `{${prefix}:records}`;
  return { records: tag, channel: `${tag}:ch` };
}
