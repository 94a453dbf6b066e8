/** One flow's credentials for its form. What another tab saves while the form has unsaved edits is shown, never taken silently. */
import type {
  CredentialStorage,
  FlowDefinition,
  FlowKey,
  FlowSnapshot,
  LoadSource,
  SaveResult,
} from '@worker-token/storage';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useCredentialStorage } from './context.js';

export interface UseFlowCredentialsOptions {
  /** The form has edits that are not saved. Default false. */
  dirty?: boolean;
}

/** Another tab has saved or cleared while the form is dirty. */
export interface FlowConflict<T> {
  /** What the form began with. */
  base: T | null;
  /** What is stored now; null: cleared. */
  theirs: T | null;
  /** Take theirs; the form should fill in `value` again. */
  accept(): void;
  /** Save the form's own data over theirs. */
  overwrite(data: T): Promise<SaveResult>;
}

export interface UseFlowCredentialsResult<T> {
  status: 'unhydrated' | 'empty' | 'ready' | 'problem';
  /** What the form shows and compares with. */
  value: T | null;
  /** Milliseconds since 1970. */
  savedAt: number | null;
  /** Where `value` was read from; `none` where there is none. */
  source: LoadSource;
  /** @throws RevisionConflictError if somebody else saved since the form was filled in. */
  save(data: T): Promise<SaveResult>;
  clear(): Promise<void>;
  /** Copies another flow's credentials here, on the user's word. */
  copyFrom<A>(from: FlowKey | FlowDefinition<A>, map?: (data: A) => T): Promise<SaveResult>;
  conflict: FlowConflict<T> | null;
}

/** @param flow A key made by `flowKey()`, or a definition made outside of the component. */
export function useFlowCredentials<T = unknown>(
  flow: FlowKey | FlowDefinition<T>,
  { dirty = false }: UseFlowCredentialsOptions = {},
): UseFlowCredentialsResult<T> {
  const storage = useCredentialStorage();
  const current = useFlowSnapshot(storage, flow);
  const { base, rebase, saving, whileSaving } = useBase(current, dirty);

  const saveOver = useCallback(
    (data: T, ifRevision: number | null) =>
      whileSaving(async () => {
        const result = await storage.saveFlowCredentials(flow, data, { ifRevision });
        rebase(storage.getSnapshot(flow));
        return result;
      }),
    [storage, flow, whileSaving, rebase],
  );
  const conflict = useMemo<FlowConflict<T> | null>(() => {
    if (!dirty || saving || base.status === 'unloaded' || current.revision === base.revision) return null;
    return {
      base: base.data,
      theirs: current.data,
      accept: () => rebase(current),
      overwrite: (data) => saveOver(data, current.revision),
    };
  }, [dirty, saving, base, current, rebase, saveOver]);

  return useMemo(
    () => ({
      status: base.status === 'unloaded' ? 'unhydrated' : base.status,
      value: base.data,
      savedAt: base.savedAt,
      source: base.source,
      save: (data) => saveOver(data, base.revision),
      clear: () =>
        whileSaving(async () => {
          await storage.clearFlowCredentials(flow);
          rebase(storage.getSnapshot(flow));
        }),
      copyFrom: (from, map) =>
        whileSaving(async () => {
          const result = await (map
            ? storage.copyFlowCredentials(from, flow, map)
            : storage.copyFlowCredentials(from, flow as never));
          rebase(storage.getSnapshot(flow));
          return result;
        }),
      conflict,
    }),
    [storage, flow, base, saveOver, whileSaving, rebase, conflict],
  );
}

/** What is stored, as far as it is known here; the first read is started after mounting. */
function useFlowSnapshot<T>(storage: CredentialStorage, flow: FlowKey | FlowDefinition<T>): FlowSnapshot<T> {
  const subscribe = useCallback(
    (listener: () => void) => storage.subscribe(flow as FlowKey, listener),
    [storage, flow],
  );
  const getSnapshot = useCallback(() => storage.getSnapshot(flow), [storage, flow]);
  useEffect(() => {
    // A problem stands in the snapshot.
    storage.loadFlowCredentials(flow).catch(() => {});
  }, [storage, flow]);
  return useSyncExternalStore(subscribe, getSnapshot, unloaded);
}

const UNLOADED = Object.freeze({
  status: 'unloaded',
  data: null,
  revision: null,
  savedAt: null,
  source: 'none',
} as const);
const unloaded = (): FlowSnapshot<never> => UNLOADED;

/** What the form is based on: what is stored, until it is dirty; from then on what was stored at that moment. */
function useBase<T>(current: FlowSnapshot<T>, dirty: boolean) {
  const [base, setBase] = useState(current);
  const [saving, setSaving] = useState(false);
  const follows = !dirty || base.status === 'unloaded';
  if (follows && base !== current) setBase(current);
  const whileSaving = useCallback(<R>(work: () => Promise<R>): Promise<R> => {
    setSaving(true);
    return work().finally(() => setSaving(false));
  }, []);
  return { base: follows ? current : base, rebase: setBase as (next: FlowSnapshot<T>) => void, saving, whileSaving };
}
