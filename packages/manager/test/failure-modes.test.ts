/**
 * The ways in which token managers are known to fail, each as a test under its number (see docs: the numbers are those of the
 * catalogue of failure modes). Time is moved by hand.
 */
import { createCredentialStorage, memoryTier, type StorageTier } from '@worker-token/storage';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkerTokenError } from '../src/errors.js';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenManager } from '../src/types/manager.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import { configured, CREDENTIALS, deferred, testLogger, type TestSource, testSource } from './builder.js';
import { fingerprintOf, identityOf } from '../src/fingerprint.js';
import { directGrant } from '../src/grant.js';

const HOUR = 3_600_000;
const NOON = new Date('2026-11-25T12:00:00Z');

/** Fake timers and the system's clock, which go together. */
beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  // WebCrypto answers from another thread, which fake timers do not move; without it the manager does its own sums.
  const { crypto } = globalThis;
  vi.stubGlobal('crypto', {
    getRandomValues: crypto.getRandomValues.bind(crypto),
    randomUUID: crypto.randomUUID.bind(crypto),
  });
});
afterEach(() => {
  for (const manager of managers.splice(0)) manager.dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const managers: WorkerTokenManager[] = [];

/** Lets everything run that only waits for promises. */
const turn = (
  (real) => () =>
    new Promise<void>((resolve) => void real(resolve))
)(setImmediate);
async function pass(ms: number): Promise<void> {
  for (let i = 0; i < 5; i++) await turn();
  await vi.advanceTimersByTimeAsync(ms);
  for (let i = 0; i < 5; i++) await turn();
}
/** The source was asked for the first time. */
async function asked(source: { count: number }): Promise<void> {
  while (source.count === 0) await turn();
}

async function running({ tokenSource: source = testSource(), ...options }: Options = {}) {
  const logger = testLogger();
  const manager = createWorkerTokenManager({ tokenSource: source, logger, random: () => 0, ...options });
  managers.push(manager);
  await manager.saveCredentials(CREDENTIALS);
  return { manager, source, logger };
}

/** With the real grant, on a network of the test's own. */
async function direct(answer: (count: number) => Promise<Response>) {
  const requests = { count: 0 };
  const fetch = () => answer(++requests.count);
  const manager = createWorkerTokenManager({
    tokenSource: directGrant(),
    fetch,
    logger: testLogger(),
    random: () => 0,
  });
  managers.push(manager);
  await manager.saveCredentials(CREDENTIALS);
  return { manager, requests };
}

const unavailable = () => new WorkerTokenError('server', 'It answered 503.', { status: 503, retryable: true });
const refused = () => new WorkerTokenError('invalid-client', 'It answered 401.', { status: 401 });

type Options = Omit<WorkerTokenManagerOptions, 'tokenSource'> & { tokenSource?: TestSource };

/** A source that fails while `broken` says so. */
function moody(broken: () => Error | undefined) {
  return testSource(() => {
    const error = broken();
    if (error) throw error;
    return {};
  });
}

describe('deadlock and locks', () => {
  /** A subscriber's promise, which nobody must wait for. */
  const asListener = (work: () => Promise<unknown>) => work as () => void;

  test('1. a subscriber that asks for a token, or refreshes, inside an event gets one', async () => {
    const { manager } = await running();
    const inside: Promise<string>[] = [];
    // It waits for them, too: a manager that waited for its subscribers would stand still.
    const leave = manager.subscribe(
      asListener(() => {
        if (inside.length < 3) inside.push(manager.getWorkerToken(), manager.refreshToken());
        return Promise.all(inside);
      }),
    );
    await manager.getWorkerToken();
    await pass(0);
    leave();
    expect(inside.length).toBeGreaterThan(0);
    for (const token of await Promise.all(inside)) expect(token).toMatch(/^token-/);
  });

  test('3. a subscriber that registers during start-up does not keep it from ending', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const first = await running({ storage });
    await first.manager.getWorkerToken();
    await pass(HOUR - 200_000);
    const second = createWorkerTokenManager({ storage, tokenSource: first.source, logger: testLogger() });
    second.subscribe(asListener(() => Promise.all([second.getWorkerToken(), second.loadToken()])));
    await second.ready();
    expect(await second.getWorkerToken()).toBe('token-1');
  });

  test('4. of two managers one is disposed of in the middle of a refresh: the other goes on', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const source = testSource(() => new Promise(() => {}));
    const hanging = await running({ storage, tokenSource: source });
    const waiting = hanging.manager.getWorkerToken().catch((error: unknown) => error);
    await asked(source);
    hanging.manager.dispose();
    hanging.manager.dispose();
    expect(await waiting).toMatchObject({ kind: 'aborted' });
    const other = createWorkerTokenManager({ storage, tokenSource: testSource(), logger: testLogger() });
    expect(await other.getWorkerToken()).toBe('token-1');
  });

  test('5. a late result does not overwrite a newer token', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const late = deferred<object>();
    const source = testSource((count) => (count === 1 ? late.promise : {}));
    const slow = await running({ storage, tokenSource: source });
    const waiting = slow.manager.getWorkerToken();
    await asked(source);
    const now = Date.now();
    const theirs = { accessToken: 'theirs', tokenType: 'Bearer', obtainedAt: now, expiresAt: now + HOUR };
    await storage.shared.token.save({ ...theirs, fingerprint: await fingerprintOf(identityOf(CREDENTIALS)) });
    late.resolve({ access_token: 'late' });
    expect(await waiting).toBe('theirs');
    expect((await storage.shared.token.load()).data?.accessToken).toBe('theirs');
  });
});

