/** The storage that applications use, and the options it is made with. */
import type { Cipher } from './cipher.js';
import type { StoredToken, WorkerTokenCredentials } from './credentials.js';
import type { DamagedRecords } from './damage.js';
import type { FlowDefinition, FlowKey } from './flow.js';
import type {
  ChangeEvent,
  ClearOptions,
  FlowSnapshot,
  LoadResult,
  RecordProblem,
  SaveOptions,
  SaveResult,
  SharedRecord,
} from './record.js';
import type { ChannelLike, Clock, Logger } from './surroundings.js';
import type { StorageTier } from './tier.js';
import type { ExportFile, ExportOptions, ImportOptions, ImportReport } from './transfer.js';

export interface CredentialStorageOptions {
  /** Fastest first. Default in a browser: memory and the best durable tier found; elsewhere memory alone. */
  tiers?: StorageTier[];
  /**
   * At rest. `preferred` encrypts where it can and says in `status()` what it got; `required` refuses everything else.
   * Default `preferred`.
   */
  encryption?: 'required' | 'preferred' | 'off' | Cipher;
  /** Partitions two applications on one origin. Same grammar as a flow key. Default none. */
  appId?: string;
  /** Default: silent. */
  logger?: Logger;
  /** Default: `Date`. */
  clock?: Clock;
  /** Between tabs; null turns it off. Default: a BroadcastChannel, where there is one and a tier is shared between tabs. */
  channel?: ChannelLike | null;
  /** Called when a tier fails or comes back, or encryption is not to be had. */
  onStatusChange?: (status: StorageStatus) => void;
}

export interface FlowSummary {
  flow: FlowKey;
  savedAt: number | null;
  tier: string;
  /** Characters of the stored envelope. */
  size: number;
  encrypted: boolean;
  revision: number;
  /** As far as name, revision and shape show it; `damaged.list()` reads records whole. */
  problem?: RecordProblem;
}

export interface StorageStatus {
  /** The most durable tier that works. */
  tier: string;
  durable: boolean;
  encrypted: boolean;
  /** Why it is not what was asked for; absent when all is well. */
  degraded?: { tier: string; reason: string }[];
}

export interface CredentialStorage {
  /** The two reserved records; only the manager uses them. */
  readonly shared: {
    readonly credentials: SharedRecord<WorkerTokenCredentials>;
    readonly token: SharedRecord<StoredToken>;
  };
  loadFlowCredentials<T = unknown>(flow: FlowKey | FlowDefinition<T>): Promise<LoadResult<T>>;
  saveFlowCredentials<T>(flow: FlowKey | FlowDefinition<T>, data: T, options?: SaveOptions): Promise<SaveResult>;
  /** @throws RevisionConflictError if `ifRevision` no longer holds; nothing is removed. */
  clearFlowCredentials(flow: FlowKey | FlowDefinition<unknown>, options?: ClearOptions): Promise<void>;
  listFlows(): Promise<FlowSummary[]>;
  /** The only way from one flow to another, and it is explicit. */
  copyFlowCredentials<A, B = A>(
    from: FlowKey | FlowDefinition<A>,
    to: FlowKey | FlowDefinition<B>,
    map?: (data: A) => B,
  ): Promise<SaveResult>;
  /** Every flow and both shared records. */
  clearAll(): Promise<void>;
  /**
   * Everything but the worker token, as a JSON document. Without a passphrase secrets are left out: the secret fields of a definition, what
   * is named like a secret, and the whole value of a flow without a known definition.
   *
   * @throws PassphraseError if the passphrase is too short.
   */
  exportAll(options?: ExportOptions): Promise<ExportFile>;
  /**
   * Takes over an export, all of it or nothing. A copy without its secrets never replaces a record.
   *
   * @param file the document, or its text of at most 4 million characters.
   * @throws ImportRefusedError for a file that is not one, or that holds one bad record; nothing was changed.
   * @throws PassphraseError if the file is sealed and the passphrase is missing or wrong.
   */
  importAll(file: unknown, options?: ImportOptions): Promise<ImportReport>;
  /** Records that are there and cannot be used. */
  readonly damaged: DamagedRecords;
  subscribe(flow: FlowKey | FlowDefinition<unknown>, listener: (event: ChangeEvent) => void): () => void;
  /** Synchronous, from memory; the same object until something changes. */
  getSnapshot<T = unknown>(flow: FlowKey | FlowDefinition<T>): FlowSnapshot<T>;
  status(): StorageStatus;
  dispose(): void;
}
