/**
 * The contract between the five stages: scan → plan → rewrite → verify → report. It imports nothing.
 */

/** What the user asked for, checked once. */
export interface MigrateOptions {
  /** Absolute folder that all reported paths are relative to. */
  root: string;
  /** Absolute files or folders to migrate. */
  paths: string[];
  dryRun: boolean;
  check: boolean;
  verify: boolean;
  force: boolean;
  installDep: boolean;
  gate: 'render' | 'entry';
  react: 'hooks' | 'peek';
  importFrom?: string;
  tsconfig?: string;
  /** Leave a comment at each site that is left. Default false. */
  mark?: boolean;
  /** Keep what the check would take back, with comments where it does not fit. Default false. */
  bestEffort?: boolean;
  /** How many checks run at once. Default 1. */
  concurrency?: number;
  /** Legacy keys, endpoints and helper names: defaults, preset, configuration file and options, joined. */
  signals: SignalOptions;
}

export interface SignalOptions {
  credentialKeys: string[];
  tokenKeys: string[];
  /** Expiry keys that belong to a token key. */
  expiryKeys: string[];
  endpoints: string[];
  /** `object.method` calls that are a global fallback right after a read, e.g. `credentialManager.getAllCredentials`. */
  globalFallbacks: string[];
  /** Keys the user named with --key or --token-key: enough evidence by themselves. */
  explicitKeys: string[];
}

/** A file that may have a site, as the scan read it. */
export interface SourceFile {
  /** Absolute. */
  path: string;
  text: string;
}

export interface ScanResult {
  filesScanned: number;
  /** Files with a signal, and files that import a name from one. */
  candidates: SourceFile[];
  /** Those of the candidates that have no signal of their own. */
  importers: SourceFile[];
  /** Passed over: bundles, backups, generated files. Relative to the root. */
  ignored: string[];
}

export type SiteStatus = 'migrated' | 'manual' | 'skipped' | 'rolled-back';

/** One place in legacy code that the manager now owns. */
export interface Site {
  /** Relative to the root, with forward slashes. */
  file: string;
  /** 1-based, in the file as it was. */
  line: number;
  column: number;
  /** A pattern's name, e.g. `read-credentials`. */
  pattern: string;
  status: SiteStatus;
  /** Why it was not migrated; a name from the table of reasons, then a sentence. */
  reason?: string;
  before: string;
  after?: string;
  suggestion?: string;
  /** Edits of one component stand or fall together. */
  component: string;
}

/** Replaces `[start, end)` of a file's text. */
export interface Edit {
  file: string;
  start: number;
  end: number;
  text: string;
  component: string;
}

export interface Plan {
  sites: Site[];
  edits: Edit[];
  /** Files to create, by absolute path (the set-up module). */
  creates: { path: string; text: string; component: string }[];
  /** Files that do not parse. */
  unparsable: { file: string; message: string }[];
  /** Components that change a use of the storage: if one is taken back, those who share its token have to know. */
  tokenComponents?: string[];
  /** Where a rewritten file gets its new names from, by absolute path. */
  imports?: Record<string, ImportSources>;
  /** What the created set-up modules say; `creates` holds their text for the case that every component is applied. */
  setups?: SetupModule[];
}

/** Import addresses for one file, in the style of its other imports. */
export interface ImportSources {
  /** Of `workerTokenManager`. */
  manager: string;
  /** Of the adapters. */
  adapters: string;
  module: 'esm' | 'cjs';
  /** No gate of ours loads the set-up module before this file: where hooks are all that it needs, it loads the module itself. */
  loadsSetup?: true;
}

/** One created set-up module, before it is known which components are applied. */
export interface SetupModule {
  path: string;
  component: string;
  language: 'ts' | 'js';
  module: 'esm' | 'cjs';
  style: { quote: "'" | '"'; semicolons: boolean; indent: string; eol: string };
  keys: { key: string; holds: 'credentials' | 'token'; status: 'migrated' | 'manual'; component: string }[];
  /** The address of another package with a set-up module, which this package uses: that one configures. */
  delegate?: string;
  requests: { kind: 'proxy' | 'direct'; url: string; generation: 'flat' | 'nested' | 'camel'; component: string }[];
}

/** New content by absolute path; `before` is null for a new file. */
export interface FileChange {
  path: string;
  before: string | null;
  after: string;
  /** Components with an edit in it. */
  components: string[];
}

export interface Diagnostic {
  file: string;
  line: number;
  code: string;
  message: string;
}

export interface VerifyResult {
  diagnosticsBefore: number;
  diagnosticsAfter: number;
  floatingPromises: number;
  /** New ones, by relative file. Empty after the rollback has done its work; `bestEffort` keeps them. */
  newDiagnostics: Map<string, Diagnostic[]>;
  /** Components that were taken back, with the first error as the reason. */
  rolledBack: Map<string, string>;
  /** What led to it, by relative file. */
  takenBack: Map<string, Diagnostic[]>;
  /** What could not be read of a tsconfig, and what was assumed instead. */
  assumptions?: string[];
}

export interface Report {
  version: 1;
  tool: string;
  root: string;
  dryRun: boolean;
  summary: {
    filesScanned: number;
    filesWithSites: number;
    filesChanged: number;
    filesRolledBack: number;
    filesUnparsable: number;
    sites: number;
    migrated: number;
    manual: number;
    skipped: number;
    rolledBack: number;
  };
  sites: Omit<Site, 'component'>[];
  files: {
    file: string;
    status: 'changed' | 'unchanged' | 'rolled-back' | 'unparsable' | 'ignored';
    /** Why it does not parse, with line and column. */
    message?: string;
    newDiagnostics: Diagnostic[];
  }[];
  verification: { diagnosticsBefore: number; diagnosticsAfter: number; floatingPromises: number };
  /** What the check had to assume, where a tsconfig could not be read in full. Absent: nothing. */
  assumptions?: string[];
  timings: { scanMs: number; planMs: number; rewriteMs: number; verifyMs: number };
}