describe('races and herds', () => {
  test('9. 10,000 concurrent first calls make one request', async () => {
    const { manager, source } = await running();
    const tokens = await Promise.all(Array.from({ length: 10_000 }, () => manager.getWorkerToken()));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(source.count).toBe(1);
  });

  test.each(['clearAll', 'invalidateToken', 'clearToken'] as const)(
    '14. %s() during a fetch wins over it',
    async (method) => {
      const answer = deferred<object>();
      const source = testSource((count) => (count === 1 ? answer.promise : {}));
      const { manager } = await running({ tokenSource: source });
      const waiting = manager.getWorkerToken().catch((error: unknown) => error);
      await asked(source);
      await manager[method]();
      answer.resolve({ access_token: 'late' });
      const outcome = await waiting;
      if (method === 'clearAll') expect(outcome).toMatchObject({ kind: 'not-configured' });
      else expect(outcome).toBe('token-2');
      await pass(10);
      expect((await manager.storage.shared.token.load()).data?.accessToken).not.toBe('late');
      expect(manager.peekToken()).not.toBe('late');
    },
  );

  test('15. a caller who aborts ends nothing but its own wait', async () => {
    const answer = deferred<object>();
    const source = testSource(() => answer.promise);
    const { manager } = await running({ tokenSource: source });
    const controller = new AbortController();
    const impatient = manager.getWorkerToken({ signal: controller.signal }).catch((error: unknown) => error);
    const patient = manager.getWorkerToken();
    await asked(source);
    controller.abort();
    expect(await impatient).toMatchObject({ kind: 'aborted' });
    answer.resolve({});
    expect(await patient).toBe('token-1');
    expect(source.count).toBe(1);
    expect(await manager.getWorkerToken({ signal: controller.signal }).catch((error: unknown) => error)).toMatchObject({
      kind: 'aborted',
    });
  });

  test('16. after a first fetch that failed the next call tries again', async () => {
    let broken: Error | undefined = new Error('a bug in the source');
    const { manager } = await running({ tokenSource: moody(() => broken && unavailable()) });
    const failing = manager.getWorkerToken().catch((error: unknown) => error);
    await pass(1_000);
    expect(await failing).toMatchObject({ kind: 'server' });
    broken = undefined;
    expect(await manager.getWorkerToken()).toMatch(/^token-/);
  });

  test('17. other credentials never get the token of these', async () => {
    const { manager, source } = await running();
    await manager.getWorkerToken();
    await manager.saveCredentials({ ...CREDENTIALS, scopes: ['other'] });
    expect(manager.peekToken()).toBeNull();
    expect(await manager.loadToken()).toBeNull();
    expect(await manager.getWorkerToken()).toBe('token-2');
    expect(source.count).toBe(2);
  });

  test('18. ten answers of 401 for the same old token make one refresh', async () => {
    const { manager, source } = await running();
    const old = await manager.getWorkerToken();
    const tokens = await Promise.all(
      Array.from({ length: 10 }, async () => {
        await manager.invalidateToken(old);
        return manager.getWorkerToken();
      }),
    );
    expect(new Set(tokens)).toEqual(new Set(['token-2']));
    await manager.invalidateToken(old);
    expect(manager.peekToken()).toBe('token-2');
    expect(source.count).toBe(2);
  });

  test('18. a token that another tab stores while this one drops the old one stays', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const { token } = storage.shared;
    let between: (() => Promise<unknown>) | undefined;
    const clear: typeof token.clear = async (options) => {
      await between?.();
      between = undefined;
      return token.clear(options);
    };
    const shared = { ...storage.shared, token: { ...token, clear } };
    const { manager, source } = await running({ storage: { ...storage, shared } });
    const old = await manager.getWorkerToken();
    const { data } = await token.load();
    between = async () => data && token.save({ ...data, accessToken: 'theirs' });
    await manager.invalidateToken(old);
    expect((await token.load()).data?.accessToken).toBe('theirs');
    expect(await manager.getWorkerToken()).toBe('theirs');
    expect(source.count).toBe(1);
  });

  test('a page that answers every failure with invalidateToken() does not lift the cool-down', async () => {
    const source = testSource(() => Promise.reject(refused()));
    const { manager } = await running({ tokenSource: source });
    for (let page = 0; page < 5; page++) {
      await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'invalid-client' });
      await manager.invalidateToken();
    }
    expect(source.count).toBe(1);
  });

  test('a first fetch after invalidateToken() does not wait', async () => {
    const { manager } = await running();
    await manager.getWorkerToken();
    await manager.invalidateToken();
    expect(manager.peekToken()).toBeNull();
    expect(await manager.getWorkerToken()).toBe('token-2');
  });
});

