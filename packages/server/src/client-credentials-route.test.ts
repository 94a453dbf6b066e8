/** The drop-in for the legacy route, field by field: what it takes in each form, what PingOne gets of it, what the page gets back. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createWorkerTokenManager, proxyTokenSource, type ProxyGeneration } from '@worker-token/manager';
import { DEMO } from '@worker-token/pingone-simulator';
import { describe, expect, it } from 'vitest';
import { atTheEnd, byCookie, listening, memoryLogger, pingOne, serve } from '../test/serve.js';
import { createClientCredentialsRoute, type ClientCredentialsRouteOptions } from './client-credentials-route.js';
import { ServerOptionError } from './errors.js';

const { environmentId, clientId, clientSecret } = DEMO;
const BASIC = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

/** The same request in the three forms that pages have used. */
const FORMS = {
  'nested, with Basic': {
    environment_id: environmentId,
    auth_method: 'client_secret_basic',
    headers: { Authorization: BASIC },
    body: { grant_type: 'client_credentials' },
  },
  'nested, with the secret in the form': {
    environment_id: environmentId,
    auth_method: 'client_secret_post',
    headers: {},
    body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: '' },
  },
  'nested, without headers and method': {
    environment_id: environmentId,
    body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
  },
  flat: {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    environment_id: environmentId,
    scope: 'openid',
  },
  'flat, as little as there may be': {
    client_id: clientId,
    client_secret: clientSecret,
    environment_id: environmentId,
  },
  camel: { environmentId, clientId, clientSecret },
} as const;

const post = (url: string, json: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: 'session=a', ...headers },
    body: typeof json === 'string' ? json : JSON.stringify(json),
  });

async function started(options: Partial<ClientCredentialsRouteOptions> = {}) {
  const pingone = await pingOne();
  const { authHosts } = pingone;
  const route = await serve(createClientCredentialsRoute({ authorize: byCookie, authHosts, ...options }));
  return { ...pingone, route };
}

interface Seen {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  form: Record<string, string>;
}

/** A token endpoint that notes what it gets. */
async function watched(
  answer?: Parameters<typeof createServer>[1],
  options: Partial<ClientCredentialsRouteOptions> = {},
) {
  const seen: Seen[] = [];
  const endpoint = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      seen.push({ url: request.url, headers: request.headers, form: Object.fromEntries(new URLSearchParams(text)) });
      if (answer) return answer(request, response);
      response.setHeader('content-type', 'application/json');
      response.end('{"access_token":"t","token_type":"Bearer","expires_in":3600}');
    })();
  });
  const authHosts = { NA: `${await listening(endpoint)}/auth` };
  const route = await serve(createClientCredentialsRoute({ authorize: byCookie, authHosts, ...options }));
  return { route, seen };
}

const only = (seen: readonly Seen[]): Seen => {
  expect(seen).toHaveLength(1);
  return seen[0] as Seen;
};

/** User and password of HTTP Basic, each form-encoded. */
function pairOf({ authorization = '' }: IncomingHttpHeaders): string[] {
  const pair = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
  return pair.split(':').map((part) => new URLSearchParams(`v=${part}`).get('v') ?? '');
}

