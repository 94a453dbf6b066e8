import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CREDENTIALS } from '../test/builder.js';
import { proxyTokenSource, type ProxyGeneration } from './proxy-token-source.js';
import type { WorkerTokenCredentials } from '@worker-token/storage';

beforeEach(() => void vi.stubGlobal('location', new URL('http://localhost:3000/app/page')));
afterEach(() => void vi.unstubAllGlobals());

const PLAIN = { ...CREDENTIALS, clientSecret: 'keep me:private' };

async function ask(url: string, generation?: ProxyGeneration, credentials: WorkerTokenCredentials = PLAIN) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () =>
    Response.json({ access_token: 'abc', token_type: 'Bearer', expires_in: 3600 }),
  );
  const source = proxyTokenSource(url, generation ? { generation } : {});
  const token = await source({
    credentials,
    tokenEndpoint: `https://auth.pingone.com/${credentials.environmentId}/as/token`,
    signal: new AbortController().signal,
    fetch,
    clock: { now: () => 0 },
  });
  const [address, init] = fetch.mock.calls[0] ?? [];
  return { token, address, body: JSON.parse(init?.body as string) as Record<string, unknown>, method: init?.method };
}

test('resolves the address against the page and posts JSON', async () => {
  const { token, address, method } = await ask('/api/client-credentials');
  expect([address, method]).toEqual(['http://localhost:3000/api/client-credentials', 'POST']);
  expect(token).toMatchObject({ access_token: 'abc', expires_in: 3600 });
});

test('flat', async () => {
  expect((await ask('/x', 'flat', { ...PLAIN, scopes: ['a', 'b'] })).body).toEqual({
    grant_type: 'client_credentials',
    client_id: PLAIN.clientId,
    client_secret: PLAIN.clientSecret,
    environment_id: PLAIN.environmentId,
    scope: 'a b',
    region: 'NA',
  });
});

test('camel', async () => {
  expect((await ask('/x', 'camel')).body).toEqual({
    environmentId: PLAIN.environmentId,
    clientId: PLAIN.clientId,
    clientSecret: PLAIN.clientSecret,
    region: 'NA',
  });
});

test('nested with basic: the header is form-encoded before base64, and the secret is not in the body too', async () => {
  const { body } = await ask('/x');
  expect(body).toEqual({
    environment_id: PLAIN.environmentId,
    auth_method: 'client_secret_basic',
    headers: { Authorization: `Basic ${btoa('worker%2Dclient%2D1:keep+me%3Aprivate')}` },
    body: { grant_type: 'client_credentials' },
    region: 'NA',
  });
});

test('nested with post: id and secret are in the body', async () => {
  expect(
    (await ask('/x', 'nested', { ...PLAIN, tokenEndpointAuthMethod: 'client_secret_post', scopes: ['a'] })).body,
  ).toMatchObject({
    auth_method: 'client_secret_post',
    headers: {},
    body: {
      grant_type: 'client_credentials',
      client_id: PLAIN.clientId,
      client_secret: PLAIN.clientSecret,
      scope: 'a',
    },
  });
});

test('nested with an assertion: signed here, the secret stays', async () => {
  const { body } = await ask('/x', 'nested', { ...PLAIN, tokenEndpointAuthMethod: 'client_secret_jwt' });
  expect(body['body']).toMatchObject({ client_assertion: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string });
  expect(JSON.stringify(body)).not.toContain(PLAIN.clientSecret);
});

test.each(['http://other.example/api', 'ftp://x/y'])('the secret does not go to %s', async (url) => {
  await expect(ask(url)).rejects.toMatchObject({ kind: 'invalid-request' });
});

test('without a page, a relative address is refused', async () => {
  vi.unstubAllGlobals();
  await expect(ask('/api/client-credentials')).rejects.toMatchObject({ kind: 'invalid-request' });
});
