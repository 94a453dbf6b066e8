/** The names of flows: their grammar, and the physical keys made from them. Knows nothing of records or tiers. */
import { InvalidFlowKeyError } from './errors.js';
import type { FlowKey } from './types/flow.js';

/** Every physical key starts with it. */
export const KEY_PREFIX = 'flow_credentials_';

/** Slot of the shared worker credentials. */
export const CREDENTIALS_SLOT = 'worker-token-credentials';

/** Slot of the managed worker token. */
export const TOKEN_SLOT = 'worker-access-token';

const GRAMMAR = /^[a-z0-9][a-z0-9-]{0,63}$/;
const RESERVED: readonly string[] = [CREDENTIALS_SLOT, TOKEN_SLOT];

/**
 * Names a flow, for example `flowKey('oauth-implicit-v7')`.
 *
 * @param name 1 to 64 lower-case letters, digits and hyphens; the first is not a hyphen.
 * @throws InvalidFlowKeyError if it does not match, or is reserved for the shared worker credentials or the worker token.
 */
export function flowKey(name: string): FlowKey {
  if (!isSlotName(name)) {
    throw new InvalidFlowKeyError(
      `Expected a flow key of 1 to 64 lower-case letters, digits and hyphens (for example "oauth-implicit-v7"), got ${describe(name)}.`,
    );
  }
  if (RESERVED.includes(name)) {
    throw new InvalidFlowKeyError(
      `"${name}" is reserved for the shared worker credentials and token. Use the token manager for those, and another key for a flow.`,
    );
  }
  return name as FlowKey;
}

/** The name of any slot, the reserved ones included. */
export function isSlotName(name: unknown): name is string {
  return typeof name === 'string' && GRAMMAR.test(name);
}

/** `oauth-implicit-v7` → `flow_credentials_oauth-implicit-v7`. */
export function physicalKey(slot: string): string {
  return KEY_PREFIX + slot;
}

/** The way back; null for a key that is not ours. */
export function slotOfPhysicalKey(key: unknown): string | null {
  if (typeof key !== 'string' || !key.startsWith(KEY_PREFIX)) return null;
  const slot = key.slice(KEY_PREFIX.length);
  return isSlotName(slot) ? slot : null;
}

/** True for the two slots that the flow API refuses. */
export function isReservedSlot(slot: string): boolean {
  return RESERVED.includes(slot);
}

function describe(name: unknown): string {
  return typeof name === 'string' ? `${JSON.stringify(name.slice(0, 80))} (${name.length} characters)` : typeof name;
}
