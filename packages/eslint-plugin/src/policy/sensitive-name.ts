// What a name in code says that it holds: a token, credentials, or neither. The head noun decides: `access_token` is a token,
// `access_token_expires_at` is a time. Which of these names are storage keys of old applications is the shared table's to know.
import { meantBy } from './near-miss.js';
import { wordsOf } from './name-words.js';

export type SensitiveKind = 'credentials' | 'token';

export interface NameVerdict {
  kind: SensitiveKind;
  /** False: a bare `token`, which may be many things; whoever asks needs another sign. */
  sure: boolean;
}

/** Words behind the head noun that say where or how it is kept, not what it is. */
const containers = new Set(
  (
    'data response set cache cached record value raw string backup bak copy old tmp temp json obj object store storage saved current ' +
    'legacy new prod production dev development staging qa uat local persisted payload entry item blob result res resp full'
  ).split(' '),
);

/** In front of the noun: the name is a flag, an action, or a secret that is no longer one. */
const defused = new Set(
  (
    'get fetch load handle request create generate obtain has is had no use show hide skip need needs missing without masked redacted encrypted hashed hash sanitized sanitised safe public fake ' +
    'dummy mock example sample placeholder test invalid clear remove delete reset revoke with include valid validate should can toggle on set ' +
    'same remember enable enabled disable disabled require requires required ask confirm allow accept hides forget obfuscated censored truncated scrubbed cleaned sealed enc cipher ciphertext fingerprint count num type'
  ).split(' '),
);

/** Tokens of another trade. */
const otherTokens = new Set(
  (
    'csrf xsrf anticsrf antiforgery forgery verification design theme color colour spacing style ui css page pages next prev previous cursor ' +
    'continuation continue pagination paging sync delta since batch max min prompt completion total input output context usage used remaining limit budget llm ' +
    'gpt model chat syntax lexer lexical parser parse cancel cancellation cancelation abort device push fcm apns captcha recaptcha turnstile ' +
    'hcaptcha mapbox nft erc20 wallet swap from to quote base selected search filter resume change watch concurrency idempotency nonce ' +
    'state etag stop word words sub special mask pad eos bos unk font radius shadow semantic figma brand typography motion border ' +
    'sort query highlight template placeholder expected stream tokenizer vocab bpe request upload share preview invite invitation email reward ' +
    'game loyalty'
  ).split(' '),
);

const otherCredentials = new Set('co webauthn passkey public verifiable fido same with aws type selected'.split(' '));
const sureTokens = new Set(
  'access refresh id identity worker auth bearer jwt oauth oauth2 oidc session user login admin client service app api m2m machine sso management pingone ping authentication authorization security secret personal'.split(
    ' ',
  ),
);

/** The verdict on a name; null: nothing that must be kept safe. */
export function sensitiveName(name: string): NameVerdict | null {
  const words = wordsOf(name);
  while (words.length > 1 && containers.has(words.at(-1) ?? '')) words.pop();
  if (isOtherWorker(words)) return null;
  if (words.some((word, index) => defused.has(word) && index < words.length - 1)) return null;
  return byHead(words) ?? byHead((meantBy(words) ?? '').split(' '));
}

function byHead(words: readonly string[]): NameVerdict | null {
  const head = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  switch (head) {
    case 'token':
    case 'tokens':
      return token(head, before);
    case 'jwt':
    case 'jwts':
    case 'bearer':
      return before.some((word) => otherTokens.has(word)) ? null : { kind: 'token', sure: true };
    case 'secret':
    case 'secrets':
      return secret(before);
    case 'credentials':
    case 'creds':
      return before.some((word) => otherCredentials.has(word)) ? null : { kind: 'credentials', sure: true };
    case 'credential':
    case 'cred':
      return /^(worker|client|user|login|api|app|service|admin|pingone|stored|saved)$/.test(before.at(-1) ?? '')
        ? { kind: 'credentials', sure: true }
        : null;
    default:
      return null;
  }
}

/** Workers of other kinds: `service_worker_token`, `co_worker_credentials`. */
const otherWorkers = /^(service|web|shared|co|social|health|care|field|gig|key|support|factory|shift|night|warehouse)$/;
const isOtherWorker = (words: readonly string[]) =>
  words.some((word, at) => word === 'worker' && otherWorkers.test(words[at - 1] ?? ''));

function token(head: string, before: readonly string[]): NameVerdict | null {
  if (before.some((word) => otherTokens.has(word))) return null;
  if (before.some((word) => sureTokens.has(word))) return { kind: 'token', sure: true };
  if (head === 'tokens') return null;
  return before.length < 3 ? { kind: 'token', sure: false } : null;
}

function secret(before: readonly string[]): NameVerdict | null {
  const last = before.at(-1);
  if (last === undefined) return { kind: 'credentials', sure: false };
  return /^(client|api|app|application|worker|oauth|consumer|credentials|service|pingone)$/.test(last)
    ? { kind: 'credentials', sure: true }
    : null;
}

/** The surest of several verdicts. */
export const strongest = (verdicts: (NameVerdict | null)[]): NameVerdict | null =>
  verdicts.find((verdict) => verdict?.sure) ?? verdicts.find(Boolean) ?? null;

/** A name that speaks of another trade's tokens: an unsure value under it is not ours. */
export function namesAnotherTrade(name: string): boolean {
  const words = wordsOf(name);
  if (words.length === 1 && words[0] === 'state') return false; // an application's, not OAuth's
  return words.some((word) => otherTokens.has(word) && word !== 'token');
}
