/**
 * Starts the app in server mode: the worker app comes from environment variables, and is kept in the memory of this process and nowhere
 * else. The command line, and the end-to-end suite in its own process, use it. Server code.
 */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { listen } from '@worker-token/legacy-app/server/listen';
import { createWorkerTokenManager } from '@worker-token/manager';
import { credentialsFromEnvironment } from '@worker-token/server';
import { createCredentialStorage, memoryTier } from '@worker-token/storage';
import { createLiveApp } from './live-app.mjs';

/**
 * @param {object} options
 * @param {string} options.dist Absolute folder of the built pages.
 * @param {number} [options.port] Default 0: any free port.
 * @param {Readonly<Record<string, string | undefined>>} [options.env] Default: that of the process.
 * @param {import('@worker-token/server').RegionAddresses} [options.apiHosts] In place of PingOne's, for tests.
 * @throws ServerEnvironmentError when a variable is missing or cannot be.
 */
export async function startLiveServer({ dist, port = 0, env = process.env, apiHosts = {} }) {
  const worker = credentialsFromEnvironment(env);
  const manager = createWorkerTokenManager({
    storage: createCredentialStorage({ tiers: [memoryTier()] }),
    allowedTokenHosts: hostsOf([worker.tokenEndpoint, worker.authHost && `https://${worker.authHost}`]),
    allowedApiHosts: hostsOf(Object.values(apiHosts)),
  });
  await manager.saveCredentials(worker);
  const server = createServer();
  const url = await listen(server, port);
  const origins = [url, url.replace('127.0.0.1', 'localhost')];
  server.on('request', getRequestListener(createLiveApp({ dist, manager, worker, origins, apiHosts }).fetch));
  return { url, worker, close: () => stop(server, manager) };
}

const hostsOf = (addresses) => addresses.filter(Boolean).map((address) => new URL(address).host);

async function stop(server, manager) {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
  manager.dispose();
}
