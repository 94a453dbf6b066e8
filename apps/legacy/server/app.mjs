/** The one origin: token route, pass-through, the simulator's own addresses, pages. It only joins them. Server code. */
import { Hono } from 'hono';
import { clientCredentials } from './client-credentials.mjs';
import { pingOnePassThrough } from './pingone-pass-through.mjs';
import { sameOrigin } from './same-origin.mjs';

/**
 * @param {object} parts
 * @param {import('./upstream.mjs').Upstream} parts.upstream
 * @param {import('@worker-token/pingone-simulator').PingOneSimulator | undefined} parts.simulator
 * @param {Hono | undefined} parts.pages Undefined where something else serves them.
 */
export function createApp({ upstream, simulator, pages }) {
  const app = new Hono();
  app.use('/api/*', sameOrigin);
  app.route('/api/client-credentials', clientCredentials(upstream));
  app.route('/api/pingone', pingOnePassThrough(upstream));
  if (simulator) {
    const simulate = (context) => simulator.handler(context.req.raw, context.env);
    for (const path of ['/auth/*', '/api/:region/v1/*', '/__simulator/*']) app.all(path, simulate);
  }
  app.all('/api/*', (context) => context.json({ error: 'not_found' }, 404));
  if (pages) app.route('/', pages);
  return app;
}
