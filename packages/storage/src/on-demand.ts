/** What most pages never use: loaded when it is first called, so that no page pays for it before. */
import type { TransferContext } from './transfer-context.js';
import type { CredentialStorage } from './types/storage.js';

export function onDemand(context: TransferContext): Pick<CredentialStorage, 'exportAll' | 'importAll' | 'damaged'> {
  const damaged = async () => (await import('./damaged-records.js')).damagedRecords(context);
  return {
    exportAll: async (options = {}) => (await import('./export-records.js')).exportRecords(context, options),
    importAll: async (file, options = {}) =>
      (await import('./import-records.js')).importRecords(context, file, options),
    damaged: {
      list: async () => (await damaged()).list(),
      exportRaw: async (key) => (await damaged()).exportRaw(key),
      discard: async (key) => (await damaged()).discard(key),
    },
  };
}
