/** `node server/serve.mjs [--port N] [--dev]`: serves the app with the simulator, prints the address, stops on SIGINT or SIGTERM. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { devPages } from './dev-pages.mjs';
import { startServer } from './start-server.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, dev: { type: 'boolean', default: false } },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port takes a number from 0 to 65535, not "${values.port}"`);
  process.exit(2);
}
const dist = fileURLToPath(new URL('../dist', import.meta.url));
if (!values.dev && !existsSync(dist)) {
  console.error('There is no dist folder: build the app first, or use --dev');
  process.exit(2);
}

const server = await startServer(values.dev ? { port, devPages } : { port, dist });
console.log(server.url);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}
