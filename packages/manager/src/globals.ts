/** The globals that exist in some places only, typed as what may be missing. Looked up at each use: tests replace them. */
export const globals = globalThis as unknown as {
  readonly crypto?: { readonly subtle?: SubtleCrypto };
  readonly document?: { readonly baseURI: string; readonly visibilityState?: string };
  readonly location?: { readonly href: string; readonly origin: string; readonly hostname: string };
  readonly navigator?: { readonly locks?: LockManager };
  readonly window?: Partial<EventTarget>;
};
