import { afterEach, describe, expect, test, vi } from 'vitest';
import { configured, CREDENTIALS, testLogger, testSource } from '../test/builder.js';
import { createWorkerTokenManager } from './manager.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const API = 'https://api.pingone.com/v1/environments';
const rejected = () => Response.json({ code: 'ACCESS_FAILED', details: [{ code: 'INVALID_TOKEN' }] }, { status: 401 });

/** Answers in this order, then 200; remembers what was sent. */
async function client(answers: (() => Response)[] = [], allowedApiHosts: string[] = []) {
  const sent: { url: string; token: string | null; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push({ url: request.url, token: request.headers.get('authorization'), body: await request.text() });
    return answers.shift()?.() ?? new Response('fine');
  };
  const all = await configured({ fetch, allowedApiHosts });
  await all.manager.getWorkerToken();
  // Old enough for the API to have heard of it.
  all.clock.advance(6_000);
  return { ...all, sent };
}

test('adds the token towards the region’s API host and keeps the other headers', async () => {
  const { manager, sent } = await client();
  expect(await (await manager.fetch(API, { headers: { 'x-own': '1' } })).text()).toBe('fine');
  expect(sent).toEqual([{ url: API, token: 'Bearer token-1', body: '' }]);
});

test.each([
  'https://evil.example/',
  'https://api.pingone.eu/v1',
  'http://api.pingone.com/v1',
  'https://api.pingone.com.evil.example/',
  'https://api.pingone.com@evil.example/',
  'https://api.pingone.com:8443/v1',
])('does not send the token to %s, nor anything else', async (address) => {
  const { manager, sent, source } = await client();
  await expect(manager.fetch(address)).rejects.toMatchObject({ kind: 'invalid-request' });
  await expect(manager.fetch(new Request(address.replace('api.pingone.com@', '')))).rejects.toMatchObject({
    kind: 'invalid-request',
  });
  expect([sent.length, source.count]).toEqual([0, 1]);
});

test('sends it to this origin and to allowed hosts', async () => {
  vi.stubGlobal('location', new URL('http://intranet.example/app/'));
  const { manager, sent } = await client([], ['127.0.0.1:4010']);
  await manager.fetch('http://intranet.example/api/x');
  await manager.fetch('http://127.0.0.1:4010/api/y');
  expect(sent.map(({ token }) => token)).toEqual(['Bearer token-1', 'Bearer token-1']);
});

test('a relative address needs a page', async () => {
  const { manager } = await client();
  await expect(manager.fetch('/api/users')).rejects.toMatchObject({ kind: 'invalid-request' });
});

test('401 INVALID_TOKEN drops that token and tries once more with a new one, body included', async () => {
  const { manager, sent } = await client([rejected]);
  const request = new Request(API, { method: 'POST', body: 'the body' });
  expect((await manager.fetch(request)).status).toBe(200);
  expect(sent.map(({ token, body }) => [token, body])).toEqual([
    ['Bearer token-1', 'the body'],
    ['Bearer token-2', 'the body'],
  ]);
});

test('19. a resource that keeps answering 401 gets one replay, then its answer is the caller’s', async () => {
  const { manager, sent, source } = await client([rejected, rejected, rejected]);
  expect((await manager.fetch(API)).status).toBe(401);
  expect([sent.length, source.count]).toEqual([2, 2]);
});

describe('48. a token that was issued just now', () => {
  const young = async (answers: (() => Response)[]) => {
    vi.useFakeTimers();
    const all = await client(answers);
    await all.manager.refreshToken();
    return all;
  };

  test('is shown again when the API does not know it yet, and not replaced', async () => {
    const { manager, sent, source } = await young([rejected, rejected]);
    const response = manager.fetch(API);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await response).status).toBe(200);
    expect(sent.map(({ token }) => token)).toEqual(['Bearer token-2', 'Bearer token-2', 'Bearer token-2']);
    expect(source.count).toBe(2);
  });

  test('is replaced when the API still refuses it after two seconds', async () => {
    const { manager, sent } = await young([rejected, rejected, rejected]);
    const response = manager.fetch(API);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await response).status).toBe(200);
    expect(sent.at(-1)?.token).toBe('Bearer token-3');
  });

  test('is not waited for by a caller who has left', async () => {
    const { manager, sent } = await young([rejected]);
    const controller = new AbortController();
    const response = manager.fetch(API, { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    await expect(response).rejects.toMatchObject({ name: 'AbortError' });
    expect(sent.length).toBe(1);
  });
});

test.each([
  ['403', () => Response.json({ code: 'ACCESS_FAILED' }, { status: 403 })],
  ['401 for want of rights', () => Response.json({ details: [{ code: 'INSUFFICIENT_PERMISSIONS' }] }, { status: 401 })],
])('%s is given back as it is', async (_, answer) => {
  const { manager, sent, source } = await client([answer]);
  const response = await manager.fetch(API);
  expect(await response.json()).toBeTruthy();
  expect([sent.length, source.count]).toEqual([1, 1]);
});

test('a challenge with invalid_token counts as well (RFC 6750)', async () => {
  const challenge = () =>
    new Response('', { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  const { manager, sent } = await client([challenge]);
  expect((await manager.fetch(API)).status).toBe(200);
  expect(sent.length).toBe(2);
});

test('a body that is a stream is sent once', async () => {
  const { manager, sent } = await client([rejected]);
  const body = new Response('streamed').body;
  const response = await manager.fetch(API, { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect([response.status, sent.length]).toEqual([401, 1]);
});

test('without credentials it says so and sends nothing', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>();
  const manager = createWorkerTokenManager({
    fetch,
    tokenSource: testSource(),
    logger: testLogger(),
    allowedApiHosts: ['api.pingone.com'],
  });
  await expect(manager.fetch(API)).rejects.toMatchObject({ kind: 'not-configured' });
  expect(fetch).not.toHaveBeenCalled();
});

test('takes the API host of the region that is saved', async () => {
  const { manager, sent } = await client();
  await manager.saveCredentials({ ...CREDENTIALS, region: 'AU' });
  await manager.fetch('https://api.pingone.com.au/v1');
  expect(sent.length).toBe(1);
});
