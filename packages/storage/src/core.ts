/** `@worker-token/storage/core`: the storage without encryption, in one tier; memory where nobody gives another. */
export { createCoreStorage, type CoreStorageOptions } from './core-storage.js';
export { RevisionConflictError, StorageError } from './errors.js';
export { flowKey } from './flow-key.js';
export { memoryTier } from './tiers/memory-tier.js';
