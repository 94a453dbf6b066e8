import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { DEMO, type SimulatedApp } from '../src/index.js';
import { manualClock, sharedClient, startClient } from './client.js';

const CORRELATION = /\(Correlation ID: [0-9a-f-]{36}\)$/;
const app: SimulatedApp = {
  clientId: 'd1a2b3c4-0000-4000-8000-000000000001',
  clientSecret: 'made-up-secret',
  environmentId: DEMO.environmentId,
};
const credentials = { clientId: app.clientId, clientSecret: app.clientSecret };

const shared = sharedClient();

describe('a good request', () => {
  it.each(['basic', 'post'] as const)('gives the demo app a token with %s', async (method) => {
    const { requestToken } = shared;
    const { status, headers, body } = await requestToken({ method });
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.stringMatching(/^eyJ/), token_type: 'Bearer', expires_in: 3600 });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('signs the claims of a worker token with RS256, by the injected clock', async () => {
    const clock = manualClock();
    const { token } = await startClient({ clock });
    const jwt = await token();
    const iat = Math.floor(clock.now() / 1000);
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(decodeJwt(jwt)).toEqual({
      iss: `https://auth.pingone.com/${DEMO.environmentId}/as`,
      aud: ['https://api.pingone.com'],
      client_id: DEMO.clientId,
      env: DEMO.environmentId,
      org: DEMO.organizationId,
      iat,
      exp: iat + 3600,
      jti: expect.any(String),
    });
  });

  it('ignores scopes, which mean nothing for a worker app', async () => {
    const { requestToken } = shared;
    const { status, body } = await requestToken({ form: { scope: 'p1:read:user' } });
    expect(status).toBe(200);
    expect(body.scope).toBeUndefined();
  });

  it('uses the lifetime that is set at that moment', async () => {
    const { simulator, requestToken } = await startClient({ tokenLifetimeSeconds: 60 });
    expect((await requestToken()).body.expires_in).toBe(60);
    simulator.tokenLifetimeSeconds = 5;
    expect((await requestToken()).body.expires_in).toBe(5);
  });

  it('ends a token when its own lifetime is over', async () => {
    const clock = manualClock();
    const { api, token } = await startClient({ clock, tokenLifetimeSeconds: 5 });
    const jwt = await token();
    clock.advanceSeconds(4);
    expect((await api('', { token: jwt })).status).toBe(200);
    clock.advanceSeconds(2);
    expect((await api('', { token: jwt })).status).toBe(401);
  });

  it('echoes the transaction id and answers with the date of the simulated server', async () => {
    const clock = manualClock();
    const { requestToken } = await startClient({ clock });
    const { headers } = await requestToken({ headers: { 'x-ping-external-transaction-id': 'trace-1' } });
    expect(headers.get('x-ping-external-transaction-id')).toBe('trace-1');
    expect(headers.get('date')).toBe('Wed, 04 Mar 2026 05:06:07 GMT');
  });
});

describe('a refused request', () => {
  it.each([
    ['a wrong secret', { clientSecret: 'wrong' }],
    ['an unknown client', { clientId: 'ffffffff-0000-4000-8000-000000000009' }],
  ])('answers %s with 401 invalid_client', async (_, request) => {
    const { requestToken } = shared;
    const { status, body } = await requestToken(request);
    expect(status).toBe(401);
    expect(body.error).toBe('invalid_client');
    expect(body.error_description).toMatch(/^Request denied: Invalid client credentials \(/);
    expect(body.error_description).toMatch(CORRELATION);
  });

  it('treats a disabled app like an unknown one', async () => {
    const { requestToken } = await startClient({ apps: [{ ...app, enabled: false }] });
    expect((await requestToken(credentials)).status).toBe(401);
  });

  it.each([
    ['client_secret_basic', 'post'],
    ['client_secret_post', 'basic'],
    ['client_secret_basic', 'none'],
  ] as const)('holds an app set to %s to it when %s is used', async (setting, method) => {
    const { requestToken } = await startClient({ apps: [{ ...app, method: setting }] });
    const form = method === 'none' ? { client_id: app.clientId } : {};
    const { status, body } = await requestToken({ ...credentials, method, form });
    expect(status).toBe(401);
    expect(body.error).toBe('invalid_client');
    expect(body.error_description).toMatch(/^Request denied: Unsupported authentication method \(Correlation ID: /);
  });

  it('refuses a secret in the header and in the body at once', async () => {
    const { requestToken } = shared;
    const form = { client_id: DEMO.clientId, client_secret: DEMO.clientSecret };
    expect((await requestToken({ method: 'basic', form })).status).toBe(401);
  });

  it.each([
    ['unsupported_grant_type', { form: { grant_type: 'password' } }],
    ['invalid_request', { form: { grant_type: '' } }],
  ])('answers 400 %s', async (error, request) => {
    const { requestToken } = shared;
    const { status, body } = await requestToken(request);
    expect({ status, error: body.error }).toEqual({ status: 400, error });
    expect(body.error_description).toMatch(CORRELATION);
  });

  it('answers 400 unauthorized_client when the grant is not enabled on the app', async () => {
    const { requestToken } = await startClient({ apps: [{ ...app, clientCredentials: false }] });
    const { status, body } = await requestToken(credentials);
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'unauthorized_client' });
  });

  it('answers an unknown environment with 404 in the shape of the platform', async () => {
    const { requestToken } = shared;
    const { status, body } = await requestToken({ environmentId: '00000000-0000-4000-8000-000000000000' });
    expect(status).toBe(404);
    expect(body).toMatchObject({ id: expect.any(String), code: 'NOT_FOUND' });
  });

  it('does not know an environment under the path of another region', async () => {
    const { url } = shared;
    const response = await fetch(`${url}/auth/eu/${DEMO.environmentId}/as/token`, { method: 'POST' });
    expect(response.status).toBe(404);
  });

  it('answers JSON even to a browser that prefers pages', async () => {
    const { requestToken } = shared;
    const { headers, body } = await requestToken({ clientSecret: 'wrong', headers: { accept: 'text/html' } });
    expect(headers.get('content-type')).toMatch('application/json');
    expect(body.error).toBe('invalid_client');
  });
});
