/** The server side of the HTTP tier's contract (docs/tiers/http.md) over a tier, on a free port of the loopback. For tests. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StorageTier, TierRecord } from '../src/types/tier.js';

export interface CredentialRoute {
  url: string;
  /** Method, path and headers of each request. */
  seen: { method: string; url: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

export async function startCredentialRoute(tier: StorageTier, override?: RequestListener): Promise<CredentialRoute> {
  const seen: CredentialRoute['seen'] = [];
  const answer = override ?? routeOver(tier);
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/credentials`,
    seen,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

function routeOver(tier: StorageTier): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const key = decodeURIComponent(pathname.slice('/credentials/'.length));
    const send = (status: number, body?: object) =>
      response.writeHead(status, { 'Cache-Control': 'no-store' }).end(body && JSON.stringify(body));
    void (async () => {
      if (request.headers['x-worker-token'] !== '1') return send(403);
      if (request.method === 'GET' && key === '') {
        const entries = (await tier.entries?.(searchParams.get('prefix') ?? '')) ?? [];
        return send(200, { records: entries.map(([name, record]) => ({ key: name, ...record })) });
      }
      if (request.method === 'GET') {
        const record = await tier.get(key);
        return record ? send(200, record) : send(404);
      }
      const { expectedRevision, ...record } = JSON.parse(await bodyOf(request)) as TierRecord & {
        expectedRevision: number | null;
      };
      const result = await tier.compareAndSet(key, expectedRevision, record);
      return result.ok ? send(204) : send(409, { revision: result.revision });
    })();
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
