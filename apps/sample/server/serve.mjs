/** `node server/serve.mjs [--port N]`: serves the built sample app with the local PingOne, or in server mode with the real one (PINGONE_MODE=live). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServer } from '@worker-token/legacy-app/server';
import { DEMO } from '@worker-token/pingone-simulator';
import { ServerEnvironmentError } from '@worker-token/server';
import { startLiveServer } from './start-live-server.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  stopWith(`--port takes a number from 0 to 65535, not "${values.port}"`);
const mode = process.env.PINGONE_MODE ?? 'simulator';
if (!['simulator', 'live'].includes(mode)) stopWith(`PINGONE_MODE is "simulator" or "live", not "${mode}"`);
const dist = fileURLToPath(new URL('../dist', import.meta.url));
if (!existsSync(dist)) stopWith('There is no dist folder: build the app first (npm run build).');

const server =
  mode === 'live' ? await startLiveServer({ dist, port }).catch(explain) : await startServer({ dist, port });
console.log(`
  The sample app runs at  ${server.url}
${port && !server.url.endsWith(`:${port}`) ? `  (port ${port} is taken)\n` : ''}`);
console.log(mode === 'live' ? liveText(server.worker) : simulatorText());
console.log('  Stop with Ctrl+C.');

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}

function liveText({ environmentId, clientId, region }) {
  return `  It talks to the real PingOne, through this server, which keeps the client secret to itself:

    Environment ID   ${environmentId}
    Client ID        ${clientId}
    Region           ${region}
`;
}

function simulatorText() {
  return `  It talks to a PingOne simulated in this process. On the first page, Worker Token Flow, enter

    Environment ID   ${DEMO.environmentId}
    Client ID        ${DEMO.clientId}
    Client secret    ${DEMO.clientSecret}   (made up, for this simulator only)

  save, request a token, then open User Profile and look up  ${DEMO.username}
`;
}

function explain(error) {
  if (!(error instanceof ServerEnvironmentError)) throw error;
  return stopWith(`${error.message}
In live mode the worker app comes from environment variables: PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET, and PINGONE_REGION
(NA, CA, EU, AU, SG or AP; default NA). Set them and start again, or leave PINGONE_MODE out for the simulated PingOne.`);
}

function stopWith(message) {
  console.error(message);
  process.exit(2);
}
