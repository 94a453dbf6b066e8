import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { mount } from 'hono/mount';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPingOneSimulator, DEMO, PortInUseError } from '../src/index.js';
import { startClient } from './client.js';

const form = (): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: DEMO.clientId,
    client_secret: DEMO.clientSecret,
  });
const tokenPath = `/auth/na/${DEMO.environmentId}/as/token`;

const cleanUp: (() => void)[] = [];
afterEach(() => cleanUp.splice(0).forEach((stop) => stop()));

describe('serving', () => {
  it('works without a socket, as an injected fetch', async () => {
    const simulator = createPingOneSimulator();
    const request = new Request(`http://pingone.test${tokenPath}`, { method: 'POST', body: form() });
    const { access_token } = (await (await simulator.handler(request)).json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}` };
    const url = `http://pingone.test/api/na/v1/environments/${DEMO.environmentId}`;
    const environment = await simulator.handler(new Request(url, { headers }));
    expect(await environment.json()).toMatchObject({ name: 'Demo', _links: { self: { href: url } } });
    simulator.faults.dropConnection();
    await expect(simulator.handler(new Request(url, { headers }))).rejects.toThrow(TypeError);
  });

  it('can be mounted below a path of another server, with links that lead there', async () => {
    const simulator = createPingOneSimulator();
    const app = new Hono().all('/pingone/*', mount(simulator.handler));
    const listener = getRequestListener(app.fetch);
    const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
    cleanUp.push(
      () => server.close(),
      () => server.closeAllConnections(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pingone`;
    simulator.publicUrl = url;
    const token = (await (await fetch(url + tokenPath, { method: 'POST', body: form() })).json()) as {
      access_token: string;
    };
    const headers = { authorization: `Bearer ${token.access_token}` };
    const users = await fetch(`${url}/api/na/v1/environments/${DEMO.environmentId}/users?limit=1`, { headers });
    const page = (await users.json()) as { _links: { next: { href: string } } };
    expect(page._links.next.href.startsWith(`${url}/api/na/v1/environments/`)).toBe(true);
    expect((await fetch(page._links.next.href, { headers })).status).toBe(200);
    simulator.faults.dropConnection();
    await expect(fetch(url + tokenPath, { method: 'POST', body: form() })).rejects.toThrow(TypeError);
  });

  it('says which port is in use', async () => {
    const { url } = await startClient();
    const port = Number(new URL(url).port);
    const error = await createPingOneSimulator()
      .listen({ port })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PortInUseError);
    expect(error).toMatchObject({ code: 'port-in-use', port });
  });

  it('refuses other origins unless told otherwise', async () => {
    for (const [tokenCors, expected] of [
      ['deny', null],
      ['reflect', 'http://page.test'],
    ] as const) {
      const { url } = await startClient({ quirks: { tokenCors } });
      const answer = await fetch(url + tokenPath, { method: 'OPTIONS', headers: { origin: 'http://page.test' } });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe(expected);
    }
  });
});

describe('the quirks of an unknown environment at the token endpoint', () => {
  it.each([
    ['400-oauth', 400, 'application/json'],
    ['404-html', 404, 'text/html'],
    ['404-platform', 404, 'application/json'],
  ] as const)('%s', async (unknownEnvironmentToken, status, type) => {
    const { requestToken } = await startClient({ quirks: { unknownEnvironmentToken } });
    const answer = await requestToken({ environmentId: '00000000-0000-4000-8000-000000000000' });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
  });
});
