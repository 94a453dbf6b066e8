/**
 * Removes from storage what this process has put there with credentials that are no longer held: nobody can use it, and it may
 * stand where a token of the others stood. What was found out too late is decided by who calls.
 */
import type { StoredToken } from '@worker-token/storage';
import type { Held } from './held.js';
import type { TokenRecord } from './stored-token.js';

export type TakeBack = (token: StoredToken) => Promise<void>;

export function createTakeBack(held: Held, record: TokenRecord): TakeBack {
  return async ({ accessToken, fingerprint }) => {
    // The old ones may be back.
    if ((await held.fingerprint()) === fingerprint) return;
    const outcome = await record.clearIf((stored) => stored?.accessToken === accessToken);
    // They may have come back meanwhile; then it was taken over, and is gone now.
    if (outcome === 'cleared' && held.token?.stored.accessToken === accessToken) held.dropToken();
  };
}
