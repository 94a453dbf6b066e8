/**
 * What must fail, byte by byte over real sockets: requests that mean another path, another host or another request; pages of other sites;
 * bodies that are too large or never end.
 */
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { DEMO } from '@worker-token/pingone-simulator';
import { describe, expect, it } from 'vitest';
import { createWorkerTokenManager } from '@worker-token/manager';
import { createWorkerTokenProxy, type WorkerTokenProxyOptions } from '../src/worker-token-proxy.js';
import { createWorkerTokenRoute } from '../src/worker-token-route.js';
import { atTheEnd, byCookie, listening, memoryLogger, pingOne, raw, serve } from './serve.js';

const E = DEMO.environmentId;
const USERS = `/api/pingone/v1/environments/${E}/users`;

/** A proxy in front of an API that only notes what arrives, beside a server that must never be asked. */
async function proxied(options: Partial<WorkerTokenProxyOptions> = {}) {
  const pingone = await pingOne();
  const reached: string[] = [];
  const seen: IncomingHttpHeaders[] = [];
  const api = await listening(
    createServer((request, response) => {
      reached.push(`${request.method} ${request.url}`);
      seen.push(request.headers);
      response.setHeader('content-type', 'application/json').end('{}');
    }),
  );
  const manager = createWorkerTokenManager({
    allowedTokenHosts: [pingone.host],
    allowedApiHosts: [new URL(api).host],
    logger: memoryLogger(),
  });
  await manager.saveCredentials({
    ...{ environmentId: E, clientId: DEMO.clientId, clientSecret: DEMO.clientSecret },
    tokenEndpoint: `${pingone.authHosts.NA}/${E}/as/token`,
  });
  const allow: WorkerTokenProxyOptions['allow'] = [
    { method: 'GET', path: '/v1/environments/:environmentId/users', query: ['filter', 'limit'] },
    { method: 'POST', path: '/v1/environments/:environmentId/activities' },
  ];
  const proxy = createWorkerTokenProxy({ authorize: byCookie, allow, manager, apiHosts: { NA: api }, ...options });
  return { url: await serve(proxy), reached, seen, manager };
}

const request = (line: string, headers: readonly string[] = [], body = '') =>
  [
    `${line} HTTP/1.1`,
    ...(headers.some((header) => /^host:/i.test(header)) ? [] : ['Host: 127.0.0.1']),
    ...['Cookie: session=a', 'X-Requested-With: worker-token', ...headers],
    '',
    body,
  ].join('\r\n');

describe('paths', () => {
  it.each([
    ['climbs out of the mount', `/api/pingone/../secret`],
    ['climbs within PingOne', `/api/pingone/v1/environments/${E}/../../organizations`],
    ['climbs with encoded dots', `/api/pingone/v1/environments/${E}/%2e%2e/%2e%2e/organizations`],
    ['climbs with dots encoded twice', `/api/pingone/v1/environments/%252e%252e/users`],
    ['climbs with an encoded slash', `/api/pingone/v1/environments/${E}%2f..%2f..%2forganizations/users`],
    ['climbs with a backslash', `/api/pingone/v1/environments/${E}\\..\\..\\organizations`],
    ['climbs with an encoded backslash', `/api/pingone/v1/environments/${E}%5c..%5cusers/users`],
    ['names another host', `//evil.example/v1/environments/${E}/users`],
    ['names another host below the mount', `/api/pingone//evil.example/v1/environments/${E}/users`],
    ['names another host with backslashes', `/api/pingone/\\\\evil.example/users`],
    ['holds an address', `/api/pingone/http://evil.example/users`],
    ['holds an encoded address', `/api/pingone/http%3A%2F%2Fevil.example/users`],
    ['holds a user and a host', `/api/pingone/@evil.example/users`],
    ['holds a port', `/api/pingone:8080/v1/environments/${E}/users`],
    ['ends in a slash', `${USERS}/`],
    ['has a parameter in it', `${USERS};a=b`],
    ['has an encoded NUL', `${USERS}%00`],
    ['has an encoded line end', `${USERS}%0d%0aX-Evil:%201`],
    ['has an encoded question mark', `${USERS}%3Flimit=1`],
    ['is in other letters', USERS.toUpperCase()],
    ['is not on the list', `/api/pingone/v1/environments/${E}/populations`],
    ['has more behind one that is', `${USERS}/x`],
    ['has an empty name', `/api/pingone/v1/environments//users`],
    ['is the mount alone', `/api/pingone`],
    ['is outside of the mount', `/v1/environments/${E}/users`],
    ['has a sister of the mount', `/api/pingone-evil/v1/environments/${E}/users`],
    ['is too long', `/api/pingone/${'a'.repeat(20_000)}`],
  ])('one that %s reaches nothing', async (_, target) => {
    const { url, reached } = await proxied();
    const { status } = await raw(url, request(`GET ${target}`));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(reached).toEqual([]);
  });

  it('one that is written with dots, but means an allowed one, is that one', async () => {
    const { url, reached } = await proxied();
    expect((await raw(url, request(`GET /api/pingone/v1/x/../environments/${E}/users`))).status).toBe(200);
    expect(reached).toEqual([`GET /v1/environments/${E}/users`]);
  });

  it.each([
    ['a token', 'access_token=x'],
    ['a secret', 'client_secret=x'],
    ['a token in other letters', 'Access%5FToken=x'],
    ['a parameter that is not on the list', 'expand=all'],
  ])('a query with %s reaches nothing', async (_, query) => {
    const { url, reached } = await proxied();
    expect((await raw(url, request(`GET ${USERS}?${query}`))).status).toBe(400);
    expect(reached).toEqual([]);
  });

  it('a query passes as it is, and changes no path', async () => {
    const { url, reached } = await proxied();
    await raw(url, request(`GET ${USERS}?filter=a%2F..%2F..%2Fb%20eq%20%22x%22&limit=1`));
    expect(reached).toEqual([`GET /v1/environments/${E}/users?filter=a%2F..%2F..%2Fb%20eq%20%22x%22&limit=1`]);
  });
});

