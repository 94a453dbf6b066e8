/** A tier's record as one object, for places that keep objects: IndexedDB, and the drivers of unstorage. Pure. */
import { isObject } from '../safe-json.js';
import type { TierRecord } from '../types/tier.js';

/** What somebody else put there counts as a damaged record: present, at revision 0 unless it has one. Null: nothing is there. */
export function fromStoredObject(value: unknown): TierRecord | null {
  if (value === undefined || value === null) return null;
  const { revision, text } = isObject(value) ? value : {};
  return {
    revision: Number.isSafeInteger(revision) ? (revision as number) : 0,
    text: typeof text === 'string' || text === null ? text : foreignText(value),
  };
}

/** So that an application can look at it. Without a text of its own it is no envelope, whatever it says. */
function foreignText(value: unknown): string {
  try {
    return `foreign: ${JSON.stringify(value)}`;
  } catch {
    return 'foreign';
  }
}
