// The cheap question that decides whether a rule looks at a file at all. It may say yes too often, never no too often: a file that
// imports its keys and wrappers has no word of storage in it. Asked of every file of a project, so each word is sought once.
import type { Rule } from 'eslint';
import type { ImportDeclaration } from 'estree';
import { importsStore } from './ast/imported-store.js';
import { speaksOfSecrets } from './ast/mentions.js';
import { moduleOf } from './ast/module.js';
import { isNear } from './neighbours.js';
import { settingsOf } from './settings.js';

const storage = /storage|cookie|indexedDB|objectStore|\bidb|dexie|localforage|persist/i;
/** In a file that speaks of secrets, further words: of libraries that keep things without saying so. */
const keeps =
  /['"](store2?|store\/[^'"]*|lscache|lockr|pouchdb[^'"]*|rxdb|basil\.js|secure-ls|react-native-mmkv|@capacitor\/[^'"]*)['"]|\bGM[_.][gs]et|\bcaches\b/;
const request = /fetch|axios|\bky\b|superagent|XMLHttpRequest|ajax|http|request|\bapi\b|client\.|post|wretch|mutation/i;
const listens = /addEventListener|onstorage|dispatchEvent|CustomEvent|useEvent|onEvent|fromEvent|\.on\(/i;

const known = new WeakMap<object, boolean>();

/** A word of storage in the file itself. */
function speaksOfStorage({ sourceCode }: Rule.RuleContext): boolean {
  let speaks = known.get(sourceCode);
  if (speaks === undefined) known.set(sourceCode, (speaks = storage.test(sourceCode.text)));
  return speaks;
}

/** How constants that may hold a key are called, or the files that they come from. */
const keyLike = /[Kk]ey|KEY|[Ss]lot|[Cc]onst|[Cc]onfig|[Nn]ame|[Ss]tor|^[A-Z][A-Z\d_]+$/;

/** Imports of files at hand; of those only the ones that may bring a key, where the file has no word of a secret by itself. */
const hasNeighbours = ({ sourceCode, physicalFilename }: Rule.RuleContext, onlyKeys: boolean) =>
  sourceCode.ast.body.some((statement) => {
    if (statement.type === 'ImportDeclaration') {
      const source = String(statement.source.value);
      return (!onlyKeys || bringsKeys(statement, source)) && isNear(physicalFilename, source);
    }
    const [from = 0] = statement.range ?? [];
    return (
      statement.type === 'VariableDeclaration' && /require\(\s*['"][.@~#]/.test(sourceCode.text.slice(from, from + 200))
    );
  });

const bringsKeys = ({ specifiers }: ImportDeclaration, source: string) =>
  keyLike.test(source.slice(source.lastIndexOf('/') + 1)) || specifiers.some(({ local }) => keyLike.test(local.name));

export const mayCarrySecret = (context: Rule.RuleContext) => speaksOfSecrets(context.sourceCode);

export function mayTouchStorage(context: Rule.RuleContext): boolean {
  const speaks = mayCarrySecret(context);
  if (speaks && settingsOf(context).typeInformation) return true; // by whichever path the wrapper comes
  if (speaks && (speaksOfStorage(context) || keeps.test(context.sourceCode.text))) return true;
  const imports = hasNeighbours(context, !speaks);
  if (!speaks && !imports && !namesOwnKey(context)) return false;
  return speaksOfStorage(context) || (imports && importsStore(moduleOf(context), speaks));
}

/** A key that the settings add may be any word. */
function namesOwnKey(context: Rule.RuleContext): boolean {
  const { credentialKeys = [], tokenKeys = [] } = settingsOf(context);
  return [...credentialKeys, ...tokenKeys].some((key) => context.sourceCode.text.includes(key));
}

/** The endpoints that a project adds may be any words. */
export function mayRequestToken(context: Rule.RuleContext, endpoints: readonly string[]): boolean {
  const { text } = context.sourceCode;
  return (mayCarrySecret(context) || endpoints.some((endpoint) => text.includes(endpoint))) && request.test(text);
}

export const mayListen = (context: Rule.RuleContext) =>
  (mayCarrySecret(context) || speaksOfStorage(context)) && listens.test(context.sourceCode.text);

export const maySave = (context: Rule.RuleContext) =>
  mayCarrySecret(context)
    ? /saveCredentials|clearAll|invalidateToken/.test(context.sourceCode.text)
    : context.sourceCode.text.includes('clearAll');
