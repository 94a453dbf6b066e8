/** The errors that are the user's to solve. Anything else that is thrown is ours: the command line makes exit code 3 of it. */

/** Something in the call, the configuration or the project stops the run. Exit code 2. */
export abstract class MigrationError extends Error {
  /** Stable; for programs. */
  abstract readonly code:
    | 'usage'
    | 'config'
    | 'tsconfig'
    | 'git'
    | 'changed-meanwhile'
    | 'changed-since'
    | 'nothing-to-undo'
    | 'not-utf8'
    | 'not-written';
}

/** An option or path that makes no sense. The message says what was expected, what came and how to write it. */
export class UsageError extends MigrationError {
  readonly code = 'usage';
  override readonly name = 'UsageError';
}

/** The configuration file cannot be read or says something unknown. */
export class ConfigError extends MigrationError {
  readonly code = 'config';
  override readonly name = 'ConfigError';
}

/** The tsconfig that was named with `tsconfig` is broken, so that nothing could be verified with it. */
export class TsconfigError extends MigrationError {
  readonly code = 'tsconfig';
  override readonly name = 'TsconfigError';
}

/** The folder is no git repository or has uncommitted changes, and `force` was not given. */
export class GitError extends MigrationError {
  readonly code = 'git';
  override readonly name = 'GitError';
}

/** A file is no longer what the run had read. Nothing was written. */
export class ChangedMeanwhileError extends MigrationError {
  readonly code = 'changed-meanwhile';
  override readonly name = 'ChangedMeanwhileError';
}

/** A file is not UTF-8: writing it would damage it. Nothing was written. */
export class NotUtf8Error extends MigrationError {
  readonly code = 'not-utf8';
  override readonly name = 'NotUtf8Error';
}

/** The system refused a write. Everything was put back. */
export class NotWrittenError extends MigrationError {
  readonly code = 'not-written';
  override readonly name = 'NotWrittenError';
}

/** A file is no longer what the migration made of it. Nothing was put back. */
export class ChangedSinceError extends MigrationError {
  readonly code = 'changed-since';
  override readonly name = 'ChangedSinceError';
}

/** There is no migration that could be taken back. */
export class NothingToUndoError extends MigrationError {
  readonly code = 'nothing-to-undo';
  override readonly name = 'NothingToUndoError';
}
