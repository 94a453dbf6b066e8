export type * from './types/cipher.js';
export type * from './types/credentials.js';
export type * from './types/damage.js';
export type * from './types/flow.js';
export type * from './types/record.js';
export type * from './types/storage.js';
export type * from './types/surroundings.js';
export type * from './types/tier.js';
export type * from './types/transfer.js';
export { createCredentialStorage } from './credential-storage.js';
export {
  EncryptionUnavailableError,
  ImportRefusedError,
  InvalidCredentialsError,
  InvalidFlowDefinitionError,
  InvalidFlowKeyError,
  InvalidTierOptionsError,
  NewerSchemaError,
  NothingToCopyError,
  PassphraseError,
  RevisionConflictError,
  StorageError,
  StorageUnavailableError,
  UnknownRegionError,
} from './errors.js';
export { defineFlow, type FlowDefinitionInput } from './flow-definition.js';
export { flowKey } from './flow-key.js';
export { toLegacyCredentials, type LegacyShape } from './legacy-credentials.js';
export { createLegacyBridge, type LegacyBridge, type LegacyBridgeOptions } from './legacy-bridge.js';
export {
  migrateLegacyCredentials,
  type LegacyMigrationOptions,
  type LegacyMigrationResult,
} from './legacy-migration.js';
export {
  createLegacyBackup,
  type LegacyBackup,
  type LegacyBackupEntry,
  type LegacyBackupOptions,
} from './legacy-backup.js';
export { rollBackLegacyMigration, type LegacyRollbackOptions, type LegacyRollbackResult } from './legacy-rollback.js';
export { hasLegacyItem, LEGACY_CREDENTIAL_KEYS } from './legacy-keys.js';
export { deriveTokenEndpoint, REGIONS, toRegion, type RegionInfo } from './regions.js';
export { httpTier, type HttpTierOptions } from './tiers/http-tier.js';
export { indexedDbTier, type IndexedDbTierOptions } from './tiers/indexed-db-tier.js';
export { memoryTier } from './tiers/memory-tier.js';
export { unstorageTier, type UnstorageLike, type UnstorageTierOptions } from './tiers/unstorage-tier.js';
export { webStorageTier, type WebStorageTierOptions } from './tiers/web-storage-tier.js';
export type { KeyCallback } from './raw-key-source.js';
export { toWorkerTokenCredentials } from './worker-token-credentials.js';
export type { WebStorageArea, WebStorageAreas, WebStorageLike } from './web-storage.js';
