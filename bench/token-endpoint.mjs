// A token endpoint on the loopback that counts, waits and fails as it is told; the same one for all candidates.
import { createServer } from 'node:http';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-max-age': '600',
};

/**
 * @returns the address, the `mood` that the next answers follow, `requests`, which counts the POSTs, and `expiryOf(token)`, by the clock `now`.
 */
export async function startTokenEndpoint() {
  const mood = { delayMs: 50, status: 200, expiresIn: 3600, hang: '' };
  const endpoint = { url: '', requests: 0, mood, now: Date.now, expiryOf: (token) => expiries.get(token), stop };
  const expiries = new Map();
  const sockets = new Set();
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
    request.resume();
    if (request.method === 'GET') return void discovery(request, response);
    endpoint.requests++;
    const token = `token-${endpoint.requests}`;
    const { delayMs, status, expiresIn, hang } = endpoint.mood;
    if (hang === 'connect') return;
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json', ...CORS });
      if (hang === 'body') return void response.write('{"access_token":"');
      if (status !== 200) return void response.end('{"error":"temporarily_unavailable"}');
      expiries.set(token, endpoint.now() + expiresIn * 1000);
      response.end(JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: expiresIn, ...user }));
    }, delayMs);
  });
  // What supabase wants to see in an answer.
  const user = { refresh_token: 'refresh', user: { id: 'u' } };

  function discovery(request, response) {
    response.writeHead(200, { 'content-type': 'application/json', ...CORS });
    const issuer = endpoint.url.replace(/\/token$/, '');
    response.end(
      JSON.stringify({ issuer, token_endpoint: endpoint.url, authorization_endpoint: endpoint.url, jwks_uri: issuer }),
    );
  }

  async function stop() {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint.url = `http://127.0.0.1:${server.address().port}/token`;
  return endpoint;
}
