// The cheap question that decides whether a rule looks at a file at all. It may say yes too often, never no too often: a file that
// imports its keys and wrappers has no word of storage in it, but one of what it keeps.

const storage = /Storage|cookie|indexedDB|objectStore|idb|localforage|persist/i;
const secret = /token|secret|cred|jwt|bearer/i;
const imports = /from\s*['"](\.|@\/|~\/)|require\(\s*['"]\./;

export const mayTouchStorage = (text: string) => storage.test(text) || (secret.test(text) && imports.test(text));

const request = /\/token\b|token\.oauth2|token_?(endpoint|url|uri)|client[-_]credentials/i;

export const mayRequestToken = (text: string, endpoints: readonly string[]) =>
  request.test(text) ||
  endpoints.some((endpoint) => text.includes(endpoint)) ||
  (/fetch|axios|post/i.test(text) && secret.test(text) && imports.test(text));

export const mayListen = (text: string) =>
  /storage|worker_?token|CustomEvent|dispatchEvent/i.test(text) &&
  /addEventListener|onstorage|dispatchEvent|CustomEvent|useEvent|onEvent/i.test(text);

export const mayCarrySecret = (text: string) => secret.test(text);

export const maySave = (text: string) => /saveCredentials|clearAll|invalidateToken/.test(text);
