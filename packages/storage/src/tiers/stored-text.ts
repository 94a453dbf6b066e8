/** A tier's record as one text, for places that keep nothing but text under a key: web storage and files. Pure. */
import { slotOfPhysicalKey } from '../flow-key.js';
import { isObject } from '../safe-json.js';
import type { TierRecord } from '../types/tier.js';

/** An envelope is stored as it is; a removal needs something that keeps its revision. */
export function toStoredText(key: string, { revision, text }: TierRecord): string {
  return text ?? JSON.stringify({ v: 1, k: slotOfPhysicalKey(key), rev: revision, gone: true });
}

/** What is damaged counts as present, at revision 0. */
export function fromStoredText(stored: string): TierRecord {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return { revision: 0, text: stored };
  }
  if (!isObject(value) || !Number.isSafeInteger(value['rev'])) return { revision: 0, text: stored };
  return { revision: value['rev'] as number, text: value['gone'] === true ? null : stored };
}
