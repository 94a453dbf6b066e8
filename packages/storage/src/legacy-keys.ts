/** Where older code kept the worker credentials, apart from what is done about it: whether something is there is asked at every start. */
import { browserAreas, readItem, type WebStorageAreas } from './web-storage.js';

/** Keys under which older code kept the worker credentials. */
export const LEGACY_CREDENTIAL_KEYS: readonly string[] = [
  'worker_credentials',
  'pingone_worker_token_credentials',
  'unified_worker_token_credentials',
];

/**
 * Something is stored under one of the keys, whatever it is: `migrateLegacyCredentials` has something to look at.
 *
 * @param areas Default: this page's.
 */
export function hasLegacyItem(
  keys: readonly string[] = LEGACY_CREDENTIAL_KEYS,
  areas: WebStorageAreas = browserAreas(),
): boolean {
  return keys.some((key) => readItem(areas, 'local', key) !== null || readItem(areas, 'session', key) !== null);
}
