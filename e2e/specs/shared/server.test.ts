/** The app's own server: the token route in all its request shapes, the pass-through, and what both refuse. */
import { describe } from 'vitest';
import { DEMO_WORKER } from '../../src/demo-worker.js';
import { expect, test } from '../../src/fixtures.js';

const { environmentId, clientId, clientSecret } = DEMO_WORKER;
const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

const SHAPES: [string, Record<string, unknown>][] = [
  [
    'nested',
    {
      environment_id: environmentId,
      auth_method: 'client_secret_basic',
      headers: { Authorization: basic },
      body: { grant_type: 'client_credentials' },
    },
  ],
  ['flat', { environment_id: environmentId, client_id: clientId, client_secret: clientSecret }],
  ['camel-case', { environmentId, clientId, clientSecret }],
];

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${url}/api/client-credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
}

describe('the token route', () => {
  test.for(SHAPES)(
    'answers the %s request with a token and keeps it out of caches',
    async ([, body], { target, simulator }) => {
      const response = await post(target.url, body);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toMatchObject({ token_type: 'Bearer', grant_type: 'client_credentials' });
      expect(simulator.requests.at(-1)).toMatchObject({
        path: `/auth/na/${environmentId}/as/token`,
        authentication: 'basic',
      });
    },
  );

  test('goes to the region it is given', async ({ target, simulator }) => {
    await post(target.url, { environmentId, clientId, clientSecret, region: 'eu' });
    expect(simulator.requests.at(-1)?.path).toBe(`/auth/eu/${environmentId}/as/token`);
  });

  test.for<[string, unknown, string]>([
    ['no environment', { clientId, clientSecret }, 'environment_id'],
    ['an environment that is no UUID', { environmentId: '../../x', clientId, clientSecret }, 'UUID'],
    ['an unknown region', { environmentId, clientId, clientSecret, region: 'mars' }, 'region'],
    ['a body that is no JSON', 'grant_type=client_credentials', 'JSON'],
  ])('refuses %s without asking PingOne', async ([, body, word], { target, simulator }) => {
    const response = await post(target.url, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining(word),
    });
    expect(simulator.requests).toEqual([]);
  });

  test('refuses the page of another site', async ({ target, simulator }) => {
    const response = await post(target.url, SHAPES[0]?.[1], { origin: 'http://elsewhere.test' });
    expect(response.status).toBe(403);
    expect(simulator.requests).toEqual([]);
  });

  test('passes the error of PingOne on as it is', async ({ target }) => {
    const response = await post(target.url, { environmentId, clientId, clientSecret: 'another-secret' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  test('says so when PingOne cannot be reached or answers with a page', async ({ target, simulator }) => {
    simulator.faults.dropConnection({ target: 'token' });
    expect((await post(target.url, SHAPES[2]?.[1])).status).toBe(502);
    simulator.faults.html502({ target: 'token' });
    const response = await post(target.url, SHAPES[2]?.[1]);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: 'bad_gateway' });
  });

  test('hands the wait of a rate limit on', async ({ target, simulator }) => {
    simulator.faults.rateLimit({ target: 'token', retryAfterSeconds: 7 });
    const response = await post(target.url, SHAPES[2]?.[1]);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
  });
});

describe('the pass-through', () => {
  test('links of a collection lead back to the page’s own origin', async ({ target }) => {
    const token = (await (await post(target.url, SHAPES[2]?.[1])).json()) as { access_token: string };
    const users = `${target.url}/api/pingone/v1/environments/${environmentId}/users?limit=5`;
    const page = await (await fetch(users, { headers: { authorization: `Bearer ${token.access_token}` } })).json();
    expect(page).toMatchObject({ size: 5 });
    const next = (page as { _links: { next: { href: string } } })._links.next.href;
    expect(next.startsWith(`${target.url}/api/pingone/v1/environments/`)).toBe(true);
  });

  test('adds no credentials of its own', async ({ target }) => {
    const response = await fetch(`${target.url}/api/pingone/v1/environments/${environmentId}/users`);
    expect(response.status).toBe(401);
  });
});

test('an address that no page and no route has is answered by the page, an asset that is not there by 404', async ({
  target,
}) => {
  const page = await fetch(`${target.url}/user-profile`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect((await fetch(`${target.url}/assets/none.js`)).status).toBe(404);
  expect((await fetch(`${target.url}/api/none`)).status).toBe(404);
});
