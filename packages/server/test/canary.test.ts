/** Every byte that leaves a route or is written to a log, searched for secrets and tokens: raw, encoded, in base64. */
import { createServer } from 'node:http';
import { DEMO } from '@worker-token/pingone-simulator';
import { createCredentialStorage, defineFlow, memoryTier } from '@worker-token/storage';
import { describe, expect, it } from 'vitest';
import { createWorkerTokenManager } from '@worker-token/manager';
import { createClientCredentialsRoute } from '../src/client-credentials-route.js';
import { createCredentialRoute } from '../src/credential-route.js';
import { createWorkerTokenProxy } from '../src/worker-token-proxy.js';
import { createWorkerTokenRoute } from '../src/worker-token-route.js';
import { atTheEnd, formsOf, listening, memoryLogger, opened, pingOne, serve } from './serve.js';

const E = DEMO.environmentId;
const SECRET = 'canary/secret+1?x&y=z';
const TOKEN = 'canary.token.of~the_server';
const HEADERS = { 'X-Requested-With': 'worker-token', 'X-Worker-Token': '1', 'Content-Type': 'application/json' };

type Answer = NonNullable<Parameters<typeof createServer>[1]>;
const json =
  (status: number, body: unknown): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** What a token endpoint, or something in its place, has ever answered; some quote what they were given. */
const TOKEN_ANSWERS: [string, Answer][] = [
  ['a token', json(200, { access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 })],
  [
    'an error that quotes the secret',
    json(401, { error: 'invalid_client', error_description: `Bad secret ${SECRET}` }),
  ],
  ['an error whose code is the secret', json(400, { error: SECRET })],
  ['a platform error', json(404, { id: '5b0c8f0e-1111-4222-8333-444455556666', code: 'NOT_FOUND', message: SECRET })],
  [
    'a page that quotes the request',
    (request, response) => {
      response
        .writeHead(502, { 'content-type': 'text/html' })
        .end(`<pre>${request.headers.authorization}${SECRET}</pre>`);
    },
  ],
  ['429 with a token in it', json(429, { access_token: TOKEN })],
  ['nothing', (_, response) => void response.destroy()],
];
const API_ANSWERS: [string, Answer][] = [
  ['JSON', json(200, { ok: true })],
  [
    'an error of a gateway that quotes the token',
    (request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end(`<pre>${request.headers.authorization}</pre>`);
    },
  ],
  [
    'a redirect that carries the token',
    (request, response) => {
      response.writeHead(302, { location: `https://evil.example/?t=${request.headers.authorization}` }).end();
    },
  ],
  [
    'headers that carry the token',
    (request, response) => {
      const value = String(request.headers.authorization);
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-debug': value, 'set-cookie': `t=${value}` })
        .end('{}');
    },
  ],
  ['nothing', (_, response) => void response.destroy()],
];

/** Everything that came back, and everything that was logged. */
async function heardFrom(token: Answer, api: Answer) {
  const { host } = await pingOne();
  const logger = memoryLogger();
  const [tokenUrl, apiUrl] = [await listening(createServer(token)), await listening(createServer(api))];
  const manager = createWorkerTokenManager({
    allowedTokenHosts: [new URL(tokenUrl).host, host],
    allowedApiHosts: [new URL(apiUrl).host],
    logger,
    retry: { attempts: 1 },
  });
  atTheEnd(() => manager.dispose());
  await manager.saveCredentials({
    ...{ environmentId: E, clientId: DEMO.clientId, clientSecret: SECRET },
    tokenEndpoint: `${tokenUrl}/${E}/as/token`,
  });
  const common = { authorize: () => true, manager, logger };
  const allow = [{ method: 'GET', path: '/v1/environments/:environmentId/users' }] as const;
  const proxy = await serve(createWorkerTokenProxy({ ...common, allow, apiHosts: { NA: apiUrl } }));
  const tokenRoute = await serve(createWorkerTokenRoute(common));
  const heard = async (url: string, init: RequestInit) => {
    const response = await fetch(url, { ...init, headers: HEADERS, redirect: 'manual' });
    return JSON.stringify([response.status, [...response.headers], await response.text()]);
  };
  const users = `${proxy}/api/pingone/v1/environments/${E}/users`;
  return {
    proxy: [await heard(users, {}), await heard(`${users}?access_token=${encodeURIComponent(SECRET)}`, {})].join(),
    tokenRoute: await heard(tokenRoute, { method: 'POST', body: '{}' }),
    log: logger.lines.join('\n'),
  };
}

function expectNone(text: string, values: readonly string[]): void {
  const all = opened(text);
  for (const value of values.flatMap(formsOf)) expect(all).not.toContain(value);
}

