/** Files that no recogniser can read: Vue and Svelte files, and files that do not parse. Their sites are listed by line, and left. */
import { LEGACY_EVENTS, evidenceIn, keyKind, type LegacySignals } from '@worker-token/legacy-signals';
import type { Site, SourceFile } from '../types.js';
import type { KeptUse } from './kept-tokens.js';
import { sentenceOf, suggestionOf, type Reason } from './reasons.js';

export interface UnreadFiles {
  candidates: SourceFile[];
  /** Relative files that do not parse. */
  unparsable: ReadonlySet<string>;
  relative(path: string): string;
}

export interface UnreadSite {
  site: Site;
  /** Credentials keys that the line names. */
  credentialKeys: string[];
  /** What the line does with tokens, as far as its words tell. */
  uses: KeptUse[];
}

export function sitesByLine({ candidates, unparsable, relative }: UnreadFiles, signals: LegacySignals): UnreadSite[] {
  return candidates.flatMap((source) => {
    const file = relative(source.path);
    const isUnparsable = unparsable.has(file);
    const isComponent = /\.(vue|svelte)$/.test(source.path);
    const isSure = signals.explicitKeys.some((key) => source.text.includes(key));
    if (!(isUnparsable || isComponent) || !(isSure || evidenceIn(source.text, signals) !== 'none')) return [];
    return linesOf(source.text, file, signals, isComponent ? 'single-file-component' : 'does-not-parse');
  });
}

function linesOf(text: string, file: string, signals: LegacySignals, reason: Reason): UnreadSite[] {
  const { credentialKeys, tokenKeys, expiryKeys, endpoints } = signals;
  const names = [...credentialKeys, ...tokenKeys, ...expiryKeys, ...endpoints, ...LEGACY_EVENTS].map((name) =>
    escape(name.replace(/^\//, '')),
  );
  const pattern = new RegExp(`['"\`/}](?:${names.join('|')})['"\`]`);
  return text.split('\n').flatMap((line, index): UnreadSite[] => {
    if (!pattern.test(line)) return [];
    const place = { file, line: index + 1, column: line.search(/\S/) + 1 };
    const why = { reason: sentenceOf(reason), suggestion: suggestionOf(reason) };
    const site: Site = { ...place, pattern: reason, status: 'manual', ...why, before: line.trim(), component: file };
    const keys = [...line.matchAll(/['"`]([\w:-]+)['"`]/g)].map((match) => match[1] as string);
    return [
      {
        site,
        credentialKeys: keys.filter((key) => keyKind(key, signals) === 'credentials'),
        uses: keys
          .filter((key) => /^(token|expiry)$/.test(keyKind(key, signals) ?? ''))
          .flatMap((key) => usesOf(line, text, { key, place: `${file}:${index + 1}` })),
      },
    ];
  });
}

/** The line's own words say what it does; where it only names the key, those of the file. */
function usesOf(line: string, text: string, use: Omit<KeptUse, 'access'>): KeptUse[] {
  const words = /\b(get|set|remove)Item\b/.test(line) ? line : text;
  const writes = /\bsetItem\b|Storage(\.\w+|\[[^\]]+\])\s*=[^=]/.test(words);
  const reads = /\bgetItem\b/.test(words) || !/\b(set|remove)Item\b/.test(words);
  return [
    ...(writes ? [{ ...use, access: 'set' as const }] : []),
    ...(reads ? [{ ...use, access: 'get' as const }] : []),
  ];
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
