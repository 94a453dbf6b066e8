/** Is this PingOne's worker at all? Other applications use `worker_token` and `/api/client-credentials`, too. */
import type { LegacySignals } from './types.js';

const PINGONE = /ping[-_ ]?one|ping[-_ ]?identity/i;

export type Evidence = 'strong' | 'weak' | 'none';

/** `strong`: a credentials key or one that the user named. `weak`: the text speaks of PingOne. */
export function evidenceIn(text: string, signals: LegacySignals): Evidence {
  const sure = [...signals.credentialKeys, ...signals.explicitKeys];
  if (sure.some((key) => namesKey(text, key))) return 'strong';
  return PINGONE.test(text) ? 'weak' : 'none';
}

/** The key stands there as a whole word: `co_worker_credentials` and `worker_credentials_help_seen` do not count. */
function namesKey(text: string, key: string): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    if (!isWordPart(text[at - 1]) && !isWordPart(text[at + key.length])) return true;
  }
  return false;
}

function isWordPart(char: string | undefined): boolean {
  return char !== undefined && /[\w:-]/.test(char);
}