it.each([
  ['in a Basic header', (secret: string) => `Basic ${Buffer.from(`some-id:${secret}`).toString('base64')}`],
  ['in one whose hyphens are escaped', (secret: string) => basic(encodeURIComponent(secret).replaceAll('-', '%2D'))],
  [
    'in one with small escapes',
    (secret: string) => basic(encodeURIComponent(secret).toLowerCase().replaceAll('-', '%2d')),
  ],
  ['in an address', (secret: string) => `/?s=${encodeURIComponent(secret)}`],
  ['in JSON', (secret: string) => JSON.stringify({ secret })],
])('finds a secret that is there, %s', (_where, written) => {
  const secret = 'a-secret/with+marks?';
  expect(() => expectNone(`before ${written(secret)} after`, [secret])).toThrow();
  expect(() => expectNone(`before ${written('another')} after`, [secret])).not.toThrow();
});

function basic(secret: string): string {
  return `Basic ${Buffer.from(`id:${secret}`).toString('base64')}`;
}

const pair = `${DEMO.clientId}:${SECRET}`;

describe.each(TOKEN_ANSWERS)('when the token endpoint answers with %s', (title, answer) => {
  it('the secret is in no answer and no log line, and the token only where it is given', async () => {
    const { proxy, tokenRoute, log } = await heardFrom(answer, json(200, {}));
    expectNone(proxy + tokenRoute + log, [SECRET, pair]);
    expectNone(proxy + log, [TOKEN]);
    expect(tokenRoute.includes(TOKEN)).toBe(title === 'a token');
  });
});

describe.each(API_ANSWERS)('when the management API answers with %s', (_, answer) => {
  it('the token is in no answer of the proxy and no log line', async () => {
    const { proxy, log } = await heardFrom(
      json(200, { access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 }),
      answer,
    );
    expectNone(proxy + log, [TOKEN, SECRET, pair]);
  });
});

describe('the client-credentials route', () => {
  it.each(TOKEN_ANSWERS)('writes nothing of the request to a log when PingOne answers with %s', async (_, answer) => {
    const logger = memoryLogger();
    const base = await listening(createServer(answer));
    const route = await serve(
      createClientCredentialsRoute({ authorize: () => true, authHosts: { NA: `${base}/a` }, logger }),
    );
    const bodies = [
      { environmentId: E, clientId: DEMO.clientId, clientSecret: SECRET },
      { environment_id: E, headers: { Authorization: `Basic ${btoa(pair)}` }, body: {} },
      { environment_id: E, client_id: SECRET, client_secret: 7 },
      { environment_id: SECRET, region: SECRET },
    ];
    for (const body of bodies) await fetch(route, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });
    expectNone(logger.lines.join('\n'), [SECRET, TOKEN, pair]);
  });
});

describe('the credential route', () => {
  it('has a secret field in no answer and no log line, wherever in the record it lies', async () => {
    const logger = memoryLogger();
    const tier = memoryTier();
    const flow = defineFlow<unknown>({ key: 'a-flow', version: 1, secretFields: ['mine'] });
    const value = {
      mine: SECRET,
      deep: [{ clientSecret: SECRET, list: [{ mine: SECRET }] }],
      access_token: TOKEN,
      'a/b': { mine: SECRET },
    };
    const onServer = createCredentialStorage({ tiers: [tier] });
    await onServer.saveFlowCredentials(flow, value);
    await onServer.shared.token.save({
      accessToken: TOKEN,
      tokenType: 'Bearer',
      expiresAt: 1,
      obtainedAt: 0,
      fingerprint: 'f',
    });
    await onServer.shared.credentials.save({
      ...{ environmentId: E, clientId: 'c', clientSecret: SECRET, region: 'NA' },
      ...{ tokenEndpointAuthMethod: 'client_secret_basic', extra: { old: SECRET } },
    });
    const options = { authorize: () => true, flows: [flow], workerCredentials: true, tier, logger };
    const url = `${await serve(createCredentialRoute(options))}/api/credentials`;
    const key = 'flow_credentials_a-flow';
    const put = (text: string) => ({
      method: 'PUT',
      body: JSON.stringify({ expectedRevision: 9, revision: 10, text }),
    });
    const requests: [string, RequestInit][] = [
      [`/${key}`, {}],
      ['/flow_credentials_worker-token-credentials', {}],
      ['/flow_credentials_worker-access-token', {}],
      ['?prefix=flow_', {}],
      [`/${key}`, put(SECRET)],
      [`/${key}`, put(JSON.stringify(value))],
    ];
    const answers = requests.map(async ([path, init]) => {
      const response = await fetch(url + path, { ...init, headers: HEADERS });
      return JSON.stringify([[...response.headers], await response.text()]);
    });
    const all = (await Promise.all(answers)).join();
    expect(all).toContain('a-flow');
    expectNone(all + logger.lines.join('\n'), [SECRET, TOKEN, pair]);
  });
});
