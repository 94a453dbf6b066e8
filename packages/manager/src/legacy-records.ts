/** Old records of the application: taken over at the first reading, and kept in step where code that is not migrated needs them. */
import type { CredentialStorage, Logger } from '@worker-token/storage';
import { hasLegacyItem, LEGACY_CREDENTIAL_KEYS } from '@worker-token/storage/essentials';
import type { createLegacyBridge } from '@worker-token/storage/legacy';
import { isDevelopment } from './development.js';
import { WorkerTokenError } from './errors.js';
import type { LegacyOptions } from './types/options.js';
import type { LegacyProblem } from './types/status.js';

export interface LegacyRecords {
  /** Of old credential records, bridged ones first. */
  readonly keys: readonly string[];
  /** Records that stay where they are, and why. */
  readonly problems: readonly LegacyProblem[];
  /** At the first reading of storage. Never rejects: what cannot be done now is owed. */
  migrate: () => Promise<void>;
  /** Rejects while something is owed that still cannot be done: an old record that is taken over later would win over what is saved now. */
  settle: () => Promise<void>;
  /** Takes over what older code of this page has written meanwhile; it raises no event. */
  sync: () => Promise<void>;
  dispose: () => void;
}

export function createLegacyRecords(
  storage: CredentialStorage,
  options: LegacyOptions = {},
  logger: Logger,
): LegacyRecords {
  const { credentials: named = LEGACY_CREDENTIAL_KEYS, tokens = [], bridge: bridged = [] } = options;
  const credentials = named.filter((key) => !bridged.includes(key));
  const problems: LegacyProblem[] = [];
  let bridge: ReturnType<typeof createLegacyBridge> | undefined;
  let isOwed = false;
  let isDisposed = false;

  /** The code for it is loaded where there is something to do, and may not arrive. */
  async function takeOver(): Promise<void> {
    if (bridged.length === 0 && !hasLegacyItem([...credentials, ...tokens])) return;
    isOwed = true;
    const { createLegacyBridge, migrateLegacyCredentials } = await import('@worker-token/storage/legacy');
    if (isDisposed) return;
    const { kept, problems: found } = await migrateLegacyCredentials(storage, { credentials, tokens });
    problems.push(...found);
    for (const { key, reason } of found) logger.warn(`The old record "${key}" was not taken over: ${reason}`);
    if (kept.length > 0)
      logger.warn(`No storage lasts in this page: the old record stays where it is (${kept.join(', ')}).`);
    const keys = [...bridged, ...kept];
    if (keys.length > 0) bridge ??= createLegacyBridge(storage, { keys, logger });
    await bridge?.sync();
    isOwed = false;
  }

  return {
    keys: [...new Set([...bridged, ...named])],
    problems,
    async migrate() {
      if (bridged.length > 0 && isDevelopment()) {
        logger.warn(
          `Old records are kept in step in plain text (legacy.bridge: ${bridged.join(', ')}). Migrate what uses them.`,
        );
      }
      await takeOver().catch(() => logger.warn('Old records could not be taken over now; they stay where they are.'));
    },
    async settle() {
      if (!isOwed) return;
      await takeOver().catch(() => {
        const what = 'Old records are there, and the code that takes them over could not be loaded.';
        throw new WorkerTokenError('storage', what, { advice: 'Reload the page, and save again.' });
      });
    },
    sync: async () => bridge?.sync(),
    dispose() {
      isDisposed = true;
      bridge?.dispose();
    },
  };
}
