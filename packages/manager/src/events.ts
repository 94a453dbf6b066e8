/** Events on `window`, in every tab: ours, and on request those that code which is not migrated yet listens for. No token in them. */
import { globals } from './globals.js';
export interface RefreshedDetail {
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Seconds. */
  expiresIn: number;
}

/** Dispatches `worker-token-refreshed`, and with `legacy` also `workerTokenUpdated`. Does nothing where there is no window. */
export function announceToken(detail: RefreshedDetail, legacy: boolean): void {
  dispatch(() => new CustomEvent('worker-token-refreshed', { detail: Object.freeze({ ...detail }) }));
  if (legacy) dispatch(() => new CustomEvent('workerTokenUpdated', { detail: Object.freeze({ ...detail }) }));
}

/** Another tab has changed something: the `storage` event that legacy code waits for, with the key and no value. */
export function announceLegacyStorage(key: string | undefined): void {
  if (key) dispatch(() => new StorageEvent('storage', { key }));
}

function dispatch(event: () => Event): void {
  try {
    globals.window?.dispatchEvent?.(event());
  } catch {
    // A page without these event classes has nobody who listens for them.
  }
}
