/** Files that no recogniser can read: Vue and Svelte files, and files that do not parse. Their sites are listed by line, and left. */
import { LEGACY_EVENTS, evidenceIn, type LegacySignals } from '@worker-token/legacy-signals';
import type { Site, SourceFile } from '../types.js';
import { sentenceOf, suggestionOf, type Reason } from './reasons.js';

export interface UnreadFiles {
  candidates: SourceFile[];
  /** Relative files that do not parse. */
  unparsable: ReadonlySet<string>;
  relative(path: string): string;
}

export function sitesByLine({ candidates, unparsable, relative }: UnreadFiles, signals: LegacySignals): Site[] {
  return candidates.flatMap((source) => {
    const file = relative(source.path);
    const isUnparsable = unparsable.has(file);
    const isComponent = /\.(vue|svelte)$/.test(source.path);
    const isSure = signals.explicitKeys.some((key) => source.text.includes(key));
    if (!(isUnparsable || isComponent) || !(isSure || evidenceIn(source.text, signals) !== 'none')) return [];
    return linesOf(source.text, file, signals, isComponent ? 'single-file-component' : 'does-not-parse');
  });
}

function linesOf(text: string, file: string, signals: LegacySignals, reason: Reason): Site[] {
  const { credentialKeys, tokenKeys, expiryKeys, endpoints } = signals;
  const names = [...credentialKeys, ...tokenKeys, ...expiryKeys, ...endpoints, ...LEGACY_EVENTS].map((name) =>
    escape(name.replace(/^\//, '')),
  );
  const pattern = new RegExp(`['"\`/}](?:${names.join('|')})['"\`]`);
  return text.split('\n').flatMap((line, index): Site[] => {
    if (!pattern.test(line)) return [];
    const place = { file, line: index + 1, column: line.search(/\S/) + 1 };
    const why = { reason: sentenceOf(reason), suggestion: suggestionOf(reason) };
    return [{ ...place, pattern: reason, status: 'manual', ...why, before: line.trim(), component: file }];
  });
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
