/** Vue and Svelte files: their sites are listed by line, and left. */
import { LEGACY_EVENTS, evidenceIn, type LegacySignals } from '@worker-token/legacy-signals';
import type { ScanResult, Site } from '../types.js';
import { REASONS, sentenceOf } from './reasons.js';

export function singleFileSites(
  scanned: ScanResult,
  signals: LegacySignals,
  relative: (path: string) => string,
): Site[] {
  const names = [
    ...signals.credentialKeys,
    ...signals.tokenKeys,
    ...signals.expiryKeys,
    ...signals.endpoints,
    ...LEGACY_EVENTS,
  ];
  const files = scanned.candidates.filter(
    (file) => /\.(vue|svelte)$/.test(file.path) && evidenceIn(file.text, signals) !== 'none',
  );
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index): Site[] => {
      const name = names.find((candidate) =>
        new RegExp(`['"\`/}]${escape(candidate.replace(/^\//, ''))}['"\`]`).test(line),
      );
      if (!name) return [];
      return [
        {
          file: relative(file.path),
          line: index + 1,
          column: line.search(/\S/) + 1,
          pattern: 'single-file-component',
          status: 'manual',
          reason: sentenceOf('single-file-component'),
          suggestion: REASONS['single-file-component'][1],
          before: line.trim(),
          component: relative(file.path),
        },
      ];
    }),
  );
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
