/** A Codemod registry on loopback that has one package: as much of the protocol as the real command asks for. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Registry {
  url: string;
  /** Paths that were asked for. */
  asked: string[];
  close(): Promise<unknown>;
}

/** @param archive A `.tgz` of the package's folder. */
export async function serveRegistry(name: string, version: string, archive: string): Promise<Registry> {
  const body = fs.readFileSync(archive);
  const checksum = createHash('sha256').update(body).digest('hex');
  const versions = { [version]: { version, description: name, checksum, size: body.length } };
  const metadata = {
    id: '1',
    name,
    scope: null,
    is_legacy: false,
    latest_version: version,
    dist_tags: {},
    versions,
    access: 'public',
  };
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === `/api/v1/registry/packages/${name}`)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(metadata));
    else if (request.url?.startsWith(`/api/v1/registry/packages/${name}/download/`))
      response.setHeader('content-length', body.length).end(request.method === 'HEAD' ? undefined : body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => new Promise((resolve) => server.close(resolve)) };
}
