/** The codemod as a function, and the types of its configuration and report. */
export { migrate } from './migrate.js';
export { defineConfig, type WorkerTokenConfig } from './options/config.js';
export type { MigrateInput } from './options/defaults.js';
export type { Diagnostic, MigrateOptions, Report, SignalOptions, Site, SiteStatus } from './types.js';
export {
  ChangedMeanwhileError,
  ConfigError,
  GitError,
  MigrationError,
  NotUtf8Error,
  NotWrittenError,
  TsconfigError,
  UsageError,
} from './errors.js';
