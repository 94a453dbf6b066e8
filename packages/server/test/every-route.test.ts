/** What holds for all four routes: nobody is answered who may not ask, nobody asks too often, nothing is kept by anybody on the way. */
import { DEMO } from '@worker-token/pingone-simulator';
import { defineFlow, memoryTier } from '@worker-token/storage';
import { describe, expect, it } from 'vitest';
import { createClientCredentialsRoute } from '../src/client-credentials-route.js';
import { createCredentialRoute } from '../src/credential-route.js';
import { ServerOptionError } from '../src/errors.js';
import { createRateLimiter } from '../src/rate-limit.js';
import type { RouteHandler, RouteOptions } from '../src/types.js';
import { createWorkerTokenProxy } from '../src/worker-token-proxy.js';
import { createWorkerTokenRoute } from '../src/worker-token-route.js';
import { byCookie, managerOf, memoryLogger, pingOne, serve, type PingOne } from './serve.js';

const E = DEMO.environmentId;
const JSON_TYPE = { 'Content-Type': 'application/json' };
const USERS = `/api/pingone/v1/environments/${E}/users`;

interface Kind {
  make(pingone: PingOne, options: RouteOptions): Promise<RouteHandler>;
  path: string;
  init: Omit<RequestInit, 'headers'> & { headers: Record<string, string> };
}

const KINDS: Record<string, Kind> = {
  'the proxy': {
    async make(pingone, options) {
      const manager = await managerOf(pingone);
      const allow = [{ method: 'GET', path: '/v1/environments/:environmentId/users' }] as const;
      return createWorkerTokenProxy({ ...options, manager, allow, apiHosts: pingone.apiHosts });
    },
    path: `${USERS}?limit=1`,
    init: { headers: { 'X-Requested-With': 'worker-token' } },
  },
  'the token route': {
    make: async (pingone, options) => createWorkerTokenRoute({ ...options, manager: await managerOf(pingone) }),
    path: '/api/worker-token',
    init: { method: 'POST', headers: { 'X-Requested-With': 'worker-token', ...JSON_TYPE }, body: '{}' },
  },
  'the client-credentials route': {
    make: async ({ authHosts }, options) => createClientCredentialsRoute({ ...options, authHosts }),
    path: '/api/client-credentials',
    init: {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ environmentId: E, clientId: DEMO.clientId, clientSecret: DEMO.clientSecret }),
    },
  },
  'the credential route': {
    async make(_, options) {
      const flows = [defineFlow({ key: 'a-flow', version: 1, secretFields: ['clientSecret'] })];
      return createCredentialRoute({ ...options, flows, tier: memoryTier() });
    },
    path: '/api/credentials?prefix=flow_credentials_',
    init: { headers: { 'X-Worker-Token': '1' } },
  },
};

