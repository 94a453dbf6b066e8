/** The manager against the simulated PingOne: real HTTP, real JWTs, real faults. */
import { createPingOneSimulator, DEMO, type PingOneSimulator } from '@worker-token/pingone-simulator';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createWorkerTokenManager } from '../src/manager.js';
import type { WorkerTokenCredentialsInput } from '../src/types/credentials.js';
import type { WorkerTokenManager } from '../src/types/manager.js';
import type { WorkerTokenManagerOptions } from '../src/types/options.js';
import { testLogger } from './builder.js';

let simulator: PingOneSimulator;
let url: string;
const managers: WorkerTokenManager[] = [];

beforeAll(async () => {
  simulator = createPingOneSimulator();
  ({ url } = await simulator.listen());
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());
afterEach(() => managers.splice(0).forEach((manager) => manager.dispose()));

async function connected(credentials: WorkerTokenCredentialsInput = {}, options: WorkerTokenManagerOptions = {}) {
  const manager = createWorkerTokenManager({
    allowedTokenHosts: [new URL(url).host],
    allowedApiHosts: [new URL(url).host],
    logger: testLogger(),
    retry: { baseDelayMs: 1 },
    ...options,
  });
  managers.push(manager);
  await manager.saveCredentials({
    environmentId: DEMO.environmentId,
    clientId: DEMO.clientId,
    clientSecret: DEMO.clientSecret,
    tokenEndpoint: `${url}/auth/na/${DEMO.environmentId}/as/token`,
    ...credentials,
  });
  return manager;
}
const users = () => `${url}/api/na/v1/environments/${DEMO.environmentId}/users?limit=1`;

test.each(['client_secret_basic', 'client_secret_post'] as const)(
  'gets a token with %s and uses it',
  async (method) => {
    const manager = await connected({ tokenEndpointAuthMethod: method });
    expect(await manager.getWorkerToken()).toMatch(/^eyJ/);
    expect((await manager.getStatus()).tokenExpiresIn).toBeGreaterThan(3_590);
    expect((await manager.fetch(users())).status).toBe(200);
    expect(simulator.tokenRequests()).toBe(1);
    expect(simulator.requests.every((request) => !request.secretInUrl)).toBe(true);
  },
);

test('gets a token with client_secret_jwt', async () => {
  const strict = createPingOneSimulator({
    apps: [
      {
        clientId: DEMO.clientId,
        clientSecret: DEMO.clientSecret,
        environmentId: DEMO.environmentId,
        name: 'Signs assertions',
        method: 'client_secret_jwt',
      },
    ],
  });
  const { url: address } = await strict.listen();
  const manager = await connected(
    {
      tokenEndpointAuthMethod: 'client_secret_jwt',
      tokenEndpoint: `${address}/auth/na/${DEMO.environmentId}/as/token`,
    },
    { allowedTokenHosts: [new URL(address).host] },
  );
  expect(await manager.getWorkerToken()).toMatch(/^eyJ/);
  expect(strict.requests.at(-1)?.authentication).toBe('assertion');
  await strict.close();
});

test('503 twice, then a token: three requests', async () => {
  simulator.faults.status(503, { times: 2, target: 'token' });
  const manager = await connected();
  expect(await manager.getWorkerToken()).toMatch(/^eyJ/);
  expect(simulator.tokenRequests()).toBe(3);
});

test('a wrong secret is one request and a clear message', async () => {
  const manager = await connected({ clientSecret: 'not-the-secret' });
  for (let call = 0; call < 3; call++) {
    await expect(manager.getWorkerToken()).rejects.toMatchObject({
      kind: 'invalid-client',
      status: 401,
      oauthError: 'invalid_client',
    });
  }
  expect(simulator.tokenRequests()).toBe(1);
});

test('an unknown environment is named so', async () => {
  const other = '00000000-0000-4000-8000-000000000000';
  const manager = await connected({ environmentId: other, tokenEndpoint: `${url}/auth/na/${other}/as/token` });
  await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'environment-not-found' });
});

test.each([
  ['an HTML 502', () => simulator.faults.html502({ target: 'token' })],
  ['a dropped connection', () => simulator.faults.dropConnection({ target: 'token' })],
  ['truncated JSON', () => simulator.faults.truncateJson({ target: 'token' })],
])('%s is tried again', async (_, breakOnce) => {
  breakOnce();
  const manager = await connected();
  expect(await manager.getWorkerToken()).toMatch(/^eyJ/);
  expect(simulator.tokenRequests()).toBe(2);
});

test('429 with a long Retry-After fails at once', async () => {
  simulator.faults.rateLimit({ retryAfterSeconds: 30, target: 'token' });
  const manager = await connected();
  await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 30_000 });
  expect(simulator.tokenRequests()).toBe(1);
});

test('18. 19. tokens that the API calls invalid are replaced once, by one request for all', async () => {
  const manager = await connected();
  await manager.getWorkerToken();
  simulator.faults.expireAllTokens();
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await manager.fetch(users())).status));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(simulator.tokenRequests()).toBe(2);
});

test('403 is no reason for another token', async () => {
  const manager = await connected({ clientId: DEMO.powerlessClientId, clientSecret: DEMO.powerlessClientSecret });
  expect((await manager.fetch(users())).status).toBe(403);
  expect(simulator.tokenRequests()).toBe(1);
});

test('a server two hours ahead or behind makes no difference', async () => {
  simulator.faults.clockSkewMs = 2 * 3_600_000;
  const manager = await connected();
  await manager.getWorkerToken();
  expect(Math.abs(((await manager.getStatus()).tokenExpiresIn ?? 0) - 3_600)).toBeLessThan(5);
});

test('testCredentials() asks once and keeps nothing', async () => {
  const manager = await connected();
  expect(await manager.testCredentials()).toMatchObject({ ok: true });
  expect(await manager.testCredentials({ ...(await manager.loadCredentials()), clientSecret: 'wrong' })).toMatchObject({
    ok: false,
    error: { kind: 'invalid-client' },
  });
  expect(manager.peekToken()).toBeNull();
});
