/** The token route over real sockets: what it gives, to whom, and what it says when it has nothing. */
import { createWorkerTokenManager, serverTokenSource, WorkerTokenError } from '@worker-token/manager';
import { DEMO } from '@worker-token/pingone-simulator';
import { describe, expect, it } from 'vitest';
import { atTheEnd, byCookie, managerOf, memoryLogger, pingOne, serve } from '../test/serve.js';
import { ServerOptionError } from './errors.js';
import { createWorkerTokenRoute, type TokenGivingManager, type WorkerTokenRouteOptions } from './worker-token-route.js';

const HEADERS = { 'X-Requested-With': 'worker-token', 'Content-Type': 'application/json', Cookie: 'session=a' };
const ask = (url: string, init: RequestInit = {}) =>
  fetch(url, { method: 'POST', headers: HEADERS, body: '{}', ...init });

async function started(options: Partial<WorkerTokenRouteOptions> = {}) {
  const pingone = await pingOne();
  const manager = options.manager ?? (await managerOf(pingone));
  const url = await serve(createWorkerTokenRoute({ authorize: byCookie, ...options, manager }));
  return { ...pingone, manager, route: url };
}

/** A manager that has a token, or throws. */
function fixedManager(answer: () => string): TokenGivingManager {
  return {
    loadCredentials: async () => null,
    getWorkerToken: async () => answer(),
    getStatus: async () => ({ tokenExpiresIn: 77 }) as never,
    peekToken: () => 'fixed',
  };
}

