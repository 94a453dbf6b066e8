// Which storage key is sensitive in which file: the shared table of old keys, the settings, and names in general. A bare
// `worker_token` needs evidence: other applications call tokens of people who work so.
import { defaultSignals, evidenceIn, isLegacyPrefix, keyKind, type LegacySignals } from '@worker-token/legacy-signals';
import type { Rule } from 'eslint';
import { neighbour, textOf } from '../neighbours.js';
import { settingsOf } from '../settings.js';
import { wordsOf } from './name-words.js';
import { sensitiveName, type SensitiveKind } from './sensitive-name.js';

export interface KeyVerdict {
  kind: SensitiveKind;
  /** One of the table's or the settings' keys. */
  known: boolean;
}

export interface KeyJudge {
  /** null: not ours, or no evidence that it is. */
  judge(key: string): KeyVerdict | null;
  /** Given away by the settings, or a worker token of another application. */
  isAnothers(key: string): boolean;
}

const managed = /^flow_credentials_/;
const worker =
  /(?<![\w-])worker[-_ ]?credentials(?![\w-])|client[-_ ]?secret|client_credentials|environment[-_]?id|@worker-token|worker_?token(manager|updated|service|modal|_expires_at|_expiry)/i;

export function keyJudge(context: Rule.RuleContext): KeyJudge {
  const settings = settingsOf(context);
  const signals = signalsOf(context);
  const ignored = new Set(settings.ignoreKeys);
  let evidence: boolean | undefined;
  const hasSign = () => (evidence ??= hasEvidence(context, signals));

  const isWorkers = (key: string) => !signals.explicitKeys.includes(key) && wordsOf(key).join(' ') === 'worker token';

  function judge(key: string): KeyVerdict | null {
    const written = key.replaceAll('\0', '');
    if (ignored.has(written)) return null;
    if (managed.test(key)) return { kind: 'credentials', known: true };
    const kind = keyKind(written, signals) ?? (isLegacyPrefix(key.split('\0')[0] ?? '', signals) ? 'related' : null);
    if (kind === 'expiry' || /expir(es|y)/i.test(written)) return null;
    if (kind === 'credentials' || kind === 'secret') return { kind: 'credentials', known: true };
    if (kind && signals.explicitKeys.includes(written)) return { kind: 'token', known: true };
    const general = kind ? null : sensitiveName(written);
    if (!kind && !general) return null;
    if ((kind || isWorkers(written)) && !hasSign()) return null;
    return { kind: general?.kind ?? 'token', known: kind !== null };
  }

  return {
    judge,
    isAnothers: (key) => ignored.has(key) || (isWorkers(key) && !hasSign()),
  };
}

/** The shared table with what the settings add. */
export function signalsOf(context: Rule.RuleContext): LegacySignals {
  const signals = defaultSignals();
  const { credentialKeys = [], tokenKeys = [], endpoints = [] } = settingsOf(context);
  return {
    ...signals,
    credentialKeys: [...signals.credentialKeys, ...credentialKeys],
    tokenKeys: [...signals.tokenKeys, ...tokenKeys],
    endpoints: [...signals.endpoints, ...endpoints],
    explicitKeys: [...signals.explicitKeys, ...credentialKeys, ...tokenKeys],
  };
}

/** A sign of PingOne or of worker credentials in the file, or in a file that it imports. */
export function hasEvidence(context: Rule.RuleContext, signals: LegacySignals): boolean {
  const speaks = (text: string) => evidenceIn(text, signals) !== 'none' || worker.test(text);
  if (speaks(context.sourceCode.text)) return true;
  const imports = context.sourceCode.ast.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' ? [String(statement.source.value)] : [],
  );
  return imports.some((specifier) => {
    const file = neighbour(context.physicalFilename, specifier);
    return file !== null && speaks(textOf(file));
  });
}
