/**
 * For each failure mode a manager that has it: the test under that number must fail with it. `find` stands exactly once in its file; a
 * change that moves it moves its mutant along.
 */
export interface Edit {
  /** In packages/manager/src, or from the package's folder with `../`. */
  file: string;
  find: string;
  put: string;
}

export interface Mutant {
  /** Number of the failure mode. */
  mode: number;
  /** What the broken manager does. */
  breaks: string;
  /** Has the test. */
  suite: string;
  edits: Edit[];
}

const SUITE = 'test/failure-modes.test.ts';
const PLATFORM = 'test/failure-modes-platform.test.ts';
const TABS = 'test/tabs.test.ts';
const LOCKS = 'src/web-locks-coordinator.test.ts';
const FETCH = 'src/authorised-fetch.test.ts';

const mutant = (
  mode: number,
  breaks: string,
  suite: string,
  ...edits: [file: string, find: string, put: string][]
) => ({
  mode,
  breaks,
  suite,
  edits: edits.map(([file, find, put]) => ({ file, find, put })),
});

/** Subscribers are called at once, and what they return is given back to whoever reports. */
const SUBSCRIBERS_ARE_AWAITED: [string, string, string] = [
  'state.ts',
  'Object.assign(progress, news);\n      notify();',
  'Object.assign(progress, news);\n      return Promise.all([...listeners].map((listener) => listener()));',
];
const SECOND_READ =
  "if (stored && accepts(stored)) return { token: stored, from: 'storage', stored: true };\n    await throwKnownFailure(job);";
const REVISION: [string, string, string] = ['stored-token.ts', 'slot.save(token, { ifRevision })', 'slot.save(token)'];
const NOT_STORED =
  "logger.warn('The token could not be stored; it is kept in memory only.');\n        return 'not-stored';";

