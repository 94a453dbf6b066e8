/**
 * Joins the parts to a manager. It decides nothing itself; which parts there are besides those that every manager has, is said by
 * manager.ts and core.ts.
 */
import type { Clock, CredentialStorage, Logger } from '@worker-token/storage';
import type { AuthorisedFetchParts } from './authorised-fetch.js';
import { systemClock } from './clock.js';
import { announceLegacyStorage, announceToken } from './events.js';
import { createFailureMemory } from './failure-memory.js';
import { createFetchFloor } from './fetch-floor.js';
import { createFollow } from './follow.js';
import { createGetWorkerToken } from './get-worker-token.js';
import { identifying } from './fingerprint.js';
import type { Fleet } from './fleet.js';
import { createHeld, type Held, type HeldToken } from './held.js';
import { createHydration } from './hydration.js';
import type { LegacyRecords } from './legacy-records.js';
import { loadAhead } from './load-ahead.js';
import { defaultLogger, redactingLogger } from './logger.js';
import { disposedError, timesOf } from './options.js';
import { secretsOf } from './redact.js';
import { parseCredentials } from './parse-credentials.js';
import { createReads } from './reads.js';
import { createRefreshScheduler } from './refresh-scheduler.js';
import { createTokenRequester } from './request-token.js';
import { createState } from './state.js';
import { statusOf } from './status.js';
import { createTokenProvider } from './token-provider.js';
import { createTokenRecord, STORAGE_LIMIT_MS } from './stored-token.js';
import { createTakeBack } from './take-back.js';
import type { Coordinator } from './types/coordination.js';
import type { WorkerTokenManager } from './types/manager.js';
import type { LegacyOptions, WorkerTokenManagerOptions } from './types/options.js';
import type { TokenSource } from './types/token-source.js';
import { createTokenUseLog } from './token-use-log.js';
import { within } from './wait.js';
import { createWarnings } from './warnings.js';
import { createWrites } from './writes.js';

/** Other tabs get a little longer than their own deadline: two seconds, one of which goes to the stagger of those who give up together. Milliseconds. */
const LOCK_GRACE_MS = 1_000;

/** What the entries differ in: what a manager takes where its options say nothing, and what it can do besides. */
export interface ManagerParts {
  storage: (tools: { clock: Clock; logger: Logger }) => CredentialStorage;
  source: () => TokenSource;
  coordinator: (random: () => number) => Coordinator;
  legacy: (storage: CredentialStorage, options: LegacyOptions | undefined, logger: Logger) => LegacyRecords;
  fleet: (coordinator: Coordinator, identity: () => string | null) => Fleet;
}

