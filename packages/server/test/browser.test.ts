/**
 * A real browser with a session: a page of the application gets what it may; a page of another port on the same machine - same site, so that
 * every cookie goes along - gets nothing, and nobody is asked on its behalf.
 */
import { createServer, type ServerResponse } from 'node:http';
import { DEMO } from '@worker-token/pingone-simulator';
import { defineFlow, memoryTier } from '@worker-token/storage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../../e2e/src/browser.js';
import { createClientCredentialsRoute } from '../src/client-credentials-route.js';
import { createCredentialRoute } from '../src/credential-route.js';
import { toNodeListener } from '../src/node-listener.js';
import { createWorkerTokenProxy } from '../src/worker-token-proxy.js';
import { createWorkerTokenRoute } from '../src/worker-token-route.js';
import { atTheEnd, byCookie, listening, managerOf, pingOne } from './serve.js';

const USERS = `/api/pingone/v1/environments/${DEMO.environmentId}/users?limit=1`;
const LEGACY = JSON.stringify({
  environmentId: DEMO.environmentId,
  clientId: DEMO.clientId,
  clientSecret: DEMO.clientSecret,
});
const PATHS = [USERS, '/api/worker-token', '/api/client-credentials', '/api/credentials/flow_credentials_a-flow'];

let browser: Awaited<ReturnType<typeof launchBrowser>>;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());

function html(response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>A page</title>');
}

/** An application and its routes, a foreign page, and a browser that is logged in. */
async function started() {
  const pingone = await pingOne();
  const manager = await managerOf(pingone);
  const { authHosts, apiHosts } = pingone;
  const allow = [{ method: 'GET', path: '/v1/environments/:environmentId/users' }] as const;
  const flows = [defineFlow({ key: 'a-flow', version: 1, secretFields: [] })];
  const routes = [
    createWorkerTokenProxy({ authorize: byCookie, manager, allow, apiHosts }),
    createWorkerTokenRoute({ authorize: byCookie, manager }),
    createClientCredentialsRoute({ authorize: byCookie, authHosts }),
    createCredentialRoute({ authorize: byCookie, flows, tier: memoryTier() }),
  ].map(toNodeListener);
  const answered: { method: string; path: string; status: number; cookie: boolean }[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    const route = routes[PATHS.findIndex((own) => path.split('?')[0] === own.split('?')[0])];
    if (!route) return html(outgoing.setHeader('Set-Cookie', 'session=a; HttpOnly; SameSite=Strict'));
    const cookie = (incoming.headers.cookie ?? '').includes('session=a');
    outgoing.once('finish', () =>
      answered.push({ method: incoming.method ?? '', path, status: outgoing.statusCode, cookie }),
    );
    route(incoming, outgoing);
  });
  const app = await listening(server);
  const foreign = await listening(createServer((_, response) => html(response)));
  const context = await browser.newContext();
  atTheEnd(() => context.close());
  const page = await context.newPage();
  await page.goto(app);
  return { ...pingone, app, foreign, page, answered };
}

it('a page of the application gets what it may', async () => {
  const { page, answered } = await started();
  const statuses = await page.evaluate(
    async ([users, token, legacy, credentials, body]) => {
      const own = { 'X-Requested-With': 'worker-token', 'X-Worker-Token': '1', 'Content-Type': 'application/json' };
      const post = { method: 'POST', headers: own };
      const answers = [
        await fetch(users ?? '', { headers: own }),
        await fetch(token ?? '', { ...post, body: '{}' }),
        await fetch(legacy ?? '', { ...post, body: body ?? '' }),
        await fetch(credentials ?? '', { headers: own }),
      ];
      return answers.map(({ status }) => status);
    },
    [...PATHS, LEGACY],
  );
  // Nothing was kept under that key yet.
  expect(statuses).toEqual([200, 200, 200, 404]);
  expect(answered.every(({ cookie }) => cookie)).toBe(true);
});

it('a page of another origin gets nothing by fetch, with cookies or without, with the header or without', async () => {
  const { page, app, foreign, answered, simulator } = await started();
  await page.goto(foreign);
  const heard = await page.evaluate(
    async ([origin = '', body = '', ...paths]) => {
      const own = { 'X-Requested-With': 'worker-token', 'X-Worker-Token': '1', 'Content-Type': 'application/json' };
      const inits: RequestInit[] = [
        { mode: 'no-cors' },
        { mode: 'no-cors', method: 'POST', body },
        { mode: 'no-cors', method: 'POST', body: new URLSearchParams({ a: body }) },
        { mode: 'no-cors', method: 'POST', body: new Blob([body], { type: 'text/plain' }) },
        { mode: 'cors', headers: own },
        { mode: 'cors', method: 'POST', headers: own, body },
        { mode: 'cors', method: 'PUT', headers: own, body },
      ];
      const texts: string[] = [];
      for (const path of paths) {
        for (const init of inits) {
          const read = fetch(origin + path, { ...init, credentials: 'include' }).then((response) => response.text());
          texts.push(await read.catch(() => ''));
        }
        navigator.sendBeacon(origin + path, body);
      }
      return texts;
    },
    [app, LEGACY, ...PATHS],
  );
  expect(new Set(heard)).toEqual(new Set(['']));
  // Four that need no preflight, three preflights, one beacon; for each of four routes.
  await expect.poll(() => answered.length, { timeout: 20_000 }).toBe(32);
  expect(answered.some(({ cookie }) => cookie)).toBe(true);
  expect(answered.filter(({ status }) => status !== 403 && status !== 405)).toEqual([]);
  expect(simulator.requests).toEqual([]);
});

it('a page of another origin gets nothing by forms, images, scripts and frames', async () => {
  const { page, app, foreign, answered, simulator } = await started();
  await page.goto(foreign);
  await page.evaluate(
    ([origin = '', body = '', ...paths]) => {
      for (const path of paths) {
        for (const enctype of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
          const frame = document.body.appendChild(document.createElement('iframe'));
          frame.name = `${path} ${enctype}`;
          const form = document.body.appendChild(document.createElement('form'));
          Object.assign(form, { method: 'post', action: origin + path, enctype, target: frame.name });
          // As text/plain this is sent as JSON, but for one field more.
          const field = form.appendChild(document.createElement('input'));
          Object.assign(field, { name: `${body.slice(0, -1)},"x":"`, value: '"}' });
          form.submit();
        }
        document.body.appendChild(document.createElement('img')).src = origin + path;
        document.body.appendChild(document.createElement('script')).src = origin + path;
        document.body.appendChild(document.createElement('iframe')).src = origin + path;
      }
    },
    [app, LEGACY, ...PATHS],
  );
  await expect.poll(() => answered.length, { timeout: 20_000 }).toBe(24);
  expect(answered.filter(({ cookie }) => cookie).length).toBeGreaterThan(0);
  expect(answered.filter(({ status }) => status !== 403 && status !== 405)).toEqual([]);
  expect(simulator.requests).toEqual([]);
});