describe('time', () => {
  test('21. a laptop that sleeps past the expiry never gives out the expired token', async () => {
    const { manager } = await running();
    await manager.getWorkerToken();
    // Sleep: the clock goes on, timers do not.
    vi.setSystemTime(NOON.getTime() + 2 * HOUR);
    expect(manager.peekToken()).toBeNull();
    expect(manager.getSnapshot().status).toBe('expired');
    expect(await manager.getWorkerToken()).toBe('token-2');
  });

  test('22. neither does a hidden tab whose timers are throttled', async () => {
    const { manager } = await running();
    manager.subscribe(() => {});
    await manager.getWorkerToken();
    vi.setSystemTime(NOON.getTime() + HOUR);
    expect(await manager.getWorkerToken()).toBe('token-2');
  });

  test.each([-2, 2])(
    '23. a clock moved by %s hours while running serves no expired token and does not loop',
    async (hours) => {
      const { manager, source } = await running();
      await manager.getWorkerToken();
      await pass(10 * 60_000);
      vi.setSystemTime(Date.now() + hours * HOUR);
      let lived = 10 * 60_000;
      await manager.getWorkerToken();
      for (; lived < 3 * HOUR; lived += 60_000) {
        await pass(60_000);
        const call = manager.getWorkerToken();
        await pass(5_000);
        const token = await call;
        if (lived > HOUR) expect(token).not.toBe('token-1');
      }
      expect(source.count).toBeLessThanOrEqual(6);
    },
  );

  test('23. a clock set back without anybody asking in between is noticed by the other clock', async () => {
    const { manager } = await running();
    await manager.getWorkerToken();
    await pass(30 * 60_000);
    vi.setSystemTime(NOON.getTime() - 2 * HOUR);
    await pass(31 * 60_000);
    expect(manager.peekToken()).toBeNull();
  });

  test('25. a life of a year makes no timer storm', async () => {
    const { manager } = await running({ tokenSource: testSource(() => ({ expires_in: 365 * 24 * 3600 })) });
    const listener = vi.fn();
    manager.subscribe(listener);
    await manager.getWorkerToken();
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await pass(10 * 60_000);
    expect(timers.mock.calls.length).toBeLessThan(60);
    expect(await manager.getWorkerToken()).toBe('token-1');
  });

  test('26. a life shorter than every margin is still cached', async () => {
    const { manager, source } = await running({ tokenSource: testSource(() => ({ expires_in: 8 })) });
    for (let call = 0; call < 5; call++) {
      await manager.getWorkerToken();
      await pass(1_000);
    }
    expect(source.count).toBe(1);
  });

  test('27. a token that lives a second makes callers wait five, never throw, never loop', async () => {
    const { manager, source } = await running({ tokenSource: testSource(() => ({ expires_in: 1 })) });
    expect(await manager.getWorkerToken()).toBe('token-1');
    await pass(1_000);
    const next = manager.getWorkerToken();
    await pass(3_900);
    expect(source.count).toBe(1);
    await pass(200);
    expect(await next).toBe('token-2');
    expect(source.count).toBe(2);
  });

  test('27. a life of zero fails once, with a cool-down', async () => {
    const { manager, source } = await running({ tokenSource: testSource(() => ({ expires_in: 0 })) });
    for (let call = 0; call < 20; call++) {
      await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'malformed-response' });
    }
    expect(source.count).toBe(1);
  });

  test('28. no timer is left when nobody subscribes and nothing is under way', async () => {
    const { manager } = await running();
    await manager.getWorkerToken();
    await pass(3_000);
    expect(vi.getTimerCount()).toBe(0);
    const leave = manager.subscribe(() => {});
    await pass(0);
    expect(vi.getTimerCount()).toBe(1);
    leave();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('network', () => {
  test('29. 503, 503, 200 is one token, three requests, half a second', async () => {
    let left = 2;
    const source = moody(() => (left-- > 0 ? unavailable() : undefined));
    const { manager } = await running({ tokenSource: source, random: () => 0.99 });
    const token = manager.getWorkerToken();
    await pass(600);
    expect(await token).toBe('token-3');
    expect(source.count).toBe(3);
  });

  test('30. a Retry-After beyond the deadline fails at once, and is kept to', async () => {
    const slowDown = () =>
      new WorkerTokenError('rate-limited', 'It answered 429.', { retryable: true, retryAfterMs: 20_000 });
    let broken: Error | undefined = slowDown();
    const source = moody(() => broken);
    const { manager } = await running({ tokenSource: source });
    await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 20_000 });
    await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(source.count).toBe(1);
    broken = undefined;
    await pass(20_000);
    expect(await manager.getWorkerToken()).toBe('token-2');
  });

  test.each([
    ['connection', () => new Promise<never>(() => {})],
    ['body', async () => ({ status: 200, text: () => new Promise<never>(() => {}) }) as unknown as Response],
  ])('31. a hanging %s ends at the deadline, typed', async (_, hang) => {
    const { manager, requests } = await direct(hang);
    const outcome = manager.getWorkerToken().catch((error: unknown) => error);
    await asked(requests);
    await pass(10_000);
    expect(await outcome).toMatchObject({ kind: 'timeout', retryable: true });
  });

  test.each([
    ['a captive portal', async () => new Response('<html>Log in</html>', { headers: { 'content-type': 'text/html' } })],
    [
      'truncated JSON',
      async () => new Response('{"access_token":"ab', { headers: { 'content-type': 'application/json' } }),
    ],
    [
      'a reset connection',
      async () => Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' })),
    ],
  ])('32. %s is tried again', async (_, broken) => {
    const good = async () => Response.json({ access_token: 'good', token_type: 'Bearer', expires_in: 60 });
    const { manager, requests } = await direct((count) => (count === 1 ? broken() : good()));
    const token = manager.getWorkerToken();
    await asked(requests);
    await pass(1_000);
    expect(await token).toBe('good');
  });

  test('33. a wrong secret is asked about once, until it is changed or somebody insists', async () => {
    const source = moody(refused);
    const { manager } = await running({ tokenSource: source });
    const outcomes = await Promise.allSettled(Array.from({ length: 10_000 }, () => manager.getWorkerToken()));
    expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
    await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'invalid-client' });
    expect(source.count).toBe(1);
    await expect(manager.refreshToken()).rejects.toMatchObject({ kind: 'invalid-client' });
    expect(source.count).toBe(2);
    await manager.saveCredentials({ ...CREDENTIALS, clientSecret: 'another' });
    await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'invalid-client' });
    expect(source.count).toBe(3);
    await pass(30_000);
    await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'invalid-client' });
    expect(source.count).toBe(4);
  });

  test('34. a refresh that fails behind a good token costs nobody anything', async () => {
    let broken: Error | undefined;
    const source = moody(() => broken);
    const { manager } = await running({ tokenSource: source });
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await manager.getWorkerToken();
    await pass(HOUR - 150_000);
    broken = unavailable();
    const calls = Array.from({ length: 1_000 }, () => manager.getWorkerToken());
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['token-1']));
    await pass(5_000);
    expect(source.count).toBe(4);
    expect(manager.getSnapshot()).toMatchObject({ status: 'expiring' });
    broken = undefined;
    await manager.getWorkerToken();
    await pass(1_000);
    expect(await manager.getWorkerToken()).toBe('token-5');
    expect(unhandled).not.toHaveBeenCalled();
    process.off('unhandledRejection', unhandled);
  });

  test('in the refresh window 1,000 callers make one request and none of them waits', async () => {
    const { manager, source } = await running();
    await manager.getWorkerToken();
    await pass(HOUR - 200_000);
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => manager.getWorkerToken()));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    await pass(0);
    expect(source.count).toBe(2);
    expect(await manager.getWorkerToken()).toBe('token-2');
  });
});

