/** A token endpoint that counts, waits, and fails as it is told. Tokens are named by their number. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

export interface TokenEndpoint {
  readonly url: string;
  readonly host: string;
  /** Requests since the last reset. */
  requests: number;
  delayMs: number;
  status: number;
  headers: Record<string, string>;
  expiresIn: number;
  /** Called for each request, before it is answered. */
  onRequest: () => void;
  reset(): void;
  stop(): Promise<void>;
}

const DEFAULTS = { requests: 0, delayMs: 20, status: 200, headers: {}, expiresIn: 3_600, onRequest: () => {} };

export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  let issued = 0;
  const server = createServer((request, response) => {
    request.resume();
    endpoint.requests++;
    endpoint.onRequest();
    const { delayMs } = endpoint;
    request.on('end', () => setTimeout(() => answer(response), delayMs));
  });

  function answer(response: ServerResponse): void {
    const { status, headers, expiresIn } = endpoint;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    if (status !== 200) return void response.end(JSON.stringify({ error: status === 401 ? 'invalid_client' : 'busy' }));
    response.end(
      JSON.stringify({ access_token: `${TOKEN_CANARY}-${++issued}`, token_type: 'Bearer', expires_in: expiresIn }),
    );
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const endpoint: TokenEndpoint = {
    ...DEFAULTS,
    url: `http://127.0.0.1:${port}/token`,
    host: `127.0.0.1:${port}`,
    reset: () => void Object.assign(endpoint, DEFAULTS),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return endpoint;
}

/** What must not be found where it has no business. */
export const TOKEN_CANARY = 'canary-token-7Q2x';
export const SECRET_CANARY = 'canary/secret+9Zk?w';
