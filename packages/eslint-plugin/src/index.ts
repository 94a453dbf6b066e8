// The plugin: rules and presets. Everything else is in the files it names.
import type { ESLint, Linter } from 'eslint';
import { noDirectCredentialStorage } from './rules/no-direct-credential-storage.js';
import { name, version } from './package-identity.js';

const rules = { 'no-direct-credential-storage': noDirectCredentialStorage };

/** The presets, by name. */
export interface Configs {
  /** Reads and writes are errors. */
  recommended: Linter.Config;
  /** Removals, too. */
  strict: Linter.Config;
}

const base = { meta: { name, version, namespace: 'worker-token' }, rules } satisfies ESLint.Plugin;

const preset = (presetName: string, presetRules: Linter.RulesRecord): Linter.Config => ({
  name: `worker-token/${presetName}`,
  plugins: { 'worker-token': base },
  rules: presetRules,
});

const configs: Configs = {
  recommended: preset('recommended', { 'worker-token/no-direct-credential-storage': 'error' }),
  strict: preset('strict', { 'worker-token/no-direct-credential-storage': ['error', { checkRemovals: true }] }),
};

/** `import workerToken from '@worker-token/eslint-plugin'`, then `workerToken.configs.recommended`. */
const plugin = { ...base, configs };

export default plugin;
export type { WorkerTokenSettings } from './settings.js';
