/** The codemod as a function, and the types of its configuration and report. */
export { migrate } from './migrate.js';
export { defineConfig, type WorkerTokenConfig } from './options/config.js';
export type { MigrateInput } from './options/defaults.js';
export type { Diagnostic, MigrateOptions, Report, SignalOptions, Site, SiteStatus } from './types.js';
export { undo, type Undone } from './write/undo.js';
export {
  ChangedMeanwhileError,
  ChangedSinceError,
  ConfigError,
  GitError,
  MigrationError,
  NothingToUndoError,
  NotUtf8Error,
  NotWrittenError,
  TsconfigError,
  UsageError,
} from './errors.js';
