/** Which tiers a storage has where nobody chose. */
import { hasIndexedDb } from './tiers/indexed-db-connection.js';
import { DEFAULT_DATABASE, indexedDbTier } from './tiers/indexed-db-tier.js';
import { memoryTier } from './tiers/memory-tier.js';
import type { StorageTier } from './types/tier.js';

/** Memory and IndexedDB where there is one; memory alone elsewhere. Fastest first. */
export function defaultTiers(database: string): StorageTier[] {
  return hasIndexedDb() ? [memoryTier(), indexedDbTier({ name: database })] : [memoryTier()];
}

/** Two applications on one origin share no database and no channel. */
export function databaseName(appId: string | undefined): string {
  return appId === undefined ? DEFAULT_DATABASE : `${DEFAULT_DATABASE}.${appId}`;
}