/** Nothing is read and nothing requested before the first call. @throws TypeError for an option that cannot be. */
export function assembleManager(options: WorkerTokenManagerOptions, parts: ManagerParts): WorkerTokenManager {
  const { clock = systemClock, random = Math.random, legacyEvents = false, allowedApiHosts = [] } = options;
  const { policy, retry, deadlineMs } = timesOf(options);
  const doFetch: typeof fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  const disposal = new AbortController();

  const secrets = () => [...secretsOf(held.credentials), ...(held.token ? [held.token.stored.accessToken] : [])];
  const logger = redactingLogger(options.logger ?? defaultLogger(), secrets);
  const warnings = createWarnings(logger, options.acknowledgeBrowserSecret ?? false);
  const storage = options.storage ?? parts.storage({ clock, logger });
  const coordinator = options.coordination ?? parts.coordinator(random);
  const source = options.tokenSource ?? parts.source();
  const atServer = source.serverCredentials !== undefined;
  const identify = identifying(source.serverCredentials);

  const state = createState(() => held, clock);
  const held: Held = createHeld({ policy, clock, random, identify, atServer, onChange });
  const fleet = parts.fleet(coordinator, () => held.identity);
  const tokenSlot = fleet.tokenSlot ?? storage.shared.token;
  const record = createTokenRecord(tokenSlot, logger);
  const takeBack = createTakeBack(held, record);
  const failures = createFailureMemory(clock);
  const floor = createFetchFloor(clock);
  const legacy = parts.legacy(storage, options.legacy, logger);
  const hydration = createHydration({ storage, held, state, record, migrate: legacy.migrate, logger });
  const writes = createWrites({
    held,
    identify,
    state,
    slot: storage.shared.credentials,
    record,
    failures,
    floor,
    ready,
    settleLegacy: legacy.settle,
  });

  const request = createTokenRequester({
    source,
    fetch: doFetch,
    clock,
    retry,
    deadlineMs,
    allowedTokenHosts: options.allowedTokenHosts ?? [],
  });
  const provider = createTokenProvider({
    ...{ held, state, record, takeBack, coordinator, failures, floor, policy, clock, logger },
    request(...wish) {
      if (!atServer) warnings.secretInBrowser();
      return request(...wish);
    },
    fleetFailures: fleet.failures,
    ready: settled,
    disposed: disposal.signal,
    lockTimeoutMs: deadlineMs + LOCK_GRACE_MS,
    // A read, a look at the failures and a commit besides the requests.
    holdMs: deadlineMs + 3 * STORAGE_LIMIT_MS,
    onFetched: announce,
  });
  const scheduler = createRefreshScheduler({ refresh: () => provider.ahead(), floor, clock, random, logger });
  const logUse = createTokenUseLog(clock, logger);
  const slowPath = createGetWorkerToken({ held, provider, scheduler, clock, logUse });
  const follow = createFollow({
    ...{ storage, tokenSlot, held, state, hydration, record, takeBack, writes, failures, floor, policy, clock },
    onToken: announce,
    onCredentials: () => legacyEvents && announceLegacyStorage(legacy.keys[0]),
  });
  const stopFollowing = follow.start();

  function onChange(): void {
    state.changed();
    fleet.tokenSlot?.moved();
  }

  function ready(): Promise<void> {
    return hydration.ready();
  }

  /** Ready, and our own writes have arrived. */
  async function settled(): Promise<void> {
    await ready();
    await within(STORAGE_LIMIT_MS, writes.idle(), undefined);
  }

  function announce(token: HeldToken): void {
    const expiresIn = Math.max(0, Math.round((token.expiresAt - clock.now()) / 1000));
    announceToken({ expiresAt: token.expiresAt, expiresIn }, legacyEvents);
  }

  function getWorkerToken(callOptions?: Parameters<WorkerTokenManager['getWorkerToken']>[0]): Promise<string> {
    return (callOptions === undefined ? held.hot(clock.now()) : undefined) ?? slowPath(callOptions);
  }

  const reads = createReads({ held, state, clock, warnings, legacy, follow, logUse, ready, settled });
  // What a page may never use is no part of the first script.
  const loadRarelyUsed = loadAhead(() => import('./rarely-used.js'));
  const fetchParts: AuthorisedFetchParts = {
    credentials: async () => (await settled(), held.credentials),
    getWorkerToken,
    invalidateToken: writes.invalidateToken,
    ageOf: (token) =>
      held.token?.stored.accessToken === token ? clock.now() - held.token.stored.obtainedAt : undefined,
    allowedApiHosts,
    fetch: doFetch,
  };

  return {
    storage,
    ready,
    loadCredentials: reads.loadCredentials,
    saveCredentials: writes.saveCredentials,
    async testCredentials(input) {
      const [{ probe }] = await Promise.all([loadRarelyUsed(), ready()]);
      return probe(input, { held, request, parse: parseCredentials, clock, disposed: disposal.signal });
    },
    loadToken: reads.loadToken,
    getWorkerToken,
    refreshToken: () => slowPath({ forceRefresh: true }),
    invalidateToken: writes.invalidateToken,
    async getStatus() {
      await settled();
      const { exclusive } = coordinator;
      return statusOf({
        held,
        now: clock.now(),
        storage: storage.status(),
        exclusive,
        legacyProblems: legacy.problems,
      });
    },
    clearToken: writes.clearToken,
    clearAll: writes.clearAll,
    peekToken: reads.peekToken,
    peekCredentials: reads.peekCredentials,
    getSnapshot: state.getSnapshot,
    subscribe(listener) {
      void ready();
      return state.subscribe(listener);
    },
    async fetch(input, init) {
      const { createAuthorisedFetch } = await loadRarelyUsed();
      return createAuthorisedFetch(fetchParts)(input, init);
    },
    dispose() {
      if (disposal.signal.aborted) return;
      disposal.abort(disposedError());
      stopFollowing();
      legacy.dispose();
      state.dispose();
      held.newEra();
      held.dropToken();
      if (!options.storage) storage.dispose();
    },
  };
}
