/** The sample app in server mode. Its PingOne is the simulator, behind a socket of its own, as the real one would be. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createPingOneSimulator, DEMO } from '@worker-token/pingone-simulator';
import type { PingOneSimulator } from '@worker-token/pingone-simulator';
import { startLiveServer } from '../../apps/sample/server/start-live-server.mjs';
import { sampleDist } from './target.js';

export interface LiveTarget {
  url: string;
  simulator: PingOneSimulator;
  close(): Promise<void>;
}

/** @throws Error when the sample app is not built. */
export async function startLiveTarget(): Promise<LiveTarget> {
  const dist = sampleDist();
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`The sample app is not built: there is no ${dist}`);
  const simulator = createPingOneSimulator();
  const pingOne = await simulator.listen();
  const server = await startLiveServer({
    dist,
    env: {
      PINGONE_ENVIRONMENT_ID: DEMO.environmentId,
      PINGONE_CLIENT_ID: DEMO.clientId,
      PINGONE_CLIENT_SECRET: DEMO.clientSecret,
      PINGONE_TOKEN_ENDPOINT: `${pingOne.url}/auth/na/${DEMO.environmentId}/as/token`,
    },
    apiHosts: { NA: `${pingOne.url}/api/na` },
  });
  return {
    url: server.url,
    simulator,
    close: async () => {
      await server.close();
      await simulator.close();
    },
  };
}
