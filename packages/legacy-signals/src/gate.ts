/** The cheap question that decides whether a file is parsed at all. It may say yes too often, never no too often. */
import { AGGREGATOR_HELPERS, LEGACY_EVENTS, RELATED_KEYS } from './table.js';
import type { LegacySignals } from './types.js';

/** The shortest set of texts of which every file with a site contains one. */
export function signalStems(signals: LegacySignals): string[] {
  const all = [
    ...signals.credentialKeys,
    ...signals.tokenKeys,
    ...signals.expiryKeys,
    ...signals.endpoints,
    ...LEGACY_EVENTS,
    ...RELATED_KEYS,
    ...AGGREGATOR_HELPERS,
  ];
  return [...new Set(all)].filter((stem) => !all.some((other) => other !== stem && stem.includes(other)));
}

const cache = new WeakMap<LegacySignals, string[]>();

/** True if the text contains a signal. */
export function mayHaveSite(text: string, signals: LegacySignals): boolean {
  let stems = cache.get(signals);
  if (!stems) cache.set(signals, (stems = signalStems(signals)));
  return stems.some((stem) => text.includes(stem));
}
