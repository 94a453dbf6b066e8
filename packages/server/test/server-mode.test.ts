/**
 * The whole of it: a server with credentials from its environment, a page without any. The page knows environment and region, gets tokens and
 * asks PingOne; the secret never leaves the server.
 */
import { createServer } from 'node:http';
import { createWorkerTokenManager, serverTokenSource } from '@worker-token/manager';
import { DEMO } from '@worker-token/pingone-simulator';
import { createCredentialStorage, httpTier, memoryTier } from '@worker-token/storage';
import { expect, it } from 'vitest';
import { createCredentialRoute } from '../src/credential-route.js';
import { credentialsFromEnvironment } from '../src/environment-credentials.js';
import { toNodeListener } from '../src/node-listener.js';
import { createWorkerTokenProxy } from '../src/worker-token-proxy.js';
import { createWorkerTokenRoute } from '../src/worker-token-route.js';
import { atTheEnd, byCookie, formsOf, listening, memoryLogger, opened, pingOne } from './serve.js';

/** As a server would be written: one tier, one manager, three routes. */
async function startServer() {
  const { url, host, apiHosts, simulator } = await pingOne();
  const tier = memoryTier();
  const manager = createWorkerTokenManager({
    storage: createCredentialStorage({ tiers: [tier] }),
    allowedTokenHosts: [host],
    allowedApiHosts: [host],
    logger: memoryLogger(),
  });
  atTheEnd(() => manager.dispose());
  await manager.saveCredentials(
    credentialsFromEnvironment({
      PINGONE_ENVIRONMENT_ID: DEMO.environmentId,
      PINGONE_CLIENT_ID: DEMO.clientId,
      PINGONE_CLIENT_SECRET: DEMO.clientSecret,
      PINGONE_TOKEN_ENDPOINT: `${url}/auth/na/${DEMO.environmentId}/as/token`,
    }),
  );
  const common = { authorize: byCookie, manager };
  const token = toNodeListener(createWorkerTokenRoute(common));
  const allow = [{ method: 'GET', path: '/v1/environments/:environmentId/users' }] as const;
  const pingone = toNodeListener(createWorkerTokenProxy({ ...common, allow, apiHosts }));
  const credentials = toNodeListener(
    createCredentialRoute({ authorize: byCookie, flows: [], workerCredentials: true, tier }),
  );
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    const route = path.startsWith('/api/credentials') ? credentials : path.startsWith('/api/pingone') ? pingone : token;
    route(incoming, outgoing);
  });
  return { origin: await listening(server), simulator, manager };
}

it('a page without credentials knows where it is, gets a token and asks PingOne; it never hears the secret', async () => {
  const { origin, simulator, manager } = await startServer();
  let heard = '';
  /** The browser: its cookie, and all that it ever hears. */
  const browser: typeof fetch = async (input, init) => {
    const headers = { ...Object.fromEntries(new Headers(init?.headers)), cookie: 'session=a' };
    const response = await fetch(input, { ...init, headers });
    heard += JSON.stringify([...response.headers]) + (await response.clone().text());
    return response;
  };

  const http = httpTier(`${origin}/api/credentials`, { fetch: browser });
  const onServer = createCredentialStorage({ tiers: [memoryTier(), http] });
  const { data } = await onServer.shared.credentials.load();
  expect(data).toMatchObject({
    environmentId: DEMO.environmentId,
    clientId: DEMO.clientId,
    region: 'NA',
    clientSecret: '',
  });

  const tokenSource = serverTokenSource(`${origin}/api/worker-token`);
  const page = createWorkerTokenManager({ tokenSource, fetch: browser, logger: memoryLogger() });
  atTheEnd(() => page.dispose());
  expect(await page.getWorkerToken()).toBe(await manager.getWorkerToken());
  expect(await page.getStatus()).toMatchObject({ hasCredentials: 'server', missing: [], tokenValid: true });

  const users = `${origin}/api/pingone/v1/environments/${data?.environmentId}/users?limit=1`;
  const response = await browser(users, { headers: { 'X-Requested-With': 'worker-token' } });
  expect(((await response.json()) as { size: number }).size).toBe(1);

  expect(simulator.tokenRequests()).toBe(1);
  for (const form of formsOf(DEMO.clientSecret)) expect(opened(heard)).not.toContain(form);
});

it('a form in a page replaces the credentials of the server, and the next token is of the new ones', async () => {
  const { origin, manager, simulator } = await startServer();
  const first = await manager.getWorkerToken();
  const http = httpTier(`${origin}/api/credentials`, { headers: () => ({ cookie: 'session=a' }) });
  const form = createCredentialStorage({ tiers: [memoryTier(), http] }).shared.credentials;
  const { data } = await form.load();
  await form.save({ ...data!, clientId: DEMO.basicClientId, clientSecret: DEMO.basicClientSecret });
  const response = await fetch(`${origin}/api/worker-token`, {
    method: 'POST',
    headers: { 'X-Requested-With': 'worker-token', 'Content-Type': 'application/json', cookie: 'session=a' },
    body: '{}',
  });
  expect(((await response.json()) as { access_token: string }).access_token).not.toBe(first);
  expect(simulator.requests.filter(({ target }) => target === 'token').map(({ clientId }) => clientId)).toEqual([
    DEMO.clientId,
    DEMO.basicClientId,
  ]);
});
