/** The document that an export writes and an import reads, and the report about it. */
import type { FlowDefinition } from './flow.js';

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
