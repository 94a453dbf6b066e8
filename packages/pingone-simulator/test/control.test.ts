import { describe, expect, it } from 'vitest';
import { sharedClient, startClient, type Client } from './client.js';

const post = (client: Client, path: string, body?: unknown): Promise<Response> =>
  fetch(`${client.url}/__simulator${path}`, { method: 'POST', body: JSON.stringify(body ?? {}) });

const shared = sharedClient({ control: true });

describe('the control routes', () => {
  it('are off by default', async () => {
    const client = await startClient();
    expect((await post(client, '/reset')).status).toBe(404);
  });

  it('switch faults on and off', async () => {
    const client = shared;
    await post(client, '/faults', [{ kind: 'status', status: 503, target: 'token', times: 'always' }]);
    expect((await client.requestToken()).status).toBe(503);
    await fetch(`${client.url}/__simulator/faults`, { method: 'DELETE' });
    expect((await client.requestToken()).status).toBe(200);
  });

  it('say what is wrong with a fault', async () => {
    const client = shared;
    const answer = await post(client, '/faults', { kind: 'status', status: 42 });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: 'Fault: expected status to be a whole number from 400 to 599.' });
  });

  it('expire tokens, change settings, show requests without themselves, reset', async () => {
    const client = shared;
    const jwt = await client.token();
    await post(client, '/expire-tokens');
    expect((await client.api('/users', { token: jwt })).status).toBe(401);
    await post(client, '/settings', { tokenLifetimeSeconds: 7 });
    expect((await client.requestToken()).body.expires_in).toBe(7);
    const shown = await (await fetch(`${client.url}/__simulator/requests`)).json();
    expect(shown).toMatchObject({
      tokenRequests: 2,
      requests: [{ target: 'token' }, { target: 'api' }, { target: 'token' }],
    });
    await post(client, '/reset');
    expect(client.simulator.requests).toEqual([]);
  });

  it('rotate the secret of an app', async () => {
    const client = shared;
    const { clientSecret } = (await (await post(client, '/rotate-secret')).json()) as { clientSecret: string };
    expect((await client.requestToken({ clientSecret })).status).toBe(200);
  });
});