describe.each(Object.entries(KINDS))('%s', (_, { make, path, init }) => {
  async function started(options: Partial<RouteOptions> = {}) {
    const pingone = await pingOne();
    const route = await make(pingone, { authorize: byCookie, ...options });
    const url = await serve(route);
    const ask = (headers: Record<string, string> = {}, method = init.method ?? 'GET') =>
      fetch(url + path, { ...init, method, headers: { Cookie: 'session=a', ...init.headers, ...headers } });
    return { ...pingone, route, ask };
  }
  const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error;

  it('answers who may ask', async () => {
    const { ask } = await started();
    expect((await ask()).status).toBe(200);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['false', false],
    ['a promise of false', Promise.resolve(false)],
    ['an empty object', {}],
    ['a session that is a number', { session: 1 }],
    ['a text', 'session'],
    ['a number', 1],
  ])('answers nobody when authorize says %s', async (_, answer) => {
    const { ask, simulator } = await started({ authorize: () => answer as never });
    const response = await ask();
    expect([response.status, await errorOf(response)]).toEqual([401, 'unauthorized']);
    expect(simulator.requests).toEqual([]);
  });

  it.each<[string, () => never]>([
    [
      'throws',
      () => {
        throw new Error('canary-of-the-session-store');
      },
    ],
    ['rejects', (() => Promise.reject(new Error('canary-of-the-session-store'))) as never],
  ])('answers nobody when authorize %s, and says nothing of why', async (_, authorize) => {
    const logger = memoryLogger();
    const { ask, simulator } = await started({ authorize, logger });
    const response = await ask();
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toMatchObject([503, { error: 'temporarily_unavailable' }]);
    expect(text + logger.lines.join()).not.toContain('canary');
    expect(logger.lines).toHaveLength(1);
    expect(simulator.requests).toEqual([]);
  });

  it('answers nobody when authorize never answers', async () => {
    const { ask, simulator } = await started({ authorize: () => new Promise(() => {}), timeoutMs: 100 });
    expect((await ask()).status).toBe(503);
    expect(simulator.requests).toEqual([]);
  });

  it('is not made without authorize', async () => {
    const pingone = await pingOne();
    await expect(make(pingone, {} as RouteOptions)).rejects.toThrow(ServerOptionError);
  });

  it('lets a session ask so often, and another one all the same', async () => {
    let now = 1_000_000;
    const { ask } = await started({ rateLimit: { requests: 2, perMs: 10_000 }, clock: { now: () => now } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after'), await errorOf(refused)]).toEqual([
      429,
      '5',
      'rate_limited',
    ]);
    expect((await ask({ Cookie: 'session=b' })).status).toBe(200);
    now += 5_000;
    expect((await ask()).status).toBe(200);
  });

  it('does not count who may not ask', async () => {
    const { ask } = await started({ rateLimit: { requests: 1 } });
    for (let i = 0; i < 5; i++) await ask({ Origin: 'https://evil.example' });
    for (let i = 0; i < 5; i++) await ask({ Cookie: '' });
    expect((await ask()).status).toBe(200);
  });

  it('counts with a limiter that is shared, or one of the application’s own', async () => {
    const shared = createRateLimiter({ requests: 1 });
    const { ask } = await started({ rateLimit: shared });
    await shared.take('a');
    expect((await ask()).status).toBe(429);
    const own = await started({ rateLimit: { take: async () => ({ allowed: false, retryAfterMs: 1_500 }) } });
    expect((await own.ask()).headers.get('retry-after')).toBe('2');
  });

  it('fails closed when the limiter is out of order, without a word of why', async () => {
    const logger = memoryLogger();
    const broken = { take: () => Promise.reject(new Error('redis://user:canary@host')) };
    const { ask } = await started({ rateLimit: broken, logger });
    const response = await ask();
    expect([response.status, await errorOf(response)]).toEqual([500, 'server_error']);
    expect(logger.lines.join()).not.toContain('canary');
  });

  it('lets nobody on the way keep an answer, whatever it is', async () => {
    const { ask } = await started({ rateLimit: { requests: 1 } });
    const answers = [
      await ask({ Cookie: '' }),
      await ask({ Origin: 'https://evil.example' }),
      await ask({}, 'OPTIONS'),
      await ask(),
      await ask(),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 405, 200, 429]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.has('access-control-allow-origin')).toBe(false);
    }
  });

  it('names the methods that it takes', async () => {
    const { ask } = await started();
    expect((await ask({}, 'OPTIONS')).headers.get('allow')).toContain(init.method ?? 'GET');
  });

  it('never rejects, whatever it is given', async () => {
    const { route } = await started();
    const bodyUsed = new Request(`http://127.0.0.1${path}`, {
      ...init,
      method: init.method ?? 'GET',
      headers: { ...init.headers, Cookie: 'session=a' },
    });
    await bodyUsed.text();
    expect((await route(bodyUsed)).status).toBeLessThan(600);
    const aborted = new Request(`http://127.0.0.1${path}`, { ...init, signal: AbortSignal.abort() });
    expect((await route(aborted)).status).toBe(499);
  });
});
