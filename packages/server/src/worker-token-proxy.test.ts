/** The proxy over real sockets, in front of the simulated management API. What must fail is in test/attacks.test.ts. */
import { createServer } from 'node:http';
import { createWorkerTokenManager } from '@worker-token/manager';
import { DEMO } from '@worker-token/pingone-simulator';
import { describe, expect, it } from 'vitest';
import { byCookie, listening, managerOf, memoryLogger, pingOne, serve } from '../test/serve.js';
import { ServerOptionError } from './errors.js';
import { createWorkerTokenProxy, type WorkerTokenProxyOptions } from './worker-token-proxy.js';

const HEADERS = { 'X-Requested-With': 'worker-token', Cookie: 'session=a' };
const USERS = `/v1/environments/${DEMO.environmentId}/users`;
const ALLOW: WorkerTokenProxyOptions['allow'] = [
  { method: 'GET', path: '/v1/environments/:environmentId/users' },
  { method: 'GET', path: '/v1/environments/:environmentId/users/:userId', query: ['include'] },
  { method: ['GET', 'POST'], path: '/v1/environments/:environmentId/activities' },
  { method: 'GET', path: /\/v1\/organizations(\/[\da-f-]{36})?/ },
  { method: 'DELETE', path: '/v1/environments/:environmentId/users/:userId/devices/:deviceId' },
];

