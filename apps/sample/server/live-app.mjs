/**
 * The one origin in server mode: token route, proxy, pages. It only joins them. The app has no login, so whoever opens its page gets the
 * cookie that the routes ask for; in yours, `authorize` asks for a person. Server code.
 */
import { randomUUID } from 'node:crypto';
import { createWorkerTokenProxy, createWorkerTokenRoute } from '@worker-token/server';
import { Hono } from 'hono';
import { parse } from 'hono/utils/cookie';
import { allowedRequests } from './allowed-requests.mjs';
import { livePages } from './live-pages.mjs';

const COOKIE = 'worker-console';

/**
 * @param {object} parts
 * @param {string} parts.dist
 * @param {import('@worker-token/manager').WorkerTokenManager} parts.manager
 * @param {import('@worker-token/manager').WorkerTokenCredentials} parts.worker
 * @param {readonly string[]} parts.origins Under which the pages are opened.
 * @param {import('@worker-token/server').RegionAddresses} [parts.apiHosts]
 */
export function createLiveApp({ dist, manager, worker, origins, apiHosts }) {
  const session = { cookie: COOKIE, id: randomUUID() };
  const authorize = ({ headers }) => parse(headers.get('cookie') ?? '', COOKIE)[COOKIE] === session.id;
  const shared = { manager, authorize, origins };
  const tokens = createWorkerTokenRoute(shared);
  const proxy = createWorkerTokenProxy({ ...shared, apiHosts, allow: allowedRequests(worker.environmentId) });
  const hosts = origins.map((origin) => new URL(origin).host);

  const app = new Hono();
  // a name of another site may lead to this address, too
  app.use(async (context, next) => {
    if (!hosts.includes(context.req.header('host') ?? '')) return context.text(`Open ${origins[0]}`, 421);
    await next();
  });
  app.all('/api/worker-token', (context) => tokens(context.req.raw));
  app.all('/api/pingone/*', (context) => proxy(context.req.raw));
  app.all('/api/*', (context) => context.json({ error: 'not_found' }, 404));
  app.route('/', livePages({ dist, worker, session }));
  return app;
}