describe('the client-credentials route', () => {
  it.each(Object.entries(FORMS))('gives a token for the form: %s', async (_, json) => {
    const { route, simulator } = await started({ clock: { now: () => Date.UTC(2026, 0, 2) } });
    const response = await post(route, json);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      access_token: expect.stringMatching(/^eyJ/),
      token_type: 'Bearer',
      expires_in: 3600,
      server_timestamp: '2026-01-02T00:00:00.000Z',
      grant_type: 'client_credentials',
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(simulator.tokenRequests()).toBe(1);
  });

  it.each<ProxyGeneration>(['nested', 'flat', 'camel'])('is what proxyTokenSource() speaks: %s', async (generation) => {
    const { route } = await started();
    const withSession: typeof fetch = (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), Cookie: 'session=a' } });
    const tokenSource = proxyTokenSource(route, { generation });
    const page = createWorkerTokenManager({ tokenSource, fetch: withSession, logger: memoryLogger() });
    atTheEnd(() => page.dispose());
    await page.saveCredentials({ environmentId, clientId, clientSecret });
    expect(await page.getWorkerToken()).toMatch(/^eyJ/);
  });

  it('sends the nested form on as the page has put it together', async () => {
    const { route, seen } = await watched();
    await post(route, { ...FORMS['nested, with Basic'], body: { grant_type: 'client_credentials', scope: 'a b' } });
    const { url, headers, form } = only(seen);
    expect(url).toBe(`/auth/${environmentId}/as/token`);
    expect(headers.authorization).toBe(BASIC);
    expect(headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(form).toEqual({ grant_type: 'client_credentials', scope: 'a b' });
  });

  it('makes Basic of the flat and the camel form, and no scope up', async () => {
    for (const json of [FORMS['flat, as little as there may be'], FORMS.camel]) {
      const { route, seen } = await watched();
      await post(route, json);
      const { headers, form } = only(seen);
      expect(pairOf(headers)).toEqual([clientId, clientSecret]);
      expect(form).toEqual({ grant_type: 'client_credentials' });
    }
  });

  it('takes the method, where one is named, for the flat and the camel form', async () => {
    for (const json of [
      { ...FORMS.flat, auth_method: 'client_secret_post' },
      { ...FORMS.camel, authMethod: 'CLIENT_SECRET_POST' },
    ]) {
      const { route, seen } = await watched();
      await post(route, json);
      const { headers, form } = only(seen);
      expect(headers.authorization).toBeUndefined();
      expect(form).toMatchObject({ client_id: clientId, client_secret: clientSecret });
    }
  });

  it('encodes id and secret as a form before base64 (RFC 6749, section 2.3.1)', async () => {
    const { route, seen } = await watched();
    await post(route, { ...FORMS.camel, clientSecret: 'a b:c+ä' });
    expect(pairOf(only(seen).headers)).toEqual([clientId, 'a b:c+ä']);
  });

  it('passes the authorisation on and no other header, and of the form what a token endpoint knows', async () => {
    const { route, seen } = await watched();
    const headers = {
      authorization: BASIC,
      Host: 'evil.example',
      'X-Forwarded-For': '1',
      'Content-Type': 'text/html',
      Cookie: 'c=1',
    };
    await post(route, {
      ...FORMS['nested, with Basic'],
      headers,
      body: { client_assertion: 'j', audience: 'x', redirect_uri: 'https://evil.example', 'a\r\nb': '1' },
    });
    const { headers: got, form } = only(seen);
    expect(form).toEqual({ grant_type: 'client_credentials', client_assertion: 'j' });
    expect(got).not.toHaveProperty('x-forwarded-for');
    expect(got).not.toHaveProperty('cookie');
    expect(got.host).toMatch(/^127\.0\.0\.1:/);
    expect(got['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  });

  it('asks in the region that is named, by code or by alias', async () => {
    const asked: string[] = [];
    const doFetch: typeof fetch = async (url) => {
      asked.push(new Request(url).url);
      return Response.json({ access_token: 't', token_type: 'Bearer', expires_in: 1 });
    };
    const route = await serve(createClientCredentialsRoute({ authorize: byCookie, fetch: doFetch }));
    for (const region of [undefined, '', 'EU', 'Europe', 'ca', 'com.au', 'AU', 'SG', 'asia']) {
      await post(route, { ...FORMS.camel, region });
      await post(route, { ...FORMS['nested, with Basic'], region });
    }
    const hosts = asked.map((url) => new URL(url).host.replace('auth.pingone.', ''));
    expect(hosts).toEqual(['com', 'com', 'eu', 'eu', 'ca', 'com.au', 'sg', 'asia'].flatMap((tld) => [tld, tld]));
    expect(asked.every((url) => url.endsWith(`/${environmentId}/as/token`))).toBe(true);
  });

  it('asks a custom domain without the environment in the path', async () => {
    const asked: string[] = [];
    const doFetch: typeof fetch = async (url) => (
      asked.push(new Request(url).url),
      Response.json({ access_token: 't' })
    );
    const authHosts = { NA: 'https://login.example.com/as/token' };
    const route = await serve(createClientCredentialsRoute({ authorize: byCookie, authHosts, fetch: doFetch }));
    await post(route, FORMS['nested, with Basic']);
    expect(asked).toEqual(['https://login.example.com/as/token']);
  });

  it('signs for the methods that need it', async () => {
    const { route, seen } = await watched();
    // A page cannot say for whom it is signed either.
    const evil = { authHost: 'evil.example', tokenEndpoint: 'https://evil.example/as/token' };
    const clientSecret = 'x'.repeat(32);
    await post(route, { ...FORMS.camel, ...evil, authMethod: 'client_secret_jwt', clientSecret });
    const { headers, form } = only(seen);
    expect(headers.authorization).toBeUndefined();
    expect(form).toMatchObject({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: expect.stringMatching(/^eyJ/),
    });
    const claims = Buffer.from(form['client_assertion']?.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(claims)).toMatchObject({ iss: clientId, aud: `https://auth.pingone.com/${environmentId}/as` });
  });

  it('lets nothing in the body name the address', async () => {
    const asked: string[] = [];
    const doFetch: typeof fetch = async (url) => (
      asked.push(new Request(url).url),
      Response.json({ access_token: 't' })
    );
    const route = await serve(createClientCredentialsRoute({ authorize: byCookie, fetch: doFetch }));
    const evil = 'https://evil.example/as/token';
    const names = { tokenEndpoint: evil, token_endpoint: evil, authHost: 'evil.example', auth_host: 'evil.example' };
    await post(route, { ...FORMS.camel, ...names });
    await post(route, { ...FORMS.flat, ...names });
    await post(route, { ...FORMS['nested, with Basic'], ...names });
    expect(new Set(asked)).toEqual(new Set([`https://auth.pingone.com/${environmentId}/as/token`]));
    expect(asked).toHaveLength(3);
  });

  it('leaves the two extra fields out without compat', async () => {
    const { route } = await started({ compat: false });
    expect(Object.keys((await (await post(route, FORMS.camel)).json()) as object).sort()).toEqual([
      'access_token',
      'expires_in',
      'token_type',
    ]);
  });

  it.each<[string, object]>([
    ['is missing in the nested form', { body: {} }],
    ['is missing in the flat form', { client_id: clientId, client_secret: clientSecret }],
    ['is missing in the camel form', { clientId, clientSecret }],
    ['is empty', { ...FORMS.flat, environment_id: ' ' }],
  ])('says word for word what the old route said, when the environment %s', async (_, json) => {
    const { route, simulator } = await started();
    const response = await post(route, json);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: 'Missing required parameter: environment_id',
    });
    expect(simulator.tokenRequests()).toBe(0);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'invalid_request'],
    ['no JSON', '{', 'invalid_request'],
    ['an environment that is a path', { ...FORMS.flat, environment_id: '../evil' }, 'invalid_request'],
    ['an environment that is a number', { ...FORMS.flat, environment_id: 1 }, 'invalid_request'],
    ['an unknown region', { ...FORMS.flat, region: 'MARS' }, 'invalid_request'],
    ['no client id', { ...FORMS.flat, client_id: '' }, 'invalid_request'],
    ['no secret', { ...FORMS.camel, clientSecret: undefined }, 'invalid_request'],
    ['an unknown method', { ...FORMS.flat, auth_method: 'magic' }, 'invalid_request'],
    ['a key that is none', { ...FORMS.flat, auth_method: 'private_key_jwt' }, 'invalid_request'],
    ['a secret that is no text', { ...FORMS.flat, client_secret: { a: 1 } }, 'invalid_request'],
    ['another grant', { ...FORMS.flat, grant_type: 'password' }, 'unsupported_grant_type'],
    [
      'another grant in the form',
      { environment_id: environmentId, body: { grant_type: 'password' } },
      'unsupported_grant_type',
    ],
    ['a form with an object in it', { environment_id: environmentId, body: { scope: {} } }, 'invalid_request'],
    ['a bearer', { ...FORMS['nested, with Basic'], headers: { Authorization: 'Bearer x' } }, 'invalid_request'],
    [
      'a header with a line end',
      { ...FORMS['nested, with Basic'], headers: { Authorization: `${BASIC}\r\nX: 1` } },
      'invalid_request',
    ],
    [
      'two authorisations',
      { ...FORMS['nested, with Basic'], headers: { Authorization: BASIC, authorization: BASIC } },
      'invalid_request',
    ],
  ])('answers 400 to %s, and asks nobody', async (_, json, error) => {
    const { route, simulator } = await started();
    const response = await post(route, json);
    const body = (await response.json()) as { error: string; error_description: string };
    expect([response.status, body.error]).toEqual([400, error]);
    expect(JSON.stringify(body)).not.toContain(clientSecret);
    expect(simulator.tokenRequests()).toBe(0);
  });

  it.each(['nested, with Basic', 'flat', 'camel'] as const)(
    'passes PingOne’s error on as it came: %s',
    async (form) => {
      const said =
        '{"error":"invalid_client","error_description":"Request denied: x (Correlation ID: 1-2)","more":[1]}';
      const { route } = await watched((_, response) =>
        response.writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Basic' }).end(said),
      );
      const response = await post(route, FORMS[form]);
      expect([response.status, await response.text()]).toEqual([401, said]);
      expect(response.headers.has('www-authenticate')).toBe(false);
    },
  );

  it.each(['nested, with Basic', 'flat', 'camel'] as const)('passes 429 and Retry-After on: %s', async (form) => {
    const { route, simulator } = await started();
    simulator.faults.rateLimit({ target: 'token', retryAfterSeconds: 9 });
    const response = await post(route, FORMS[form]);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '9']);
  });

  it.each<[string, Parameters<typeof createServer>[1]]>([
    ['a page of HTML', (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>')],
    ['a list', (_, response) => response.end('[]')],
    ['half of a JSON', (_, response) => response.end('{"access_token":"x')],
    ['a redirect', (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end('{}')],
    ['a connection that breaks', (_, response) => response.destroy()],
    ['more than a token can be', (_, response) => response.end(`{"a":"${'x'.repeat(1_100_000)}"}`)],
  ])('answers 502 in place of %s, in all forms', async (_, answer) => {
    const { route } = await watched(answer);
    for (const form of ['nested, with Basic', 'flat', 'camel'] as const) {
      const response = await post(route, FORMS[form], { Cookie: 'session=a' });
      expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([502, 'bad_gateway']);
    }
  });

  it('follows no redirect: the secret goes nowhere else', async () => {
    let visits = 0;
    const json = '{"access_token":"t"}';
    const elsewhere = await listening(createServer((_, response) => void (visits++, response.end(json))));
    const { route } = await watched((_, response) => response.writeHead(307, { location: elsewhere }).end(json));
    for (const form of ['nested, with the secret in the form', 'flat', 'camel'] as const) {
      expect((await post(route, FORMS[form])).status).toBe(502);
    }
    expect(visits).toBe(0);
  });

  it('answers 504 when PingOne is silent, and lets go of it', async () => {
    const { route } = await watched(() => {}, { timeoutMs: 200 });
    for (const form of ['nested, with Basic', 'camel'] as const) {
      const response = await post(route, FORMS[form]);
      expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([504, 'timeout']);
    }
  });

  it('takes no form of another site: the type, the origin, who asks', async () => {
    const { route, simulator } = await started();
    const json = JSON.stringify(FORMS.camel);
    expect((await post(route, json, { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await post(route, json, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(route, json, { Cookie: '' })).status).toBe(401);
    expect((await post(route, `{"x":"${'x'.repeat(17_000)}"}`)).status).toBe(413);
    expect(simulator.tokenRequests()).toBe(0);
  });

  it.each(['http://auth.example', 'https://u:p@auth.example', 'https://auth.example?x', 'nonsense'])(
    'is not made for %s',
    (address) =>
      expect(() => createClientCredentialsRoute({ authorize: () => true, authHosts: { NA: address } })).toThrow(
        ServerOptionError,
      ),
  );
});
