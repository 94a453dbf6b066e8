/**
 * The errors of storage: one class per situation, each with a stable `code`. Messages name keys, fields and revisions,
 * never a stored value.
 */

/** Base class: `error instanceof StorageError`. */
export class StorageError extends Error {
  /** Stable; for programs. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A flow key that does not match the grammar or is reserved. */
export class InvalidFlowKeyError extends StorageError {
  constructor(message: string) {
    super('invalid-flow-key', message);
  }
}

/** A flow definition that cannot work, for example a version without its migration. */
export class InvalidFlowDefinitionError extends StorageError {
  constructor(message: string) {
    super('invalid-flow-definition', message);
  }
}

/** Options with which a tier cannot work or would not be safe. */
export class InvalidTierOptionsError extends StorageError {
  constructor(message: string) {
    super('invalid-tier-options', message);
  }
}

/** `ifRevision` no longer holds. Nothing was written. */
export class RevisionConflictError extends StorageError {
  readonly key: string;
  /** What the caller had seen; null: nothing. */
  readonly expectedRevision: number | null;
  /** What is there; null: nothing. */
  readonly actualRevision: number | null;

  constructor(key: string, expectedRevision: number | null, actualRevision: number | null) {
    super(
      'revision-conflict',
      `Expected "${key}" at revision ${expectedRevision ?? 'none'}, found ${actualRevision ?? 'none'}. Nothing was written: load it again and decide.`,
    );
    this.key = key;
    this.expectedRevision = expectedRevision;
    this.actualRevision = actualRevision;
  }
}

/** The record was written by a newer version of the application. It was left untouched. */
export class NewerSchemaError extends StorageError {
  readonly key: string;
  readonly knownVersion: number;
  readonly storedVersion: number;

  constructor(key: string, knownVersion: number, storedVersion: number) {
    super(
      'newer-schema',
      `"${key}" holds schema version ${storedVersion}, this code knows ${knownVersion}. It was left untouched: update the application, or clear the record.`,
    );
    this.key = key;
    this.knownVersion = knownVersion;
    this.storedVersion = storedVersion;
  }
}

/** No tier could do it. */
export class StorageUnavailableError extends StorageError {
  constructor(message: string, options?: ErrorOptions) {
    super('storage-unavailable', message, options);
  }
}

/** Encryption is required and cannot be had. */
export class EncryptionUnavailableError extends StorageError {
  constructor(message: string) {
    super('encryption-unavailable', message);
  }
}

/** A region that is not PingOne's. Never taken for NA: that would send a secret to the wrong region. */
export class UnknownRegionError extends StorageError {
  constructor() {
    super('unknown-region', 'Unknown region. Expected NA, CA, EU, AU, SG, AP or one of their aliases (us, Europe, …).');
  }
}

/** A value that cannot be stored, or that is not what its slot holds. */
export class InvalidCredentialsError extends StorageError {
  /** Name of the field, where it is one field. */
  readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super('invalid-credentials', message);
    this.field = field;
  }
}

/** An export that cannot be taken over. Nothing was changed. */
export class ImportRefusedError extends StorageError {
  /** Which record, and why; `key` null: the file as a whole. */
  readonly problems: readonly { readonly key: string | null; readonly reason: string }[];

  constructor(problems: readonly { readonly key: string | null; readonly reason: string }[]) {
    const reasons = problems.map(({ key, reason }) => (key === null ? reason : `"${key}": ${reason}`));
    super('import-refused', `The file was not imported, and nothing was changed. ${reasons.join(' ')}`);
    this.problems = problems;
  }
}

/** The passphrase of an export is missing, too short, or does not open the file. */
export class PassphraseError extends StorageError {
  constructor(message: string) {
    super('passphrase', message);
  }
}

/** `copyFlowCredentials` from a flow that has nothing. */
export class NothingToCopyError extends StorageError {
  constructor(flow: string) {
    super('nothing-to-copy', `Flow "${flow}" has no readable credentials to copy. Save some first.`);
  }
}
