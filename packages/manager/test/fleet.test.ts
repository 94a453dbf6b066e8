/** The contract of `Coordinator` as a fleet of processes needs it, on a fleet in memory; a real one has its suite elsewhere. */
import { afterEach, expect, test, vi } from 'vitest';
import { WorkerTokenError } from '../src/errors.js';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenManager } from '../src/types/manager.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import type { TokenSource } from '../src/types/token-source.js';
import { CREDENTIALS, deferred, testLogger, testSource } from './builder.js';
import { createFleet, type Fleet } from './fleet.js';

const processes: WorkerTokenManager[] = [];
afterEach(() => {
  for (const manager of processes.splice(0)) manager.dispose();
});

async function start(fleet: Fleet, tokenSource: TokenSource, options: WorkerTokenManagerOptions = {}) {
  const manager = createWorkerTokenManager({
    coordination: fleet.join(),
    tokenSource,
    logger: testLogger(),
    legacy: { credentials: [] },
    ...options,
  });
  processes.push(manager);
  await manager.saveCredentials(CREDENTIALS);
  return manager;
}

const startAll = (count: number, fleet: Fleet, source: TokenSource, options?: WorkerTokenManagerOptions) =>
  Promise.all(Array.from({ length: count }, () => start(fleet, source, options)));
const slow = () => testSource(() => new Promise((resolve) => setTimeout(() => resolve({}), 30)));
const loud = () => new WorkerTokenError('invalid-client', 'It answered 401.', { status: 401 });
const kindOf = (error: unknown) => (error as WorkerTokenError).kind;
const poll = { timeout: 20_000, interval: 5 };
vi.setConfig({ testTimeout: 60_000 });

test.each([false, true])(
  'eight processes with fifty callers each make one request (messages lost: %s)',
  async (deaf) => {
    const fleet = createFleet();
    fleet.deaf = deaf;
    const source = slow();
    const all = await startAll(8, fleet, source);
    const tokens = all.flatMap((manager) => Array.from({ length: 50 }, () => manager.getWorkerToken()));
    expect(new Set(await Promise.all(tokens))).toEqual(new Set(['token-1']));
    expect(source.count).toBe(1);
  },
);

test('nothing of the credentials is written down, and nobody else’s token is found', async () => {
  const fleet = createFleet();
  const source = testSource();
  const [one, other] = await startAll(2, fleet, source);
  await other?.saveCredentials({ ...CREDENTIALS, clientId: 'other' });
  expect(await one?.getWorkerToken()).toBe('token-1');
  expect(await other?.getWorkerToken()).toBe('token-2');
  expect(one?.peekToken()).toBe('token-1');
  expect(fleet.tokens.size).toBe(2);
  expect(JSON.stringify([...fleet.tokens])).not.toContain(CREDENTIALS.clientSecret);
});

test('a wrong secret is asked about once, whoever asks next is told the same', async () => {
  const fleet = createFleet();
  const source = testSource(() => Promise.reject(loud()));
  const all = await startAll(4, fleet, source);
  const outcomes = await Promise.all(all.map((manager) => manager.getWorkerToken().catch(kindOf)));
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => 'invalid-client'));
  const late = await start(fleet, source);
  const error: unknown = await late.getWorkerToken().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'invalid-client', status: 401, message: loud().message });
  expect(source.count).toBe(1);
  await expect(late.refreshToken()).rejects.toMatchObject({ kind: 'invalid-client' });
  expect(source.count).toBe(2);
});

test('a refresh of one is used by the others, without a request', async () => {
  const fleet = createFleet();
  const source = testSource();
  const [one, two] = await startAll(2, fleet, source);
  await one?.getWorkerToken();
  await vi.waitFor(() => expect(two?.peekToken()).toBe('token-1'), poll);
  await one?.refreshToken();
  await vi.waitFor(() => expect(two?.peekToken()).toBe('token-2'), poll);
  expect(source.count).toBe(2);
});

test('a rejected token is dropped only if it is still that one: the successor stays', async () => {
  const fleet = createFleet();
  fleet.deaf = true;
  const source = testSource();
  const [one, two] = await startAll(2, fleet, source);
  const old = (await one?.getWorkerToken()) ?? '';
  expect(await two?.getWorkerToken()).toBe(old);
  await one?.refreshToken();
  await two?.invalidateToken(old);
  expect(await two?.getWorkerToken()).toBe('token-2');
  expect(source.count).toBe(2);
});

test('a successor that arrives between the look and the removal stays, too', async () => {
  const fleet = createFleet();
  fleet.deaf = true;
  const source = testSource();
  const member = fleet.join();
  let between = async (): Promise<void> => {};
  const tokenSlot = (fingerprint: string) => {
    const slot = member.tokenSlot?.(fingerprint);
    if (!slot) throw new TypeError('Expected a slot.');
    const clear: typeof slot.clear = (options) => between().then(() => slot.clear(options));
    return { ...slot, clear };
  };
  const [one] = await startAll(1, fleet, source);
  const two = await start(fleet, source, { coordination: { ...member, tokenSlot } });
  const old = (await one?.getWorkerToken()) ?? '';
  expect(await two.getWorkerToken()).toBe(old);
  between = async () => {
    await one?.refreshToken();
  };
  await two.invalidateToken(old);
  expect(await two.getWorkerToken()).toBe('token-2');
  expect(source.count).toBe(2);
});

test('who stood still past the lease is refused, and uses what the others have got', async () => {
  const fleet = createFleet();
  fleet.deaf = true;
  const late = deferred<object>();
  const source = testSource((count) => (count === 1 ? late.promise : {}));
  const [stopped, next] = await startAll(2, fleet, source);
  const waiting = stopped?.getWorkerToken();
  await vi.waitFor(() => expect(source.count).toBe(1), poll);
  fleet.expireLeases();
  expect(await next?.getWorkerToken()).toBe('token-2');
  late.resolve({ access_token: 'late' });
  expect(await waiting).toBe('token-2');
  expect([...fleet.tokens.values()].map(({ token }) => token?.accessToken)).toEqual(['token-2']);
});

test('when the fleet is out of order every process fetches for itself, and recovers', async () => {
  const fleet = createFleet();
  const source = testSource();
  const all = await startAll(3, fleet, source);
  fleet.down = true;
  await Promise.all(all.map((manager) => manager.getWorkerToken()));
  expect(source.count).toBe(3);
  fleet.down = false;
  const recovered = await start(fleet, source);
  await all[0]?.refreshToken();
  expect(await recovered.getWorkerToken()).toBe(all[0]?.peekToken());
});

test('other credentials move to another slot, and hear of its changes', async () => {
  const fleet = createFleet();
  const source = testSource();
  const [one, two] = await startAll(2, fleet, source);
  const rotated = { ...CREDENTIALS, clientSecret: 'rotated' };
  await one?.saveCredentials(rotated);
  await two?.saveCredentials(rotated);
  await one?.getWorkerToken();
  await vi.waitFor(() => expect(two?.peekToken()).toBe(one?.peekToken()), poll);
  await one?.clearAll();
  await vi.waitFor(() => expect(two?.peekToken()).toBeNull(), poll);
});