export const mutants: Mutant[] = [
  mutant(1, 'waits for its subscribers while it holds the lock', SUITE, SUBSCRIBERS_ARE_AWAITED, [
    'exclusive-fetch.ts',
    "state.report({ fetchStatus: 'fetching' });",
    "await state.report({ fetchStatus: 'fetching' });",
  ]),
  mutant(2, 'waits for a lock without end', LOCKS, [
    'web-locks-coordinator.ts',
    'const timer = setTimeout(giveUp, timeoutMs);',
    'const timer = undefined;',
  ]),
  mutant(3, 'waits for its subscribers before it is ready', SUITE, SUBSCRIBERS_ARE_AWAITED, [
    'hydration.ts',
    'state.report({ hydrated: true });',
    'await state.report({ hydrated: true });',
  ]),
  mutant(4, 'lets waiting callers hang when it is disposed of', SUITE, [
    'assemble-manager.ts',
    'disposal.abort(disposedError());',
    '',
  ]),
  mutant(5, 'commits over what it has not read', SUITE, REVISION),
  mutant(6, 'keeps the lock when its work fails', LOCKS, [
    'web-locks-coordinator.ts',
    'progress.started = true;\n        return work();',
    'progress.started = true;\n        return work().catch(() => new Promise(() => {}));',
  ]),
  mutant(7, 'trusts its memory after the page cache', TABS, [
    'follow.ts',
    "if (event.type !== 'pageshow' || (event as PageTransitionEvent).persisted)",
    'if (event === undefined)',
  ]),
  mutant(8, 'needs the lock', LOCKS, [
    'web-locks-coordinator.ts',
    'await sleep(random() * STAGGER_MS, options.signal);\n        return once();',
    'throw error;',
  ]),
  mutant(
    9,
    'fetches for every caller',
    SUITE,
    ['single-flight.ts', 'if (pending) return pending;', ''],
    ['exclusive-fetch.ts', SECOND_READ, ''],
    ['token-provider.ts', 'if (kept) return kept;', ''],
    ['token-provider.ts', 'if (stored && job.accepts(stored)) return adoptStored(stored);', ''],
  ),
  mutant(10, 'does not read again inside the lock', TABS, ['exclusive-fetch.ts', SECOND_READ, '']),
  mutant(14, 'commits what was overtaken', SUITE, REVISION, ['held.ts', 'old.abort();', '']),
  mutant(15, 'ends the shared request with a caller', SUITE, [
    'get-worker-token.ts',
    'return signal ? forCaller(found, signal) : found;',
    "signal?.addEventListener('abort', () => held.newEra());\n    return forCaller(found, signal);",
  ]),
  mutant(16, 'keeps a promise that has failed', SUITE, [
    'single-flight.ts',
    'if (pending === mine) pending = undefined;',
    '',
  ]),
  mutant(17, 'takes tokens for other scopes', SUITE, [
    'fingerprint.ts',
    'scopes,\n    credentials.clientSecret,',
    'credentials.clientSecret,',
  ]),
  mutant(18, 'drops any token when one is called invalid', SUITE, [
    'writes.ts',
    'const isIt = () => token === undefined || held.token?.stored.accessToken === token;',
    'const isIt = () => true;',
  ]),
  mutant(18, 'clears what is stored, whoever stored it', SUITE, [
    'stored-token.ts',
    'slot.clear({ ifRevision })',
    'slot.clear()',
  ]),
  mutant(19, 'replays for ever', FETCH, [
    'authorised-fetch.ts',
    'return send(input, init, await getWorkerToken(wait));',
    'return authorisedFetch(input, init);',
  ]),
  mutant(20, 'has no jitter', PLATFORM, ['freshness.ts', ' - jitter * 0.2 * life', '']),
  mutant(21, 'serves what has expired, until a timer says so', SUITE, [
    'reads.ts',
    'return token && now < token.staleAt ? token : null;',
    'return token;',
  ]),
  mutant(22, 'serves what has expired, to whoever waits', SUITE, [
    'get-worker-token.ts',
    'now >= token.staleAt || ',
    '',
  ]),
  mutant(23, 'believes a clock that was set back', SUITE, ['held.ts', '  token.staleAt -= setBackBy;', '']),
  mutant(25, 'sets one long timer', SUITE, [
    'wake-up.ts',
    'Math.min(Math.max(at - clock.now(), 0) + 1, LONGEST_STEP_MS)',
    'Math.max(at - clock.now(), 0) + 1',
  ]),
  mutant(26, 'has a margin longer than a token may live', SUITE, [
    'freshness.ts',
    'Math.min(policy.minValidityMs, life / 10)',
    'policy.minValidityMs',
  ]),
  mutant(27, 'fetches as fast as tokens expire', SUITE, ['fetch-floor.ts', 'Math.max(0, FLOOR_MS - age)', '0']),
  mutant(28, 'leaves its timer behind', SUITE, [
    'wake-up.ts',
    'running = false;\n      clearTimeout(timer);',
    'running = true;',
  ]),
  mutant(29, 'does not try again', SUITE, ['retry.ts', 'attempts: 3,', 'attempts: 1,']),
  mutant(30, 'waits as long as a server says', SUITE, ['retry.ts', ' || wait >= limits.left()', '']),
  mutant(31, 'has a deadline that only signals', SUITE, [
    'deadline.ts',
    'return await untilAborted(work(deadline), controller.signal);',
    'return await work(deadline);',
  ]),
  mutant(32, 'takes a captive portal for an answer', SUITE, [
    'answer.ts',
    'status: answer.status,\n      retryable: true,',
    'status: answer.status,',
  ]),
  mutant(33, 'forgets that a secret is wrong', SUITE, [
    'failure-memory.ts',
    'return age >= 0 && age < kept.forMs ? kept.error : undefined;',
    'return undefined;',
  ]),
  mutant(34, 'lets a background refresh reject', SUITE, [
    'refresh-scheduler.ts',
    "const reason = error instanceof Error ? error.message : 'unknown reason';",
    'throw error;',
  ]),
  mutant(35, 'passes a full disk on to the caller', SUITE, ['stored-token.ts', NOT_STORED, 'throw error;']),
  mutant(36, 'needs a storage that can be read', SUITE, [
    'stored-token.ts',
    'undefined)).catch(() => undefined)',
    'undefined))',
  ]),
  mutant(37, 'does not open a closed database again', PLATFORM, [
    '../storage/src/tiers/indexed-db-connection.ts',
    'function isClosed(error: unknown): boolean {',
    'function isClosed(error: unknown): boolean {\n  return false;',
  ]),
  mutant(38, 'believes what is stored', SUITE, ['stored-token.ts', 'if (!usable) return null;', '']),
  mutant(40, 'passes on that a token is stored and nobody can be told', PLATFORM, [
    'stored-token.ts',
    NOT_STORED,
    'throw error;',
  ]),
  mutant(40, 'keeps a token to itself when others cannot be told', PLATFORM, [
    '../storage/src/change-channel.ts',
    'onUntold(key);',
    "throw new TypeError('untold');",
  ]),
  mutant(41, 'needs a window', SUITE, [
    'follow.ts',
    'globals.window?.addEventListener?.(occasion, onReturn);',
    'window.addEventListener(occasion, onReturn);',
  ]),
  mutant(42, 'lets one request wait for the promise of another', PLATFORM, [
    'in-process-coordinator.ts',
    "scope === 'process' ? ofTheProcess : new Map<string, Promise<void>>()",
    'ofTheProcess',
  ]),
  mutant(
    43,
    'keeps its token in the module',
    SUITE,
    ['held.ts', '  let token: HeldToken | null = null;\n', ''],
    ['held.ts', 'export interface HeldParts {', 'let token: HeldToken | null = null;\nexport interface HeldParts {'],
  ),
  mutant(44, 'leaves its listeners on a signal', SUITE, [
    'wait.ts',
    '  } finally {\n    stopListening();\n  }',
    '  } finally {\n  }',
  ]),
  mutant(45, 'goes on listening to every tenant', PLATFORM, [
    'fleet-token-slot.ts',
    '    leave();\n    let left',
    '    let left',
  ]),
  mutant(46, 'hides a secret in one form only', 'test/canary.test.ts', [
    'redact.ts',
    'for (const form of formsOf(value))',
    'for (const form of [value])',
  ]),
  mutant(47, 'keeps the token of the old secret', SUITE, [
    'writes.ts',
    'const outcome = await record.clearIf(isOther);',
    "const outcome: string = 'kept';",
  ]),
  mutant(48, 'replaces a token that the API has not heard of yet', FETCH, [
    'authorised-fetch.ts',
    ' || !isYoung(token)) break;',
    ' || token) break;',
  ]),
];
