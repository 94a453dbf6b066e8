/** `node server/serve.mjs [--port N]`: serves the built sample app with the local PingOne, or with the real one (PINGONE_MODE=live). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServer } from '@worker-token/legacy-app/server';
import { DEMO } from '@worker-token/pingone-simulator';

function stopWith(message) {
  console.error(message);
  process.exit(2);
}

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  stopWith(`--port takes a number from 0 to 65535, not "${values.port}"`);
const dist = fileURLToPath(new URL('../dist', import.meta.url));
if (!existsSync(dist)) stopWith('There is no dist folder: build the app first (npm run build).');

const live = process.env.PINGONE_MODE === 'live';
const server = await startServer({ dist, port, live });
console.log(`
  The sample app runs at  ${server.url}
${port && !server.url.endsWith(`:${port}`) ? `  (port ${port} is taken)\n` : ''}`);
console.log(
  live
    ? '  It talks to the real PingOne. Enter the credentials of a worker app on the first page; this server passes them on and keeps nothing.\n'
    : `  It talks to a PingOne simulated in this process. On the first page, Worker Token Flow, enter

    Environment ID   ${DEMO.environmentId}
    Client ID        ${DEMO.clientId}
    Client secret    ${DEMO.clientSecret}   (made up, for this simulator only)

  save, request a token, then open User Profile and look up  ${DEMO.username}
`,
);
console.log('  Stop with Ctrl+C.');

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}
