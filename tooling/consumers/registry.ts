// A registry on loopback, as a company would run one: it has the packages of this repository and nothing else, and lets anybody publish.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

export interface Registry {
  url: string;
  /** Lines for an `.npmrc`: the scope comes from here, everything else from where it always comes from. */
  npmrc: string;
  close(): Promise<void>;
}

const settings = (storage: string) => ({
  storage,
  packages: { '@worker-token/*': { access: '$all', publish: '$all' } },
  max_body_size: '50mb',
  web: { enable: false },
  log: { type: 'stdout', format: 'pretty', level: 'fatal' },
});

export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const config = join(folder, 'config.yaml');
  writeFileSync(config, JSON.stringify(settings(join(folder, 'storage'))));
  const server = (await runServer(config)) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/`,
    // npm publishes nothing without a token; this registry takes any
    npmrc: `@worker-token:registry=http://${host}/\n//${host}/:_authToken=anybody\n`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
