/** What most pages never use: loaded when it is first called, so that no page pays for it before. */
import type { TransferContext } from './transfer-context.js';
import type { CredentialStorage } from './types/storage.js';

export function onDemand(context: TransferContext): Pick<CredentialStorage, 'exportAll' | 'importAll' | 'damaged'> {
  const load = () => import('./rarely-used.js');
  const damaged = async () => (await load()).damagedRecords(context);
  return {
    exportAll: async (options = {}) => (await load()).exportRecords(context, options),
    importAll: async (file, options = {}) => (await load()).importRecords(context, file, options),
    damaged: {
      list: async () => (await damaged()).list(),
      exportRaw: async (key) => (await damaged()).exportRaw(key),
      discard: async (key) => (await damaged()).discard(key),
    },
  };
}
