/** Starts the app with an embedded simulator on one origin. The command line, and the end-to-end suite in its own process, use it. Server code. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createPingOneSimulator } from '@worker-token/pingone-simulator';
import { createApp } from './app.mjs';
import { listen } from './listen.mjs';
import { pages } from './pages.mjs';
import { simulatedPingOne } from './upstream.mjs';

/**
 * @param {object} options
 * @param {string} [options.dist] Absolute folder of the built pages. Without it `devPages` serve them.
 * @param {number} [options.port] Default 0: any free port.
 * @param {(server: import('node:http').Server) => Promise<{ middlewares: Function, close(): Promise<void> }>} [options.devPages]
 */
export async function startServer({ dist, port = 0, devPages }) {
  const simulator = createPingOneSimulator({ control: true });
  const app = createApp({ upstream: simulatedPingOne(simulator), simulator, pages: dist ? pages(dist) : undefined });
  const listener = getRequestListener(app.fetch);
  const server = createServer();
  const dev = devPages ? await devPages(server) : undefined;
  server.on('request', (request, response) => {
    if (dev && !/^\/(api|auth|__simulator)\//.test(request.url ?? '')) return dev.middlewares(request, response);
    return listener(request, response);
  });
  const url = await listen(server, port);
  return { url, simulator, close: () => stop(server, dev) };
}

async function stop(server, dev) {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await dev?.close();
  await closed;
}
