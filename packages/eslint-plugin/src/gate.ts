// The cheap question that decides whether a rule looks at a file at all. It may say yes too often, never no too often: a file that
// imports its keys and wrappers has no word of storage in it, but one of what it keeps.

const storage = /Storage|cookie|indexedDB|objectStore|idb|localforage|persist/i;
const secret = /token|secret|cred|jwt|bearer/i;
const imports = /from\s*['"](\.|@\/|~\/)|require\(\s*['"]\./;

export const mayTouchStorage = (text: string) => storage.test(text) || (secret.test(text) && imports.test(text));