async function started(options: Partial<WorkerTokenProxyOptions> = {}) {
  const pingone = await pingOne();
  const manager = options.manager ?? (await managerOf(pingone));
  const { apiHosts } = pingone;
  const proxy = createWorkerTokenProxy({ authorize: byCookie, allow: ALLOW, apiHosts, ...options, manager });
  const origin = await serve(proxy);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}/api/pingone${path}`, { ...init, headers: { ...HEADERS, ...(init.headers as object) } });
  return { ...pingone, origin, ask };
}

/** An API that answers what the test says; the manager still gets its token from the simulator. */
async function inFrontOf(answer: Parameters<typeof createServer>[1], options: Partial<WorkerTokenProxyOptions> = {}) {
  const pingone = await pingOne();
  const api = await listening(createServer(answer));
  const host = new URL(api).host;
  const manager = createWorkerTokenManager({
    allowedTokenHosts: [pingone.host],
    allowedApiHosts: [host],
    logger: memoryLogger(),
  });
  await manager.saveCredentials({
    ...{ environmentId: DEMO.environmentId, clientId: DEMO.clientId, clientSecret: DEMO.clientSecret },
    tokenEndpoint: `${pingone.authHosts.NA}/${DEMO.environmentId}/as/token`,
  });
  return started({ manager, apiHosts: { NA: api }, ...options });
}

const errorOf = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error];

describe('the proxy', () => {
  it('answers what PingOne answers, with a token that the page never sees', async () => {
    const { ask, simulator } = await started();
    const response = await ask(`${USERS}?limit=2`);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect((JSON.parse(text) as { size: number }).size).toBe(2);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(text).not.toContain('eyJ');
    expect(simulator.requests.at(-1)).toMatchObject({ authentication: 'bearer', secretInUrl: false });
  });

  it('leads links back to itself, so that a page can follow them', async () => {
    const { ask, origin } = await started();
    const page = (await (await ask(`${USERS}?limit=3`)).json()) as { _links: { next: { href: string } } };
    expect(page._links.next.href).toContain(`${origin}/api/pingone${USERS}?`);
    const next = await fetch(page._links.next.href, { headers: HEADERS });
    expect(next.status).toBe(200);
  });

  it('writes links under the public origin where one is given', async () => {
    const { ask } = await started({ publicOrigin: 'https://app.example' });
    const text = await (await ask(`${USERS}?limit=3`)).text();
    expect(text).toContain(`"https://app.example/api/pingone${USERS}`);
  });

  it('leaves texts alone that only look like links', async () => {
    const said = JSON.stringify({ note: '"href":"http://127.0.0.1/x"', href: 'https://elsewhere.example/v1/x' });
    const { ask } = await inFrontOf((_, response) => response.setHeader('content-type', 'application/json').end(said));
    expect(await (await ask(USERS)).text()).toBe(said);
  });

  it('leads no link back that only starts like one of PingOne', async () => {
    let said = '';
    const { ask } = await inFrontOf(({ headers }, response) => {
      const links = ['.evil.example/v1/x', '0/v1/x', '@evil.example/v1/x'].map(
        (rest) => `http://${headers.host}${rest}`,
      );
      said = JSON.stringify(links.map((href) => ({ href })));
      response.setHeader('content-type', 'application/json').end(said);
    });
    expect(await (await ask(USERS)).text()).toBe(said);
  });

  it('takes a RegExp for the whole path, whatever its flags', async () => {
    const allow = [{ method: 'GET', path: /\/v1\/organizations|\/v1\/licenses/gm }] as const;
    const { ask } = await started({ allow });
    const paths = ['/v1/organizations', '/v1/organizations', '/v1/organizations/x', '/x/v1/licenses', '/v1/licensesx'];
    const statuses = [];
    for (const path of paths) statuses.push((await ask(path)).status);
    expect(statuses).toEqual([200, 200, 404, 404, 404]);
  });

  it('passes a body of JSON on', async () => {
    const { ask } = await started();
    const response = await ask(`/v1/environments/${DEMO.environmentId}/activities`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ filter: 'recordedat ge "2020-01-01T00:00:00Z"' }),
    });
    expect([200, 400]).toContain(response.status);
    expect(await response.json()).toHaveProperty('_links');
  });

  it('passes PingOne’s own errors on', async () => {
    const { ask, simulator } = await started();
    simulator.faults.rateLimit({ target: 'api', retryAfterSeconds: 7 });
    const response = await ask(USERS);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await response.json()).toHaveProperty('code', 'REQUEST_LIMITED');
  });

  it('gets a new token once when PingOne calls the old one invalid', async () => {
    const { ask, simulator } = await started();
    await ask(USERS);
    simulator.faults.expireAllTokens();
    expect((await ask(USERS)).status).toBe(200);
    expect(simulator.tokenRequests()).toBe(2);
  });

  it('sends no header of the page but those on the list, and none of PingOne’s back', async () => {
    const seen: NodeJS.Dict<string | string[]>[] = [];
    const { ask } = await inFrontOf(
      (request, response) => {
        seen.push(request.headers);
        response.setHeader('content-type', 'application/json');
        response.setHeader('set-cookie', 'a=b').setHeader('x-internal', '1').setHeader('www-authenticate', 'Bearer');
        response.setHeader('x-ping-external-transaction-id', 't-1').setHeader('location', 'https://evil.example/');
        response.end('{}');
      },
      { forwardHeaders: ['if-match'] },
    );
    const response = await ask(USERS, {
      headers: {
        ...{
          Authorization: 'Bearer of-the-page',
          'X-Forwarded-Host': 'evil.example',
          'X-HTTP-Method-Override': 'DELETE',
        },
        ...{ 'If-Match': '"1"', 'X-Ping-External-Transaction-ID': 't-1', Referer: 'https://app.example/secret' },
      },
    });
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual(
      expect.arrayContaining(['accept', 'authorization', 'host', 'if-match', 'x-ping-external-transaction-id']),
    );
    for (const name of [
      'cookie',
      'origin',
      'referer',
      'x-forwarded-host',
      'x-http-method-override',
      'x-requested-with',
    ]) {
      expect(seen[0]).not.toHaveProperty([name]);
    }
    expect(seen[0]?.['authorization']).toMatch(/^Bearer eyJ/);
    expect(response.headers.get('x-ping-external-transaction-id')).toBe('t-1');
    for (const name of ['set-cookie', 'x-internal', 'www-authenticate', 'location']) {
      expect(response.headers.has(name)).toBe(false);
    }
  });

  it('does not follow a redirect, so that the token goes nowhere else', async () => {
    let visits = 0;
    const elsewhere = await listening(createServer((_, response) => (visits++, response.end('{}'))));
    const { ask } = await inFrontOf((_, response) => response.writeHead(302, { location: elsewhere }).end());
    const response = await ask(USERS, { redirect: 'manual' });
    expect(await errorOf(response)).toEqual([502, 'bad_gateway']);
    expect(response.headers.has('location')).toBe(false);
    expect(visits).toBe(0);
  });

  it.each<[string, Parameters<typeof createServer>[1]]>([
    ['a page of HTML', (_, response) => response.setHeader('content-type', 'text/html').end('<script>1</script>')],
    ['an answer without a type', (_, response) => response.end('{}')],
    ['a connection that breaks', (_, response) => response.destroy()],
    [
      'an answer that is cut off',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{');
        setTimeout(() => response.destroy(), 20);
      },
    ],
    [
      'more than it passes on',
      (_, response) => response.setHeader('content-type', 'application/json').end(`"${'x'.repeat(2_000)}"`),
    ],
  ])('answers 502 in place of %s', async (_, answer) => {
    const { ask } = await inFrontOf(answer, { maxAnswerBytes: 1_000 });
    expect(await errorOf(await ask(USERS))).toEqual([502, 'bad_gateway']);
  });

  it.each<[string, Parameters<typeof createServer>[1]]>([
    ['does not answer', () => {}],
    [
      'never finishes',
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
    ],
  ])('answers 504 when PingOne %s', async (_, answer) => {
    const { ask } = await inFrontOf(answer, { timeoutMs: 300 });
    expect(await errorOf(await ask(USERS))).toEqual([504, 'timeout']);
  });

  it('lets go of PingOne when the page has gone', async () => {
    const page = new AbortController();
    let letGo: Promise<unknown> | undefined;
    const { ask } = await inFrontOf((request) => {
      letGo = new Promise<void>((resolve) => request.on('error', () => {}).on('close', () => resolve()));
      page.abort();
    });
    expect(await ask(USERS, { signal: page.signal }).catch(() => 'gone')).toBe('gone');
    await letGo;
  });

  it.each(['access_token', 'accessToken', 'token', 'client_secret', 'clientSecret', 'CLIENT_ASSERTION'])(
    'lets no %s stand in an address, whatever the list says of the query',
    async (name) => {
      const { ask, simulator } = await started();
      expect(await errorOf(await ask(`/v1/organizations?${name}=x`))).toEqual([400, 'invalid_request']);
      expect(simulator.requests).toEqual([]);
    },
  );

  it('passes an empty answer on', async () => {
    const { ask } = await inFrontOf((_, response) => response.writeHead(204).end());
    const path = `/v1/environments/e/users/u/devices/d`;
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
  });

  it('says 503 before there are credentials', async () => {
    const { ask } = await started({ manager: createWorkerTokenManager({ logger: memoryLogger() }) });
    expect(await errorOf(await ask(USERS))).toEqual([503, 'not_configured']);
  });

  it('says 502 when the server’s own secret is refused, never 401', async () => {
    const pingone = await pingOne();
    const { ask } = await started({ manager: await managerOf(pingone, 'wrong') });
    expect(await errorOf(await ask(USERS))).toEqual([502, 'bad_gateway']);
  });

  it.each<[string, object]>([
    ['no list', { allow: undefined }],
    ['an empty list', { allow: [] }],
    ['a method that is none', { allow: [{ method: 'TRACE', path: '/v1/x' }] }],
    ['a relative path', { allow: [{ method: 'GET', path: 'v1/x' }] }],
    ['a path with a wildcard', { allow: [{ method: 'GET', path: '/v1/*' }] }],
    ['a path with dots', { allow: [{ method: 'GET', path: '/v1/../x' }] }],
    ['a mount that is no path', { basePath: 'https://evil.example' }],
    ['the authorisation passed on', { forwardHeaders: ['Authorization'] }],
    ['a hop-by-hop header passed on', { forwardHeaders: ['Connection'] }],
    ['a forwarding header passed on', { forwardHeaders: ['X-Forwarded-For'] }],
    ['a host in plain text', { apiHosts: { NA: 'http://api.example' } }],
    ['a host with a user', { apiHosts: { NA: 'https://u:p@api.example' } }],
    ['no manager', { manager: undefined }],
  ])('is not made with %s', async (_, options) => {
    const manager = { fetch: async () => new Response(), loadCredentials: async () => null };
    const valid = { authorize: () => true, allow: ALLOW, manager };
    expect(() => createWorkerTokenProxy({ ...valid, ...options })).toThrow(ServerOptionError);
  });
});
