// The cheap question that decides whether a rule looks at a file at all. It may say yes too often, never no too often: a file that
// imports its keys and wrappers has no word of storage in it. Asked of every file of a project, so each word is sought once.
import type { Rule } from 'eslint';
import { isHandedToStore, likelyKeys, secretKeys } from './ast/imported-keys.js';
import { importsStore } from './ast/imported-store.js';
import { speaks, speaksOfSecrets, speaksOfStorage } from './ast/mentions.js';
import { moduleOf } from './ast/module.js';
import { isPagePath } from './policy/file-role.js';
import { settingsOf } from './settings.js';

/** In a file that speaks of secrets, further words: of libraries that keep things without saying so. */
const keeps =
  /['"](store2?|store\/[^'"]*|lscache|lockr|pouchdb[^'"]*|rxdb|basil\.js|secure-ls|react-native-mmkv|@capacitor\/[^'"]*)['"]|\bGM[_.][gs]et|\bcaches\b/;
const request = /fetch|axios|\bky\b|superagent|XMLHttpRequest|ajax|http|request|\bapi\b|client\.|post|wretch|mutation/i;
const listens = /addEventListener|onstorage|dispatchEvent|CustomEvent|useEvent|onEvent|fromEvent|HostListener|\.on\(/i;

export const mayCarrySecret = ({ sourceCode }: Rule.RuleContext) => speaksOfSecrets(sourceCode);

export function mayTouchStorage(context: Rule.RuleContext): boolean {
  const stores = speaksOfStorage(context.sourceCode);
  const ownKeys = keysOf(context);
  if (mayCarrySecret(context)) return stores || keepsByOtherWords(context);
  if (stores && ownKeys.some((key) => context.sourceCode.text.includes(key))) return true;
  const module = moduleOf(context);
  const likely = likelyKeys(module, stores);
  if (likely.length === 0 || !isPagePath(context)) return false;
  const keys = ownKeys.length > 0 ? likely : secretKeys(likely, module);
  return stores ? keys.length > 0 : isHandedToStore(keys, module);
}

/** By a library without a word of storage in its name, by a neighbour, by whichever path with types. */
const keepsByOtherWords = (context: Rule.RuleContext) =>
  settingsOf(context).typeInformation === true ||
  keeps.test(context.sourceCode.text) ||
  (isPagePath(context) && importsStore(moduleOf(context)));

/** The keys that the settings add may be any words. */
function keysOf(context: Rule.RuleContext): string[] {
  const { credentialKeys = [], tokenKeys = [] } = settingsOf(context);
  return [...credentialKeys, ...tokenKeys];
}

/** The endpoints that a project adds may be any words. */
export function mayRequestToken(context: Rule.RuleContext, endpoints: readonly string[]): boolean {
  const { text } = context.sourceCode;
  return (mayCarrySecret(context) || endpoints.some((endpoint) => text.includes(endpoint))) && request.test(text);
}

export const mayListen = (context: Rule.RuleContext) =>
  (mayCarrySecret(context) || speaksOfStorage(context.sourceCode)) && listens.test(context.sourceCode.text);

export const maySave = (context: Rule.RuleContext) =>
  mayCarrySecret(context)
    ? /saveCredentials|clearAll|invalidateToken/.test(context.sourceCode.text)
    : speaks(context.sourceCode) && context.sourceCode.text.includes('clearAll');
