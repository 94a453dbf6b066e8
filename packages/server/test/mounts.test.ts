/** The same route in everything that it mounts in: Node http, Hono, Express, Fastify, and a handler of the Fetch API as Next has them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  connect,
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { createAdaptorServer } from '@hono/node-server';
import { DEMO } from '@worker-token/pingone-simulator';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { toNodeListener } from '../src/node-listener.js';
import { createClientCredentialsRoute } from '../src/client-credentials-route.js';
import { createWorkerTokenProxy } from '../src/worker-token-proxy.js';
import type { RouteHandler } from '../src/types.js';
import { atTheEnd, byCookie, listening, managerOf, pingOne, raw } from './serve.js';

interface Routes {
  legacy: RouteHandler;
  proxy: RouteHandler;
}

const E = DEMO.environmentId;
const MOUNTS: [string, (routes: Routes) => Promise<string>][] = [
  [
    'Node http',
    ({ legacy, proxy }) => {
      const [token, api] = [toNodeListener(legacy), toNodeListener(proxy)];
      return listening(createServer((req, res) => (req.url === '/api/client-credentials' ? token : api)(req, res)));
    },
  ],
  [
    'Hono',
    ({ legacy, proxy }) => {
      const app = new Hono();
      app.all('/api/client-credentials', ({ req }) => legacy(req.raw));
      app.all('/api/pingone/*', ({ req }) => proxy(req.raw));
      return listening(
        createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as ReturnType<typeof createServer>,
      );
    },
  ],
  [
    'Express',
    ({ legacy, proxy }) => {
      const app = express();
      app.all('/api/client-credentials', toNodeListener(legacy));
      app.use('/api/pingone', toNodeListener(proxy));
      return listening(createServer(app));
    },
  ],
  [
    'Express, with a parser before it',
    ({ legacy, proxy }) => {
      const app = express();
      app.use(express.json(), express.urlencoded({ extended: false }), express.text());
      app.all('/api/client-credentials', toNodeListener(legacy));
      app.use('/api/pingone', toNodeListener(proxy));
      return listening(createServer(app));
    },
  ],
  [
    'Fastify',
    async ({ legacy, proxy }) => {
      const app = fastify();
      await app.register((scope, _, done) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
        const mount = (path: string, route: RouteHandler) => {
          const listener = toNodeListener(route);
          scope.all(path, (request, reply) => {
            reply.hijack();
            listener(request.raw, reply.raw);
          });
        };
        mount('/api/client-credentials', legacy);
        mount('/api/pingone/*', proxy);
        done();
      });
      atTheEnd(() => app.close());
      return app.listen({ host: '127.0.0.1', port: 0 });
    },
  ],
];

async function mounted(mount: (routes: Routes) => Promise<string>, timeoutMs = 10_000) {
  const pingone = await pingOne();
  const { authHosts, apiHosts } = pingone;
  const allow = [
    { method: 'GET', path: '/v1/environments/:environmentId/users' },
    { method: 'POST', path: '/v1/environments/:environmentId/activities' },
  ] as const;
  const legacy = createClientCredentialsRoute({ authorize: byCookie, authHosts, timeoutMs, maxBodyBytes: 1_000 });
  const manager = await managerOf(pingone);
  const proxy = createWorkerTokenProxy({ authorize: byCookie, allow, apiHosts, manager });
  return { ...pingone, url: await mount({ legacy, proxy }) };
}

describe.each(MOUNTS)('in %s', (_, mount) => {
  const HEADERS = { Cookie: 'session=a', 'X-Requested-With': 'worker-token', 'Content-Type': 'application/json' };
  const FLAT = { client_id: DEMO.clientId, client_secret: DEMO.clientSecret, environment_id: E };

  it('takes a body, and answers', async () => {
    const { url } = await mounted(mount);
    const init = { method: 'POST', headers: HEADERS, body: JSON.stringify(FLAT) };
    const response = await fetch(`${url}/api/client-credentials`, init);
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveProperty('grant_type', 'client_credentials');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('keeps path and query', async () => {
    const { url, simulator } = await mounted(mount);
    const response = await fetch(`${url}/api/pingone/v1/environments/${E}/users?limit=2`, { headers: HEADERS });
    expect(((await response.json()) as { size: number }).size).toBe(2);
    expect(simulator.requests.at(-1)).toMatchObject({ path: `/api/na/v1/environments/${E}/users`, query: '?limit=2' });
  });

  it('sends a body on', async () => {
    const { url, simulator } = await mounted(mount);
    const body = JSON.stringify({ filter: `recordedat ge "${new Date(0).toISOString()}"` });
    await fetch(`${url}/api/pingone/v1/environments/${E}/activities`, { method: 'POST', headers: HEADERS, body });
    expect(simulator.requests.at(-1)).toMatchObject({ method: 'POST', target: 'api' });
  });

  it('refuses what it must: nobody, another page, a form, another method, a path that climbs, too much', async () => {
    const { url, simulator } = await mounted(mount);
    const status = async (path: string, init: RequestInit) => (await fetch(url + path, init)).status;
    const post = (headers: Record<string, string>, body = JSON.stringify(FLAT)) =>
      status('/api/client-credentials', { method: 'POST', headers: { ...HEADERS, ...headers }, body });
    expect(await post({ Cookie: '' })).toBe(401);
    expect(await post({ Origin: 'https://evil.example' })).toBe(403);
    expect(await post({ 'Content-Type': 'application/x-www-form-urlencoded' }, 'client_id=x')).toBe(415);
    expect(await post({ 'Content-Type': 'text/plain' })).toBe(415);
    expect(await post({}, JSON.stringify({ x: 'x'.repeat(1_000) }))).toBe(413);
    expect(await status('/api/client-credentials', { headers: HEADERS })).toBe(405);
    const climbing = `/api/pingone/v1/environments/${E}%2f..%2f..%2forganizations/users`;
    expect(await status(climbing, { headers: HEADERS })).toBe(400);
    const line = `GET /api/pingone//evil.example/v1/environments/${E}/users HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
    const { status: other } = await raw(url, `${line}Cookie: session=a\r\nX-Requested-With: worker-token\r\n\r\n`);
    expect(other).toBeGreaterThanOrEqual(400);
    expect(simulator.requests).toEqual([]);
  });
});

// A parser in front of the route waits for the body itself, by its own rules.
describe.each(MOUNTS.filter(([name]) => !name.includes('parser')))('in %s, too', (_, mount) => {
  it('a body that never ends is answered', async () => {
    const { url } = await mounted(mount, 300);
    const head = ['POST /api/client-credentials HTTP/1.1', 'Host: 127.0.0.1', 'Cookie: session=a'];
    const slow = [...head, 'Content-Type: application/json', 'Content-Length: 90', '', '{"client_id":'].join('\r\n');
    expect((await raw(url, slow)).status).toBe(408);
  });
});

describe('in Node http2', () => {
  it('takes a body, answers, and lets go of one that never ends', async () => {
    const { authHosts } = await pingOne();
    const route = createClientCredentialsRoute({ authorize: byCookie, authHosts, maxBodyBytes: 1_000 });
    const session = connect(await listening(createHttp2Server(toNodeListener(route) as never) as never));
    atTheEnd(() => session.destroy());
    const ask = async (headers: OutgoingHttpHeaders, body: string) => {
      const path = { ':method': 'POST', ':path': '/api/client-credentials', 'content-type': 'application/json' };
      const stream = session.request({ ...path, cookie: 'session=a', ...headers });
      stream.on('error', () => {}).write(body);
      if (!('content-length' in headers)) stream.end();
      const [answer] = (await once(stream, 'response')) as [IncomingHttpHeaders & { ':status': number }];
      return answer[':status'];
    };
    expect(
      await ask({}, JSON.stringify({ environmentId: E, clientId: DEMO.clientId, clientSecret: DEMO.clientSecret })),
    ).toBe(200);
    expect(await ask({ origin: 'https://evil.example' }, '{}')).toBe(403);
    expect(await ask({ 'content-length': 5_000 }, '{')).toBe(413);
  });
});

describe('as a handler of the Fetch API, as in Next', () => {
  it('takes a Request and gives a Response', async () => {
    const { authHosts } = await pingOne();
    const POST = createClientCredentialsRoute({ authorize: () => true, authHosts });
    const response = await POST(
      new Request('https://app.example/api/client-credentials', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: 'https://app.example' },
        body: JSON.stringify({ environmentId: E, clientId: DEMO.clientId, clientSecret: DEMO.clientSecret }),
      }),
    );
    expect(response.status).toBe(200);
  });
});
