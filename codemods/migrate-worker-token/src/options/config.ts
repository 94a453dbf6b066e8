/** The configuration file's shape, and the check of one that was loaded. Finding and loading it is left to load-config.ts. */
import { PRESETS } from '@worker-token/legacy-signals';
import { ConfigError } from '../errors.js';
import { nearest } from './did-you-mean.js';

/** What `worker-token.config.{ts,js,json}` may say. Options of the command line win; lists are joined with the defaults. */
export interface WorkerTokenConfig {
  /** Named sets of keys and endpoints. */
  preset?: string | string[];
  /** Further storage keys that hold worker credentials. */
  keys?: string[];
  /** Further storage keys that hold a bare worker token. */
  tokenKeys?: string[];
  /** Further storage keys that hold the expiry of a token. */
  expiryKeys?: string[];
  /** Further addresses of token proxies (a path) and token endpoints (the end of an address). */
  endpoints?: string[];
  /** `object.method` calls that fall back to a global store right after a read. */
  globalFallbacks?: string[];
  /** The module that exports `workerTokenManager`. */
  importFrom?: string;
  /** Relative to the configuration file. */
  tsconfig?: string;
  /** Where the start gate goes. Default `render`. */
  gate?: 'render' | 'entry';
  /** What state initialisers become. Default `hooks`. */
  react?: 'hooks' | 'peek';
  /** Add the packages to package.json. Default true. */
  installDep?: boolean;
}

/** For types in a `worker-token.config.ts`. */
export function defineConfig(config: WorkerTokenConfig): WorkerTokenConfig {
  return config;
}

type Check = { expected: string; holds: (value: unknown) => boolean };

const TEXT: Check = { expected: 'a text', holds: (value) => typeof value === 'string' && value !== '' };
const TEXTS: Check = { expected: 'a list of texts', holds: (value) => Array.isArray(value) && value.every(TEXT.holds) };
const YES_NO: Check = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
const oneOf = (...words: string[]): Check => ({
  expected: words.map((word) => `"${word}"`).join(' or '),
  holds: (value) => words.includes(value as string),
});

const CHECKS: Record<keyof WorkerTokenConfig, Check> = {
  preset: { expected: 'a text or a list of texts', holds: (value) => TEXT.holds(value) || TEXTS.holds(value) },
  keys: TEXTS,
  tokenKeys: TEXTS,
  expiryKeys: TEXTS,
  endpoints: TEXTS,
  globalFallbacks: TEXTS,
  importFrom: TEXT,
  tsconfig: TEXT,
  gate: oneOf('render', 'entry'),
  react: oneOf('hooks', 'peek'),
  installDep: YES_NO,
};

/** @throws ConfigError for a name or value that means nothing. */
export function checkedConfig(value: unknown, file: string): WorkerTokenConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError(`${file} must hold an object such as { "keys": ["my_worker_credentials"] }.`);
  }
  const names = Object.keys(CHECKS);
  for (const [name, given] of Object.entries(value)) {
    const check = CHECKS[name as keyof WorkerTokenConfig] as Check | undefined;
    if (!check) {
      const meant = nearest(name, names);
      throw new ConfigError(
        `${file}: "${name}" is unknown. ${meant ? `Did you mean "${meant}"?` : `Known: ${names.join(', ')}.`}`,
      );
    }
    if (!check.holds(given)) throw new ConfigError(`${file}: "${name}" must be ${check.expected}.`);
  }
  return value;
}

/** Presets that stand for others. */
export const PRESET_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'pingone-playground': Object.keys(PRESETS),
  'pingone-import': ['pingone-token', 'pingone-credentials'],
};

/** All names a preset can have. `generic` starts without the defaults, for providers other than PingOne. */
export function presetNames(): string[] {
  return ['generic', ...Object.keys(PRESET_GROUPS), ...Object.keys(PRESETS)];
}
