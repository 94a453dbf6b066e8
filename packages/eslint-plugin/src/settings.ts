// The one settings block of the plugin, shared by all rules so that they cannot disagree: `settings: { 'worker-token': { … } }`.
import type { Rule } from 'eslint';

export interface WorkerTokenSettings {
  /** Further keys of credential records. */
  credentialKeys?: string[];
  /** Further keys of tokens and their expiry. */
  tokenKeys?: string[];
  /** Keys that belong to somebody else, even if they look like ours. */
  ignoreKeys?: string[];
  /** Further addresses that issue worker tokens; the end of the path. */
  endpoints?: string[];
  /** Files that may keep credentials by themselves, as globs: your own manager. */
  allow?: string[];
  /** Files that are server code although neither path nor imports say so, as globs. */
  serverFiles?: string[];
  /** Whether wrappers are followed by type information, where the parser has it: at any level, by any path. Default false. */
  typeInformation?: boolean;
  /** Where the manager is imported from. Default `@worker-token/manager`. */
  managerImport?: string;
}

export function settingsOf(context: Rule.RuleContext): WorkerTokenSettings {
  const block: unknown = context.settings['worker-token'];
  return typeof block === 'object' && block !== null ? block : {};
}
