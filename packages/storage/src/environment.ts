/** Globals that a runtime may lack, typed so. They are looked up at each use: tests replace them, and merely touching one may throw. */

interface Environment {
  readonly crypto?: { readonly subtle?: SubtleCrypto; readonly getRandomValues?: Crypto['getRandomValues'] };
  readonly indexedDB?: IDBFactory;
  readonly IDBKeyRange?: { bound(lower: unknown, upper: unknown): IDBKeyRange };
  readonly localStorage?: Storage;
  readonly sessionStorage?: Storage;
  readonly location?: { readonly origin?: string };
  readonly navigator?: { readonly locks?: LockManager };
  readonly window?: Partial<Pick<Window, 'addEventListener' | 'removeEventListener'>>;
}

export const environment = globalThis as unknown as Environment;

/** Calls back for the `storage` events of this window, if there is one. Returns its own undo. */
export function onStorageEvent(listener: (event: { readonly key: string | null }) => void): () => void {
  const { window } = environment;
  window?.addEventListener?.('storage', listener);
  return () => window?.removeEventListener?.('storage', listener);
}