describe('the token route', () => {
  it('gives an authorised page a token of the server, and the seconds that are left', async () => {
    const { route, simulator } = await started();
    const response = await ask(route);
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^eyJ/),
      token_type: 'Bearer',
      expires_in: expect.any(Number),
    });
    expect(body['expires_in']).toBeGreaterThan(3_500);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(simulator.tokenRequests()).toBe(1);
  });

  it('compares the origin with the host that the browser named, whatever host a framework writes into the URL', async () => {
    const route = createWorkerTokenRoute({ authorize: () => true, manager: fixedManager(() => 'fixed') });
    const from = (Origin: string, headers: Record<string, string> = {}) =>
      route(
        new Request('http://localhost:3000/', {
          method: 'POST',
          headers: { ...HEADERS, ...headers, Origin },
          body: '{}',
        }),
      );
    expect((await from('https://app.example', { Host: 'App.example' })).status).toBe(200);
    expect((await from('http://localhost:3000', { Host: 'app.example' })).status).toBe(403);
    expect((await from('http://localhost:3000')).status).toBe(200);
  });

  it('is what serverTokenSource() speaks', async () => {
    const { route, simulator } = await started();
    const withSession: typeof fetch = (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), Cookie: 'session=a' } });
    const page = createWorkerTokenManager({
      tokenSource: serverTokenSource(route),
      fetch: withSession,
      logger: memoryLogger(),
    });
    atTheEnd(() => page.dispose());
    const first = await page.getWorkerToken();
    expect((await page.getStatus()).hasCredentials).toBe('server');
    expect(await page.refreshToken()).not.toBe(first);
    expect(simulator.tokenRequests()).toBe(2);
  });

  it('gives every page the same token, got once', async () => {
    const { route, simulator } = await started();
    const bodies = await Promise.all(Array.from({ length: 20 }, async () => (await ask(route)).text()));
    expect(new Set(bodies.map((body) => (JSON.parse(body) as { access_token: string }).access_token)).size).toBe(1);
    expect(simulator.tokenRequests()).toBe(1);
  });

  it('takes an empty body for {}', async () => {
    const { route } = await started();
    expect((await fetch(route, { method: 'POST', headers: HEADERS })).status).toBe(200);
  });

  it('gets another one when a page insists, but not more often than the floor lets it', async () => {
    let now = 1_000_000;
    const { route, simulator } = await started({ clock: { now: () => now } });
    const force = () => ask(route, { body: '{"forceRefresh":true}' });
    await ask(route);
    await Promise.all([force(), force(), force()]);
    expect(simulator.tokenRequests()).toBe(2);
    now += 4_999;
    await force();
    expect(simulator.tokenRequests()).toBe(2);
    now += 1;
    await force();
    expect(simulator.tokenRequests()).toBe(3);
  });

  it.each([
    ['a list', '[]'],
    ['text', '"x"'],
    ['null', 'null'],
    ['no JSON', '{'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe])],
  ])('answers 400 to %s', async (_, body) => {
    const { route, simulator } = await started();
    const response = await ask(route, { body });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, 'invalid_request']);
    expect(simulator.tokenRequests()).toBe(0);
  });

  it.each([
    ['not-configured', 503, 'not_configured'],
    ['invalid-credentials', 503, 'not_configured'],
    ['storage', 503, 'temporarily_unavailable'],
    ['aborted', 503, 'temporarily_unavailable'],
    ['timeout', 503, 'temporarily_unavailable'],
    ['rate-limited', 429, 'rate_limited'],
    ['cors-or-network', 502, 'bad_gateway'],
    ['server', 502, 'bad_gateway'],
    ['malformed-response', 502, 'bad_gateway'],
    ['invalid-client', 502, 'bad_gateway'],
    ['unauthorized-client', 502, 'bad_gateway'],
    ['invalid-request', 502, 'bad_gateway'],
    ['environment-not-found', 502, 'bad_gateway'],
  ] as const)('answers %s of the manager with %i, never as if the page were at fault', async (kind, status, error) => {
    const manager = fixedManager(() => {
      throw new WorkerTokenError(kind, 'Something.', { correlationId: 'abc-12345', retryAfterMs: 1_500 });
    });
    const { route } = await started({ manager });
    const response = await ask(route);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      error,
      error_description: expect.any(String),
      correlation_id: 'abc-12345',
    });
    expect(response.headers.get('retry-after')).toBe('2');
  });

  it('says 502 with the correlation id when PingOne refuses the server’s secret, and tells the log', async () => {
    const pingone = await pingOne();
    const logger = memoryLogger();
    const manager = await managerOf(pingone, 'wrong-secret-canary');
    const route = await serve(createWorkerTokenRoute({ authorize: byCookie, manager, logger }));
    const response = await ask(route);
    const text = await response.text();
    expect(response.status).toBe(502);
    expect(JSON.parse(text)).toMatchObject({
      error: 'bad_gateway',
      correlation_id: expect.stringMatching(/^[\w-]{8,}$/),
    });
    expect(logger.lines.join()).toContain('invalid-client');
    expect(text + logger.lines.join()).not.toContain('wrong-secret-canary');
  });

  it('says 503 rather than the life of another token, when it is replaced while one looks', async () => {
    const { route } = await started({ manager: fixedManager(() => 'replaced-each-time') });
    expect((await ask(route)).status).toBe(503);
  });

  it.each<[string, object]>([
    ['no authorize', { manager: fixedManager(() => 'fixed') }],
    ['no manager', { authorize: () => true }],
    ['an authorize that is no function', { authorize: 'yes', manager: fixedManager(() => 'fixed') }],
    [
      'an origin with a path',
      { authorize: () => true, manager: fixedManager(() => 'fixed'), origins: ['https://a.example/'] },
    ],
    ['no time at all', { authorize: () => true, manager: fixedManager(() => 'fixed'), timeoutMs: 0 }],
    ['a rate of none', { authorize: () => true, manager: fixedManager(() => 'fixed'), rateLimit: { requests: 0 } }],
  ])('is not made with %s', (_, options) => {
    expect(() => createWorkerTokenRoute(options as never)).toThrow(ServerOptionError);
  });

  it('never has the secret in an answer', async () => {
    const { route } = await started();
    expect(await (await ask(route)).text()).not.toContain(DEMO.clientSecret);
  });
});
