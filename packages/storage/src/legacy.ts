/**
 * `@worker-token/storage/legacy`: what is done about the records of older code, for a dynamic `import()`, once `hasLegacyItem()` has said
 * that there are any. All of it is in the main entry, too.
 */
export { createLegacyBridge } from './legacy-bridge.js';
export { migrateLegacyCredentials } from './legacy-migration.js';
