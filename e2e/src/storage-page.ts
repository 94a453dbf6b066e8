/** Runs in the browser: puts the storage package where a test can reach it. Bundled by storage-site.ts. */
import * as storage from '@worker-token/storage';

export type StoragePackage = typeof storage;

declare global {
  var storagePackage: StoragePackage;
}

globalThis.storagePackage = storage;
