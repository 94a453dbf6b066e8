/** The first reading of storage: old records taken over, then credentials and token into memory. Never fails, never takes long. */
import type { CredentialStorage, Logger } from '@worker-token/storage';
import { type Held, isOver } from './held.js';
import type { State } from './state.js';
import type { TokenRecord } from './stored-token.js';
import { within } from './wait.js';

/** `ready()` settles after this at the latest; what comes later is still taken over. Milliseconds. */
export const READY_LIMIT_MS = 2_000;

export interface HydrationParts {
  storage: CredentialStorage;
  held: Held;
  state: State;
  record: TokenRecord;
  /** Takes old records over. */
  migrate: () => Promise<void>;
  logger: Logger;
}

export interface Hydration {
  /** Starts the reading at its first call; the same promise each time. */
  ready: () => Promise<void>;
  /** Somebody has asked for it. */
  readonly begun: boolean;
}

export function createHydration(parts: HydrationParts): Hydration {
  let started: Promise<void> | undefined;
  return {
    ready: () => (started ??= hydrate(parts)),
    get begun() {
      return started !== undefined;
    },
  };
}

async function hydrate({ storage, held, state, record, migrate, logger }: HydrationParts): Promise<void> {
  const { changes } = held;

  async function read(): Promise<void> {
    await migrate();
    const { data, problem } = await storage.shared.credentials.load();
    if (problem) logger.warn(`The stored worker credentials cannot be used: ${problem.kind}.`);
    // Somebody may have saved or cleared in the meantime; then that holds.
    if (data && held.changes === changes) held.setCredentials(data);
    const { era, identity } = held;
    if (!identity) return;
    const fingerprint = await held.fingerprint();
    // Last, so that nothing comes between the reading and its taking over.
    const token = await record.peek();
    if (token?.fingerprint !== fingerprint || held.isRefused(token.accessToken)) return;
    if (!isOver(era) && !held.token) held.adopt(token, 'storage');
  }

  const reading = read().catch(() =>
    logger.warn('Storage could not be read; credentials and token are kept in memory only.'),
  );
  await within(READY_LIMIT_MS, reading, undefined);
  state.report({ hydrated: true });
}
