import { expect, test, vi } from 'vitest';
import { CREDENTIALS } from '../test/builder.js';
import { requestToken } from './grant.js';
import type { WorkerTokenCredentials } from '@worker-token/storage';

const TOKEN = { access_token: 'abc', token_type: 'Bearer', expires_in: 3600 };

async function ask(
  credentials: Partial<WorkerTokenCredentials> = {},
  answer: () => Response | Promise<Response> = () => Response.json(TOKEN),
) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer());
  const token = await requestToken({
    credentials: { ...CREDENTIALS, ...credentials },
    tokenEndpoint: 'https://auth.pingone.com/env/as/token',
    signal: new AbortController().signal,
    fetch,
    clock: { now: () => 0 },
  });
  const [url, init] = fetch.mock.calls[0] ?? [];
  return { token, url, headers: new Headers(init?.headers), form: Object.fromEntries(init?.body as URLSearchParams) };
}

test('client_secret_basic form-encodes before base64 (RFC 6749, section 2.3.1) and sends no scope of its own', async () => {
  const { token, url, headers, form } = await ask({ clientId: 'a b', clientSecret: 'c:d/+' });
  expect(url).toBe('https://auth.pingone.com/env/as/token');
  expect(headers.get('authorization')).toBe(`Basic ${btoa('a+b:c%3Ad%2F%2B')}`);
  expect(form).toEqual({ grant_type: 'client_credentials' });
  expect(token).toMatchObject({ access_token: 'abc', expires_in: 3600 });
});

test('client_secret_post', async () => {
  const { headers, form } = await ask({ tokenEndpointAuthMethod: 'client_secret_post', scopes: ['a', 'b'] });
  expect(headers.has('authorization')).toBe(false);
  expect(form).toEqual({
    grant_type: 'client_credentials',
    client_id: CREDENTIALS.clientId,
    client_secret: CREDENTIALS.clientSecret,
    scope: 'a b',
  });
});

test('client_secret_jwt and private_key_jwt send an assertion for the issuer', async () => {
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${der.replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
  const jwk = JSON.stringify(await crypto.subtle.exportKey('jwk', privateKey));
  const cases = [
    ['client_secret_jwt', 'secret', 'HS256'],
    ['private_key_jwt', pem, 'RS256'],
    ['private_key_jwt', jwk, 'RS256'],
  ] as const;
  for (const [tokenEndpointAuthMethod, clientSecret, alg] of cases) {
    const { form } = await ask({ tokenEndpointAuthMethod, clientSecret });
    const [header, payload] = (form['client_assertion'] ?? '')
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(header ?? '')).toMatchObject({ alg });
    expect(JSON.parse(payload ?? '')).toMatchObject({
      aud: `https://auth.pingone.com/${CREDENTIALS.environmentId}/as`,
      iss: CREDENTIALS.clientId,
    });
  }
});

test('a private key that is none is named so, without a piece of it', async () => {
  const wrong = ask({ tokenEndpointAuthMethod: 'private_key_jwt', clientSecret: 'no-key-at-all' });
  await expect(wrong).rejects.toMatchObject({ kind: 'invalid-credentials' });
  await expect(wrong).rejects.not.toThrow('no-key-at-all');
});

test.each([-1, 'abc', null, '3600', 0])(
  'expires_in: %j passes through, to be normalised by the manager',
  async (expires_in) => {
    const { token } = await ask({}, () => Response.json({ ...TOKEN, expires_in }));
    expect(token.access_token).toBe('abc');
  },
);

test('an OAuth error in a 401 with a challenge is read from its body', async () => {
  const refused = () =>
    Response.json({ error: 'invalid_client' }, { status: 401, headers: { 'www-authenticate': 'Basic' } });
  await expect(ask({}, refused)).rejects.toMatchObject({ kind: 'invalid-client', oauthError: 'invalid_client' });
});

test('503 keeps status and Retry-After', async () => {
  const busy = () => new Response('', { status: 503, headers: { 'retry-after': '3' } });
  await expect(ask({}, busy)).rejects.toMatchObject({
    kind: 'server',
    status: 503,
    retryAfterMs: 3_000,
    retryable: true,
  });
});

test('an unknown token type is malformed', async () => {
  await expect(ask({}, () => Response.json({ ...TOKEN, token_type: 'mac' }))).rejects.toMatchObject({
    kind: 'malformed-response',
  });
});
