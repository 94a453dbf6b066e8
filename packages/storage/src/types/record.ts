/** One slot as its users see it: what a load, a save and a removal take and give, what is told of changes, and the synchronous view. */

/** Where a loaded value came from. */
export type LoadSource = 'memory' | 'browser' | 'file' | 'server' | 'none';

/** Why a record that is there could not be used. Its bytes stay where they are. */
export interface RecordProblem {
  kind: 'corrupt' | 'undecryptable' | 'wrong-slot' | 'newer-format' | 'permissions' | 'unavailable';
  message: string;
  /** Length of the stored bytes. */
  bytes?: number;
}

export interface LoadResult<T> {
  data: T | null;
  source: LoadSource;
  /** Revision of the slot, for `ifRevision`; null where nothing was ever saved. A removal has a revision, too. */
  revision: number | null;
  /** Milliseconds since 1970. */
  savedAt: number | null;
  problem?: RecordProblem;
}

export interface LoadOptions {
  /** Pass the fast copies by and ask the most durable tier that works. For reading again inside a lock. Default false. */
  fresh?: boolean;
}

export interface SaveOptions {
  /**
   * Save only if the slot is still at this revision; null means "only if nothing is there and nothing ever was".
   * Since a removal raises the revision, a save that was in flight while the user cleared is refused.
   */
  ifRevision?: number | null;
  /** Time to live, in milliseconds. Default: for ever. */
  ttlMs?: number;
}

export interface SaveResult {
  revision: number;
  savedAt: number;
  /** Names of the tiers that took it, fastest first. */
  tiers: string[];
  /** Names of the tiers that did not, with the reason. */
  failed: { tier: string; reason: string }[];
}

export interface ClearOptions {
  /** Remove only if the slot is still at this revision: what somebody saved meanwhile stays. Default: remove whatever is there. */
  ifRevision?: number | null;
}

export interface ChangeEvent {
  /**
   * `loaded`: a flow's snapshot was filled by a load. `key-lost`: the record cannot be read any more because its key is gone
   * (once per record); it counts as absent.
   */
  type: 'saved' | 'cleared' | 'loaded' | 'key-lost';
  /** The physical key, for example `flow_credentials_oauth-implicit-v7`. */
  key: string;
  revision: number;
  origin: 'this-tab' | 'other-tab';
}

/** One slot. */
export interface RecordSlot<T> {
  load(options?: LoadOptions): Promise<LoadResult<T>>;
  /** @throws RevisionConflictError if `ifRevision` no longer holds; nothing is written. */
  save(data: T, options?: SaveOptions): Promise<SaveResult>;
  /**
   * Removes the value and raises the revision.
   *
   * @throws RevisionConflictError if `ifRevision` no longer holds; nothing is removed.
   * @throws StorageUnavailableError if a durable tier that works keeps its copy.
   */
  clear(options?: ClearOptions): Promise<void>;
  /** Calls back after a change, in this tab or in another one, with the name of the cause and no value. Returns its own undo. */
  subscribe(listener: (event: ChangeEvent) => void): () => void;
}

/** A slot of the shared records; only the manager uses them. */
export type SharedRecord<T> = RecordSlot<T>;

/** Values that live and are read in this process only, synchronously. For `useSyncExternalStore`. */
export interface FlowSnapshot<T> {
  readonly status: 'unloaded' | 'empty' | 'ready' | 'problem';
  readonly data: T | null;
  readonly revision: number | null;
  readonly savedAt: number | null;
  readonly source: LoadSource;
  readonly problem?: RecordProblem;
}
