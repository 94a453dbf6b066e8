/**
 * What of a record may be read, and what a save leaves as it is: secrets go in and do not come out. Pure; knows no tiers and no requests.
 */
import type { FlowDefinition } from '@worker-token/storage';
import { CREDENTIALS_SLOT, credentialsShape, isObject, withoutSecrets } from '@worker-token/storage/records';

export interface CredentialRule {
  /** Names of fields that never leave; what is named like a secret does not either. */
  readonly secretFields: readonly string[];
  /** The value as a page may see it, and JSON pointers (RFC 6901) of what is missing. */
  show(value: unknown): { value: unknown; leftOut: readonly string[] };
  /** The value to be kept: what a page could not see, and has not replaced, stays. Changes `incoming`. */
  keep(stored: unknown, incoming: unknown): unknown;
}

export function ruleOfFlow({ secretFields }: Pick<FlowDefinition<unknown>, 'secretFields'>): CredentialRule {
  const show: CredentialRule['show'] = (value) => {
    const { data, leftOut } = withoutSecrets(value, secretFields);
    return { value: data, leftOut };
  };
  return { secretFields, show, keep: (stored, incoming) => keepMissing(stored, incoming, show(stored).leftOut) };
}

/** Whose secret it is: for another client, or another place, the old one is not kept. */
const CLIENT_FIELDS = ['environmentId', 'clientId', 'region', 'tokenEndpoint', 'authHost'] as const;

/** The shared worker credentials must have a text for the secret: an empty one stands for what a page cannot see. */
export function ruleOfWorkerCredentials(): CredentialRule {
  const rule = ruleOfFlow({ secretFields: credentialsShape.secretFields ?? [] });
  return {
    ...rule,
    show(value) {
      const shown = rule.show(value);
      return isObject(shown.value) ? { ...shown, value: { ...shown.value, clientSecret: '' } } : shown;
    },
    keep(stored, incoming) {
      if (!isObject(stored) || !isObject(incoming)) return incoming;
      if (CLIENT_FIELDS.some((field) => stored[field] !== incoming[field])) return incoming;
      if (incoming['clientSecret'] === '') delete incoming['clientSecret'];
      return rule.keep(stored, incoming);
    },
  };
}

export const WORKER_CREDENTIALS = CREDENTIALS_SLOT;

/** Only where the way to it is made of objects in both: in a list nobody knows which item was meant. */
function keepMissing(stored: unknown, incoming: unknown, pointers: readonly string[]): unknown {
  for (const pointer of pointers) {
    const names = pointer.split('/').slice(1).map(unescaped);
    const last = names.pop();
    const from = walk(stored, names);
    const to = walk(incoming, names);
    if (last !== undefined && from && to && !Object.hasOwn(to, last)) to[last] = from[last];
  }
  return incoming;
}

function walk(value: unknown, names: readonly string[]): Record<string, unknown> | undefined {
  let at = value;
  for (const name of names) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return isObject(at) ? at : undefined;
}

function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
