/** Runs in the browser: puts the storage package where a test can reach it. Bundled by storage-site.ts. */
import * as storage from '@worker-token/storage';

export type StoragePackage = typeof storage;

declare global {
  var storagePackage: StoragePackage;
  /** A storage whose tiers have answered: a machine under load may take longer to open a database than a storage waits for it. */
  var openStorage: (options?: storage.CredentialStorageOptions) => Promise<storage.CredentialStorage>;
}

globalThis.storagePackage = storage;
globalThis.openStorage = async (options) => {
  const opened = storage.createCredentialStorage(options);
  while ((await opened.loadFlowCredentials(storage.flowKey('nothing'))).problem) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return opened;
};
