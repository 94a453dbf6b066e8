/**
 * `@worker-token/storage/essentials`: the storage as the token manager loads it at once, apart from what it loads later. Not every bundler
 * sees through the main entry, which has both. Applications take the main entry.
 */
export { createCredentialStorage } from './credential-storage.js';
export { StorageError } from './errors.js';
export { hasLegacyItem, LEGACY_CREDENTIAL_KEYS } from './legacy-keys.js';
export { toWorkerTokenCredentials } from './worker-token-credentials.js';
