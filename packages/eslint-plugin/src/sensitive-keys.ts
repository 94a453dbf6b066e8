// Which storage key is sensitive in which file: the shared table of old keys, plus the settings, plus the evidence that a bare
// `worker_token` needs.
import { defaultSignals, evidenceIn, isLegacyPrefix, keyKind, type LegacySignals } from '@worker-token/legacy-signals';
import type { Rule } from 'eslint';
import { neighbour, textOf } from './neighbours.js';
import { settingsOf } from './settings.js';

export type SensitiveKind = 'credentials' | 'token';

/** Decides on a key; null: not ours, or no evidence that it is. */
export type KeyJudge = (key: string) => SensitiveKind | null;

const managed = /^flow_credentials_/;

/** Storage is named in every file that uses it; nothing else is looked at. */
export const mentionsStorage = (text: string) => /Storage/.test(text);

export function keyJudge(context: Rule.RuleContext): KeyJudge {
  const settings = settingsOf(context);
  const signals = withSettings(defaultSignals(), settings);
  const ignored = new Set(settings.ignoreKeys);
  let evidence: boolean | undefined;
  return (key) => {
    if (ignored.has(key)) return null;
    if (managed.test(key)) return 'credentials';
    const kind = keyKind(key, signals) ?? (isLegacyPrefix(key, signals) ? 'related' : null);
    if (!kind || kind === 'expiry') return null;
    if (kind === 'credentials' || kind === 'secret') return 'credentials';
    if (signals.explicitKeys.includes(key)) return 'token';
    evidence ??= hasEvidence(context, signals);
    return evidence ? 'token' : null;
  };
}

function withSettings(
  signals: LegacySignals,
  { credentialKeys = [], tokenKeys = [] }: ReturnType<typeof settingsOf>,
): LegacySignals {
  return {
    ...signals,
    credentialKeys: [...signals.credentialKeys, ...credentialKeys],
    tokenKeys: [...signals.tokenKeys, ...tokenKeys],
    explicitKeys: [...signals.explicitKeys, ...credentialKeys, ...tokenKeys],
  };
}

/** A sign of PingOne or of worker credentials in the file, or in a file that it imports. */
function hasEvidence(context: Rule.RuleContext, signals: LegacySignals): boolean {
  if (evidenceIn(context.sourceCode.text, signals) !== 'none') return true;
  const imports = context.sourceCode.ast.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' ? [String(statement.source.value)] : [],
  );
  return imports.some((specifier) => {
    const file = neighbour(context.physicalFilename, specifier);
    return file !== null && evidenceIn(textOf(file), signals) !== 'none';
  });
}
