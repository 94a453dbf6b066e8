/**
 * The contract of storage, and nothing else. Every other file of this package imports it; it imports nothing.
 */

/** The time, in milliseconds since 1970. Injected, so that tests move it by hand. */
export interface Clock {
  now(): number;
}

/** Receives messages for people. Never a credential, a token, or a part of one. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

declare const flowKeyBrand: unique symbol;

/** The name of one flow, made by `flowKey('oauth-implicit-v7')`. */
export type FlowKey = string & { readonly [flowKeyBrand]: true };

/** PingOne's regions. @see https://apidocs.pingidentity.com (regional domains) */
export type Region = 'NA' | 'CA' | 'EU' | 'AU' | 'SG' | 'AP';

/** How a client authenticates at the token endpoint (OpenID Connect Core, section 9). */
export type TokenEndpointAuthMethod =
  'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt';

/** The worker application's credentials, shared by the whole app. Strings are empty where a form is not filled in yet. */
export interface WorkerTokenCredentials {
  /** PingOne environment, a UUID. */
  environmentId: string;
  clientId: string;
  clientSecret: string;
  scopes?: string[];
  region: Region;
  tokenEndpointAuthMethod: TokenEndpointAuthMethod;
  /** Only where it differs from the one derived from region and environment. */
  tokenEndpoint?: string;
  /** A custom domain, for example `login.example.com`. */
  authHost?: string;
  /** Fields of the record that this package does not know. They are kept and given back. */
  extra?: Record<string, unknown>;
}

/** The managed token as it is stored. */
export interface StoredToken {
  accessToken: string;
  tokenType: string;
  /** Deadline by this device's clock, skew already taken out, in milliseconds since 1970. */
  expiresAt: number;
  /** When it was fetched, in milliseconds since 1970. */
  obtainedAt: number;
  /** Of the credentials that got it; other credentials make the token absent. Not reversible. */
  fingerprint: string;
  scope?: string;
}

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

export interface LoadOptions {
  /** Pass the fast copies by and ask the most durable tier that works. For reading again inside a lock. Default false. */
  fresh?: boolean;
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

/** What a tier keeps for a key: the bytes of an envelope, or the mark of a removal. */
export interface TierRecord {
  revision: number;
  /** The envelope as text; null is a tombstone: the value is gone, the revision stays. */
  text: string | null;
  /** Only read: why the tier does not vouch for what is there. Storage does not look at `text` then. */
  problem?: RecordProblem;
}

export type CompareAndSetResult = { ok: true } | { ok: false; revision: number | null };

/**
 * One storage layer. Small, so that anybody can write one; revisions and removal epochs hold in it.
 * A method rejects when the layer is not to be had (quota, private mode, blocked); storage degrades visibly then.
 */
export interface StorageTier {
  /** For status and messages: `memory`, `indexeddb`, `local`. */
  readonly name: string;
  readonly source: Exclude<LoadSource, 'none'>;
  /** Survives the page or process. */
  readonly durable: boolean;
  /** `compareAndSet` cannot lose against another writer, tabs and processes included. */
  readonly atomic: boolean;
  /** What this tier can offer for encryption at rest: a key of its own, or none. */
  readonly keySource?: KeySource;
  /** What is behind the tier encrypts at rest, as a server does: records are handed over plain, unless there is a `Cipher`. */
  readonly encryptsItself?: boolean;
  get(key: string): Promise<TierRecord | null>;
  /** Writes only if the slot is still at `expectedRevision` (null: never written). */
  compareAndSet(key: string, expectedRevision: number | null, record: TierRecord): Promise<CompareAndSetResult>;
  /** All physical keys that have a value (no tombstones) and start with `prefix`. */
  keys(prefix: string): Promise<string[]>;
  /** The same with their records, in one go; without it `keys` and `get` are used. */
  entries?(prefix: string): Promise<[key: string, record: TierRecord][]>;
  /** Calls back with a physical key that another tab or process changed. Returns its own undo. */
  subscribe?(listener: (key: string) => void): () => void;
  dispose?(): void;
}

/** A key and its name; the name is stored with each record, so that a lost key is told from a forged record. */
export interface NamedKey {
  readonly id: string;
  /** AES-GCM, 256 bits, not extractable. */
  readonly key: CryptoKey;
}

/** Makes the key at the first call, once over all tabs. Null: this place cannot keep one. */
export interface KeySource {
  getKey(): Promise<NamedKey | null>;
}

/** Seals and opens payloads. `id` is stored as the envelope's `alg`. */
export interface Cipher {
  readonly id: string;
  encrypt(plain: string, aad: string): Promise<{ iv: string; d: string }>;
  /** Rejects where the payload was changed or belongs to another slot. */
  decrypt(sealed: { iv: string; d: string }, aad: string): Promise<string>;
}

/** What a BroadcastChannel offers and storage needs. */
export interface ChannelLike {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}

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

/** Values that live and are read in this process only, synchronously. For `useSyncExternalStore`. */
export interface FlowSnapshot<T> {
  readonly status: 'unloaded' | 'empty' | 'ready' | 'problem';
  readonly data: T | null;
  readonly revision: number | null;
  readonly savedAt: number | null;
  readonly source: LoadSource;
  readonly problem?: RecordProblem;
}

/** Any Standard Schema, as valibot, zod and arktype make them. @see https://standardschema.dev */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: T; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string }[] }
      | Promise<
          | { readonly value: T; readonly issues?: undefined }
          | { readonly issues: readonly { readonly message: string }[] }
        >;
  };
}