describe('storage and platform', () => {
  /** A tier that works until it is told not to. */
  function fragile(): StorageTier & { broken: boolean; full: boolean } {
    const tier = memoryTier();
    const wrapped = {
      ...tier,
      name: 'fragile',
      durable: true,
      broken: false,
      full: false,
      get: (key: string) => (wrapped.broken ? Promise.reject(new DOMException('no', 'SecurityError')) : tier.get(key)),
      compareAndSet: (...args: Parameters<StorageTier['compareAndSet']>) =>
        wrapped.broken || wrapped.full
          ? Promise.reject(new DOMException('full', 'QuotaExceededError'))
          : tier.compareAndSet(...args),
    };
    return wrapped;
  }

  test('35. with the quota exceeded the token is still given out, from memory', async () => {
    const tier = fragile();
    const { manager, source } = await running({ storage: createCredentialStorage({ tiers: [tier] }) });
    tier.full = true;
    expect(await manager.getWorkerToken()).toBe('token-1');
    expect(await manager.getWorkerToken()).toBe('token-1');
    expect(source.count).toBe(1);
  });

  test('36. storage that throws at every touch leaves memory', async () => {
    const tier = fragile();
    tier.broken = true;
    const storage = createCredentialStorage({ tiers: [memoryTier(), tier] });
    const { manager } = await running({ storage });
    expect(await manager.getWorkerToken()).toBe('token-1');
    expect((await manager.getStatus()).storage.durable).toBe(false);
  });

  test('36. storage whose reading throws is passed by', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const load = () => Promise.reject(new DOMException('no', 'SecurityError'));
    const shared = { ...storage.shared, token: { ...storage.shared.token, load } };
    const { manager, source } = await running({ storage: { ...storage, shared } });
    expect(await manager.getWorkerToken()).toBe('token-1');
    expect(await manager.getWorkerToken()).toBe('token-1');
    expect(source.count).toBe(1);
  });

  test('a save that storage refuses puts the previous credentials and their token back', async () => {
    const tier = fragile();
    const { manager, source } = await running({ storage: createCredentialStorage({ tiers: [tier] }) });
    await manager.getWorkerToken();
    tier.broken = true;
    const saving = manager.saveCredentials({ ...CREDENTIALS, clientId: 'other' });
    saving.catch(() => {});
    await Promise.resolve();
    expect(manager.peekCredentials()?.clientId).toBe('other');
    await pass(5_000);
    await expect(saving).rejects.toMatchObject({ kind: 'storage' });
    expect(manager.peekCredentials()).toEqual(CREDENTIALS);
    expect(manager.peekToken()).toBe('token-1');
    expect(source.count).toBe(1);
  });

  test.each([{ accessToken: 5 }, { accessToken: '' }, { expiresAt: 'later' }, { obtainedAt: null }])(
    '38. a stored token with %o is a miss',
    async (oddity) => {
      const storage = createCredentialStorage({ tiers: [memoryTier()] });
      const [now, fingerprint] = [Date.now(), await fingerprintOf(identityOf(CREDENTIALS))];
      const good = { accessToken: 'stored', tokenType: 'Bearer', expiresAt: now + HOUR, obtainedAt: now, fingerprint };
      const load = async () => ({ data: { ...good, ...oddity }, source: 'memory', revision: 1, savedAt: 1 });
      const odd = { load };
      const { manager } = await running({
        storage: { ...storage, shared: { ...storage.shared, token: { ...storage.shared.token, ...odd } as never } },
      });
      expect(await manager.getWorkerToken()).toBe('token-1');
    },
  );

  test('ready() settles in two seconds although storage never answers', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const mute = { ...storage.shared.credentials, load: () => new Promise<never>(() => {}) };
    const manager = createWorkerTokenManager({
      storage: { ...storage, shared: { ...storage.shared, credentials: mute } },
    });
    const ready = manager.ready();
    await pass(2_000);
    await ready;
    expect(manager.getSnapshot().status).toBe('not-configured');
  });

  test('41. without window, document and storage everything works', async () => {
    expect(globalThis).not.toHaveProperty('window');
    const { manager } = await running();
    expect(await manager.getWorkerToken()).toBe('token-1');
    expect((await manager.getStatus()).storage).toMatchObject({ tier: 'memory', durable: false });
  });

  test('43. two requests on a server share no state, and what is written into HTML holds no token', async () => {
    const [one, two] = [await running(), await running()];
    await one.manager.getWorkerToken();
    expect(one.manager.peekToken()).toBe('token-1');
    expect(two.manager.peekToken()).toBeNull();
    expect(await two.manager.loadToken()).toBeNull();
    const written = JSON.stringify([one.manager, one.manager.getSnapshot(), await one.manager.getStatus()]);
    expect(written).not.toMatch(/token-1|canary/);
  });

  test('44. many calls with one signal leave no listener on it', async () => {
    const { manager } = await running();
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    await Promise.all(Array.from({ length: 100 }, () => manager.getWorkerToken({ signal })));
    for (let call = 0; call < 1_000; call++) await manager.getWorkerToken({ signal });
    expect(remove.mock.calls.length).toBe(add.mock.calls.length);
  });

  test('47. a rotated secret is used by the next call, and the old token is gone everywhere', async () => {
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const { manager, source } = await running({ storage });
    await manager.getWorkerToken();
    await manager.saveCredentials({ ...CREDENTIALS, clientSecret: 'rotated' });
    expect((await storage.shared.token.load()).data).toBeNull();
    expect(await manager.getWorkerToken()).toBe('token-2');
    expect(source.count).toBe(2);
  });

  test('saving the same credentials keeps the token', async () => {
    const { manager, source } = await running();
    await manager.getWorkerToken();
    await manager.saveCredentials({ ...CREDENTIALS, extra: { note: 'only a note' } });
    expect(await manager.getWorkerToken()).toBe('token-1');
    expect(source.count).toBe(1);
  });

  test('a save that nobody waits for and a token asked for at once make one request', async () => {
    const { manager, source } = await running();
    await manager.getWorkerToken();
    void manager.saveCredentials({ ...CREDENTIALS, clientSecret: 'rotated' });
    expect(await manager.getWorkerToken()).toBe('token-2');
    expect(source.count).toBe(2);
  });
});

test('the log says where a token comes from, cached at most once a second', async () => {
  const { manager, logger, clock } = await configured();
  await manager.getWorkerToken();
  for (let call = 0; call < 100; call++) await manager.getWorkerToken();
  clock.advance(1_000);
  await manager.getWorkerToken();
  expect(logger.lines).toEqual([
    'info: Fetching new token (0 s left)',
    'info: Using cached token (3600 s left)',
    'info: Using cached token (3599 s left)',
  ]);
});
