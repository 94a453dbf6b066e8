/** Joins the default signals with presets, configuration and options. */
import { defaultSignals, PRESETS } from '@worker-token/legacy-signals';
import { UsageError } from '../errors.js';
import type { SignalOptions } from '../types.js';
import { PRESET_GROUPS, presetNames } from './config.js';
import { nearest } from './did-you-mean.js';

export type MoreSignals = Partial<SignalOptions>;

const LISTS = ['credentialKeys', 'tokenKeys', 'expiryKeys', 'endpoints', 'globalFallbacks', 'explicitKeys'] as const;

/** @throws UsageError for a preset that does not exist. */
export function joinSignals(presets: readonly string[], more: readonly MoreSignals[]): SignalOptions {
  const start: MoreSignals = presets.includes('generic') ? {} : defaultSignals();
  const sources = [start, ...presets.flatMap(presetSignals), ...more];
  const joined = LISTS.map((list) => [list, [...new Set(sources.flatMap((source) => source[list] ?? []))]]);
  return withExpiriesApart(Object.fromEntries(joined) as SignalOptions);
}

/** An expiry that was named as a token key, with --token-key or in the configuration. */
function withExpiriesApart(signals: SignalOptions): SignalOptions {
  const isExpiry = (key: string) => /expir|[_-]exp$/i.test(key);
  return {
    ...signals,
    tokenKeys: signals.tokenKeys.filter((key) => !isExpiry(key)),
    expiryKeys: [...new Set([...signals.expiryKeys, ...signals.tokenKeys.filter(isExpiry)])],
  };
}

/** A preset was asked for by name, so its keys are evidence enough. */
function presetSignals(name: string): MoreSignals[] {
  if (name === 'generic') return [];
  const group = PRESET_GROUPS[name];
  if (group) return group.flatMap(presetSignals);
  const preset = PRESETS[name];
  if (preset) return [{ ...preset, explicitKeys: [...(preset.credentialKeys ?? []), ...(preset.tokenKeys ?? [])] }];
  const meant = nearest(name, presetNames());
  throw new UsageError(
    `There is no preset "${name}". ${meant ? `Did you mean "${meant}"?` : `Expected one of: ${presetNames().join(', ')}.`}`,
  );
}
