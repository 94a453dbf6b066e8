/** Old records of the application: taken over at the first reading, and kept in step where code that is not migrated needs them. */
import {
  type CredentialStorage,
  createLegacyBridge,
  LEGACY_CREDENTIAL_KEYS,
  type Logger,
  migrateLegacyCredentials,
} from '@worker-token/storage';
import { isDevelopment } from './development.js';
import type { LegacyOptions, WorkerTokenStatus } from './types.js';

export interface LegacyRecords {
  /** Of old credential records, bridged ones first. */
  readonly keys: readonly string[];
  /** Records that stay where they are, and why. */
  readonly problems: WorkerTokenStatus['legacyProblems'];
  migrate: () => Promise<void>;
  /** Takes over what older code of this page has written meanwhile; it raises no event. */
  sync(): Promise<void>;
  dispose(): void;
}

export function createLegacyRecords(
  storage: CredentialStorage,
  options: LegacyOptions = {},
  logger: Logger,
): LegacyRecords {
  const { credentials = LEGACY_CREDENTIAL_KEYS, tokens = [], bridge: bridged = [] } = options;
  let bridge = bridged.length > 0 ? createLegacyBridge(storage, { keys: bridged, logger }) : undefined;
  const problems: WorkerTokenStatus['legacyProblems'] = [];

  /** No storage lasts here, so the old records stay what survives a reload. */
  function keepInStep(kept: readonly string[]): void {
    logger.warn(`No storage lasts in this page: the old record stays where it is (${kept.join(', ')}).`);
    bridge?.dispose();
    bridge = createLegacyBridge(storage, { keys: [...bridged, ...kept], logger });
  }

  return {
    keys: [...new Set([...bridged, ...credentials])],
    problems,
    async migrate() {
      if (bridge && isDevelopment()) {
        logger.warn(
          `Old records are kept in step in plain text (legacy.bridge: ${bridged.join(', ')}). Migrate what uses them.`,
        );
      }
      const keys = credentials.filter((key) => !bridged.includes(key));
      if (keys.length > 0 || tokens.length > 0) {
        const result = await migrateLegacyCredentials(storage, { credentials: keys, tokens });
        problems.push(...result.problems);
        for (const { key, reason } of result.problems)
          logger.warn(`The old record "${key}" was not taken over: ${reason}`);
        if (result.kept.length > 0) keepInStep(result.kept);
      }
      await bridge?.sync();
    },
    sync: async () => bridge?.sync(),
    dispose: () => bridge?.dispose(),
  };
}
