// The plugin: rules and presets. Everything else is in the files it names.
import type { ESLint, Linter } from 'eslint';
import { name, version } from './package-identity.js';
import { noCredentialInUrl } from './rules/no-credential-in-url.js';
import { noCredentialLogging } from './rules/no-credential-logging.js';
import { noDirectCredentialStorage } from './rules/no-direct-credential-storage.js';
import { noFloatingCredentialSave } from './rules/no-floating-credential-save.js';
import { noLegacyTokenListener } from './rules/no-legacy-token-listener.js';
import { noManualWorkerTokenRequest } from './rules/no-manual-worker-token-request.js';

const rules = {
  'no-credential-in-url': noCredentialInUrl,
  'no-credential-logging': noCredentialLogging,
  'no-direct-credential-storage': noDirectCredentialStorage,
  'no-floating-credential-save': noFloatingCredentialSave,
  'no-legacy-token-listener': noLegacyTokenListener,
  'no-manual-worker-token-request': noManualWorkerTokenRequest,
};

/** The presets, by name. */
export interface Configs {
  /** Every rule, as an error. */
  recommended: Linter.Config;
  /** Removals, too. */
  strict: Linter.Config;
  /** `recommended`, and wrappers at any level, by any path, for projects that lint with type information. */
  'recommended-type-checked': Linter.Config;
  /** Turns every rule off: for tests that seed old records. */
  'off-for-tests': Linter.Config;
}

const base = { meta: { name, version, namespace: 'worker-token' }, rules } satisfies ESLint.Plugin;

const preset = (presetName: string, presetRules: Linter.RulesRecord): Linter.Config => ({
  name: `worker-token/${presetName}`,
  plugins: { 'worker-token': base },
  rules: presetRules,
});

const every = (severity: 'error' | 'off'): Linter.RulesRecord =>
  Object.fromEntries(Object.keys(rules).map((rule) => [`worker-token/${rule}`, severity]));

const configs: Configs = {
  recommended: preset('recommended', every('error')),
  strict: preset('strict', {
    ...every('error'),
    'worker-token/no-direct-credential-storage': ['error', { checkRemovals: true }],
  }),
  'recommended-type-checked': {
    ...preset('recommended-type-checked', every('error')),
    settings: { 'worker-token': { typeInformation: true } },
  },
  'off-for-tests': preset('off-for-tests', every('off')),
};

/** `import workerToken from '@worker-token/eslint-plugin'`, then `workerToken.configs.recommended`. */
const plugin = { ...base, configs };

export default plugin;
export type { WorkerTokenSettings } from './settings.js';