export interface FlowDefinition<T> {
  readonly key: FlowKey;
  readonly version: number;
  readonly schema?: StandardSchema<T>;
  readonly secretFields: readonly string[];
  /** `migrations[n]` turns a record of version n - 1 into one of version n. */
  readonly migrations: Readonly<Record<number, (old: unknown) => unknown>>;
}

/** One record of an export. */
export interface ExportedRecord {
  /** A flow key, or `worker-token-credentials`. */
  key: string;
  schemaVersion: number;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Milliseconds since 1970; absent: never. */
  expiresAt?: number;
  /** Absent where it was left out as a whole. */
  data?: unknown;
  /** Fields that were left out, as JSON pointers (RFC 6901); `''` is the whole value. */
  leftOut: string[];
}

/** A JSON document. The worker token is never in it: it can be fetched anew. */
export interface ExportFile {
  format: 'worker-token-export';
  version: 1;
  /** Milliseconds since 1970. */
  exportedAt: number;
  /** Without secrets. */
  records?: ExportedRecord[];
  /** The records with their secrets: PBKDF2-SHA-256 and AES-256-GCM, bound to all the other fields of the file. */
  sealed?: { kdf: 'PBKDF2-SHA-256'; iterations: number; salt: string; iv: string; data: string };
}

export interface ExportOptions {
  /** Default false. Secrets leave only sealed: give a `passphrase`. */
  includeSecrets?: false;
  /** At least 12 characters. Seals the file, secrets included. */
  passphrase?: string;
  /** Definitions of flows, which name their secret fields. Those this storage has used already are known. */
  flows?: readonly FlowDefinition<unknown>[];
}

export interface ImportOptions {
  /** Say what would be done and do nothing. Default false. */
  dryRun?: boolean;
  /** Of a sealed file. */
  passphrase?: string;
  /** Definitions of flows: their values are migrated and checked. Those this storage has used already are known. */
  flows?: readonly FlowDefinition<unknown>[];
}

export interface ImportReport {
  dryRun: boolean;
  records: {
    key: string;
    /**
     * `kept`: the file's copy has no secrets, so the record that is here stays. `skipped`: the file has no usable value, since its
     * secrets were left out or its time is over.
     */
    action: 'added' | 'replaced' | 'unchanged' | 'kept' | 'skipped';
    /** Fields that were left out of the file; they have to be filled in. */
    leftOut: string[];
  }[];
  /** Why nothing is imported; only a dry run returns with any. */
  problems: { key: string | null; reason: string }[];
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
  subscribe(flow: FlowKey | FlowDefinition<unknown>, listener: (event: ChangeEvent) => void): () => void;
  /** Synchronous, from memory; the same object until something changes. */
  getSnapshot<T = unknown>(flow: FlowKey | FlowDefinition<T>): FlowSnapshot<T>;
  status(): StorageStatus;
  dispose(): void;
}