describe('targets and methods', () => {
  it.each([
    ['an absolute address', `GET http://evil.example${USERS}`],
    ['an absolute address of this host', `GET http://127.0.0.1${USERS}`],
    ['an asterisk', 'OPTIONS *'],
  ])('%s is no request for a route', async (_, line) => {
    const { url, reached } = await proxied();
    expect((await raw(url, request(line))).status).toBe(400);
    expect(reached).toEqual([]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'get'])(
    '%s reaches nothing where GET alone is allowed',
    async (method) => {
      const { url, reached } = await proxied();
      expect((await raw(url, request(`${method} ${USERS}`, ['Content-Length: 0']))).status).toBeGreaterThanOrEqual(400);
      expect(reached).toEqual([]);
    },
  );

  it('a header or parameter that names another method changes nothing', async () => {
    const { url, reached } = await proxied();
    await raw(url, request(`GET ${USERS}`, ['X-HTTP-Method-Override: DELETE']));
    expect(reached).toEqual([`GET /v1/environments/${E}/users`]);
  });
});

describe('requests that two readers could read differently', () => {
  it.each([
    ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['two lengths', ['Content-Length: 0', 'Content-Length: 5'], ''],
    ['a length that is none', ['Content-Length: +1'], 'x'],
    ['chunks under another name', ['Transfer-Encoding: xchunked'], ''],
    ['a blank before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a folded header', ['X-A: 1\r\n Transfer-Encoding: chunked'], ''],
    ['a bare line end', ['X-A: 1\nX-B: 2'], ''],
    ['a NUL', ['X-A: \u0000'], ''],
    ['two hosts', ['Host: 127.0.0.1', 'Host: evil.example'], ''],
    ['a host with a path', ['Host: 127.0.0.1/evil'], ''],
    ['a host with a user', ['Host: a@evil.example'], ''],
    ['the header twice', ['X-Requested-With: worker-token'], ''],
  ])('%s: refused', async (_, headers, body) => {
    const { url, reached } = await proxied();
    const line = /length|chunk/i.test(headers.join())
      ? `POST /api/pingone/v1/environments/${E}/activities`
      : `GET ${USERS}`;
    const { status } = await raw(url, request(line, headers, body));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(reached).toEqual([]);
  });

  it('no host: refused', async () => {
    const { url } = await proxied();
    expect((await raw(url, `GET ${USERS} HTTP/1.1\r\nCookie: session=a\r\n\r\n`)).status).toBe(400);
    expect((await raw(url, `GET ${USERS} HTTP/1.0\r\nCookie: session=a\r\n\r\n`)).status).toBe(400);
  });
});

describe('headers', () => {
  it('of the connection, of other proxies, and those named as such end here', async () => {
    const { url, seen } = await proxied();
    const sent = [
      ...['Connection: close, X-Custom', 'X-Custom: 1', 'Keep-Alive: timeout=99', 'TE: trailers', 'Trailer: X-T'],
      ...[
        'Upgrade: h2c',
        'HTTP2-Settings: AAMAAABk',
        'Proxy-Authorization: Basic eA==',
        'Proxy-Connection: x',
        'Via: 1.1 evil',
      ],
      ...['Forwarded: for=1', 'X-Forwarded-For: 1', 'X-Real-IP: 1', 'X-Original-URL: /admin', 'X-Rewrite-URL: /admin'],
      ...['Authorization: Bearer mine', 'Accept-Language: de', 'Range: bytes=0-1'],
    ];
    expect((await raw(url, request(`GET ${USERS}`, sent))).status).toBe(200);
    const [headers = {}] = seen;
    const own = [
      'accept',
      'accept-encoding',
      'accept-language',
      'authorization',
      'connection',
      'host',
      'sec-fetch-mode',
      'user-agent',
    ];
    expect(Object.keys(headers).filter((name) => !own.includes(name))).toEqual([]);
    expect(headers['connection']).toBe('keep-alive');
    expect(headers['accept-language']).toBe('*');
    expect(headers.authorization).toMatch(/^Bearer eyJ/);
  });
});

describe('pages of other sites', () => {
  it.each([
    ['another origin', ['Origin: https://evil.example']],
    ['a sandbox', ['Origin: null']],
    ['another port', ['Origin: http://127.0.0.1:1']],
    ['an origin that starts alike', ['Origin: http://127.0.0.1.evil.example']],
    ['two origins', ['Origin: http://127.0.0.1', 'Origin: https://evil.example']],
    ['another site, without an origin', ['Sec-Fetch-Site: cross-site']],
    ['a sister site, without an origin', ['Sec-Fetch-Site: same-site']],
  ])('%s: 403, and nothing is asked', async (_, headers) => {
    const { url, reached } = await proxied();
    expect((await raw(url, request(`GET ${USERS}`, headers))).status).toBe(403);
    expect(reached).toEqual([]);
  });

  it.each([
    ['its own origin', ['Origin: http://127.0.0.1']],
    ['its own origin by TLS, ended by a proxy in front', ['Origin: https://127.0.0.1']],
    ['its own site', ['Sec-Fetch-Site: same-origin']],
    ['no browser at all', []],
  ])('%s: answered', async (_, headers) => {
    const { url } = await proxied();
    expect((await raw(url, request(`GET ${USERS}`, headers))).status).toBe(200);
  });

  it('named origins are the only ones, and the host says nothing any more', async () => {
    const { url } = await proxied({ origins: ['https://app.example'] });
    const statuses = ['https://app.example', 'http://app.example', 'http://127.0.0.1'].map(
      async (origin) => (await raw(url, request(`GET ${USERS}`, [`Origin: ${origin}`]))).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 403, 403]);
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'a form of another site (%s) gets no token',
    async (type) => {
      const { manager } = await proxied();
      const url = await serve(createWorkerTokenRoute({ authorize: byCookie, manager }));
      const head = [
        'POST / HTTP/1.1',
        'Host: 127.0.0.1',
        'Cookie: session=a',
        `Content-Type: ${type}`,
        'Content-Length: 2',
      ];
      for (const origin of ['https://evil.example', 'null']) {
        expect((await raw(url, [...head, `Origin: ${origin}`, '', '{}'].join('\r\n'))).status).toBe(403);
      }
      // The same from a browser that says nothing of where it comes from: the header is missing.
      const { status, text } = await raw(url, [...head, '', '{}'].join('\r\n'));
      expect(status).toBe(403);
      expect(text).not.toContain('access_token');
    },
  );

  it('the header with another value is no header', async () => {
    const { url, reached } = await proxied();
    const line = `GET ${USERS} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: session=a\r\n`;
    expect((await raw(url, `${line}X-Requested-With: XMLHttpRequest\r\n\r\n`)).status).toBe(403);
    expect((await raw(url, `${line}\r\n`)).status).toBe(403);
    expect(reached).toEqual([]);
  });

  it('a preflight is given no permission', async () => {
    const { url } = await proxied();
    const { status, text } = await raw(url, request(`OPTIONS ${USERS}`, ['Origin: https://evil.example']));
    expect(status).toBe(405);
    expect(text).not.toMatch(/access-control/i);
  });
});

describe('bodies', () => {
  const post = (headers: readonly string[], body = '') =>
    request(`POST /api/pingone/v1/environments/${E}/activities`, ['Content-Type: application/json', ...headers], body);

  it('one that says it is too large is refused unread', async () => {
    const { url, reached } = await proxied({ maxBodyBytes: 100 });
    expect((await raw(url, post(['Content-Length: 101'], '{'))).status).toBe(413);
    expect(reached).toEqual([]);
  });

  it('one that turns out to be too large is refused at that byte', async () => {
    const { url, reached } = await proxied({ maxBodyBytes: 100 });
    const chunk = `40\r\n${'x'.repeat(64)}\r\n`;
    expect((await raw(url, post(['Transfer-Encoding: chunked'], chunk.repeat(3)))).status).toBe(413);
    expect(reached).toEqual([]);
  });

  it('one of exactly the limit passes', async () => {
    const { url, reached } = await proxied({ maxBodyBytes: 100 });
    const body = JSON.stringify({ filter: 'x'.repeat(100 - '{"filter":""}'.length) });
    expect((await raw(url, post(['Content-Length: 100'], body))).status).toBe(200);
    expect(reached).toHaveLength(1);
  });

  it('one that never ends is refused when the time is over, and the connection is closed', async () => {
    const { url, reached } = await proxied({ timeoutMs: 200 });
    expect((await raw(url, post(['Content-Length: 50'], '{'))).status).toBe(408);
    expect(reached).toEqual([]);
  });

  it('one that breaks off reaches nothing', async () => {
    const { url, reached } = await proxied();
    const gone = new AbortController();
    const broken = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
      pull: () => gone.abort(),
    });
    const headers = { 'X-Requested-With': 'worker-token', Cookie: 'session=a', 'Content-Type': 'application/json' };
    const init = { method: 'POST', headers, body: broken, duplex: 'half', signal: gone.signal } as RequestInit;
    await fetch(`${url}/api/pingone/v1/environments/${E}/activities`, init).catch(() => {});
    expect(reached).toEqual([]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    '%j is no JSON: 415',
    async (type) => {
      const { url, reached } = await proxied();
      const line = `POST /api/pingone/v1/environments/${E}/activities`;
      expect((await raw(url, request(line, [`Content-Type: ${type}`, 'Content-Length: 2'], '{}'))).status).toBe(415);
      expect(reached).toEqual([]);
    },
  );

  it('one that was refused does not hold up the next request on the connection', async () => {
    const { url } = await proxied({ maxBodyBytes: 10 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    atTheEnd(() => agent.destroy());
    const ask = async (body: string, headers: Record<string, string> = {}) => {
      const own = { Cookie: 'session=a', 'X-Requested-With': 'worker-token', 'Content-Type': 'application/json' };
      const path = `/api/pingone/v1/environments/${E}/activities`;
      const sent = httpRequest(url + path, { agent, method: 'POST', headers: { ...own, ...headers } });
      sent.on('error', () => {});
      sent.end(body);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      await once(answer, 'end');
      return answer.statusCode;
    };
    const large = 'x'.repeat(300_000);
    expect(await ask(large, { 'Transfer-Encoding': 'chunked' })).toBe(413);
    expect(await ask(large)).toBe(413);
    expect(await ask(large, { Cookie: '' })).toBe(401);
    expect(await ask('{}')).toBe(200);
  });

  it('is let go of after the answer, when its sender goes on and on', async () => {
    const { manager } = await proxied();
    const url = await serve(createWorkerTokenRoute({ authorize: byCookie, manager, maxBodyBytes: 10 }));
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    atTheEnd(() => socket.destroy());
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1'))).on('error', () => {});
    socket.write(request('POST /', ['Content-Type: application/json', 'Content-Length: 1000000'], '{'));
    // The server ends it, not the sender, who has most of it still to send.
    await once(socket, 'close');
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
  });
});
