import { afterEach, describe, expect, it, vi } from 'vitest';
import { CREDENTIALS, testLogger } from '../test/builder.js';
import { createWorkerTokenManager } from './manager.js';
import { serverTokenSource } from './server-token-source.js';

const URL_OF_ROUTE = 'https://app.example/api/worker-token';
const token = (access_token: string) => Response.json({ access_token, token_type: 'Bearer', expires_in: 600 });

function page(answer: (count: number) => Response) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    requests.push({ url: url instanceof Request ? url.url : String(url), init });
    return answer(requests.length);
  };
  const logger = testLogger();
  const manager = createWorkerTokenManager({ tokenSource: serverTokenSource(URL_OF_ROUTE), fetch, logger });
  return { manager, requests, logger };
}
const fails = (body: object, init: ResponseInit) => () => Response.json(body, init);

afterEach(() => void vi.unstubAllGlobals());

describe('serverTokenSource', () => {
  it('gets a token without credentials, by a POST that no form of another site can send', async () => {
    const { manager, requests } = page(() => token('of-the-server'));
    expect(await manager.getWorkerToken()).toBe('of-the-server');
    expect(requests).toHaveLength(1);
    const { url, init } = requests[0] ?? {};
    expect(url).toBe(URL_OF_ROUTE);
    expect(init).toMatchObject({ method: 'POST', body: '{}', credentials: 'same-origin' });
    expect(new Headers(init?.headers).get('x-requested-with')).toBe('worker-token');
  });

  it('is never not-configured, in no answer', async () => {
    const { manager } = page(() => token('t'));
    expect(await manager.getStatus()).toMatchObject({ hasCredentials: 'server', missing: [], hasToken: false });
    expect(manager.getSnapshot()).toMatchObject({ status: 'missing', hasCredentials: true, credentials: null });
    expect(await manager.testCredentials()).toEqual({ ok: true, expiresIn: 600 });
    expect(await manager.testCredentials(CREDENTIALS)).toMatchObject({ ok: false, error: { kind: 'invalid-request' } });
    await manager.clearAll();
    expect(await manager.getWorkerToken()).toBe('t');
  });

  it('asks for a new one, past the server’s cache, when the last was refused or somebody insists', async () => {
    const { manager, requests } = page((count) => token(`token-${count}`));
    const first = await manager.getWorkerToken();
    await manager.invalidateToken(first);
    expect(await manager.getWorkerToken()).toBe('token-2');
    await manager.refreshToken();
    await manager.clearToken();
    await manager.getWorkerToken();
    const bodies = requests.map(({ init }) => init.body);
    expect(bodies).toEqual(['{}', '{"forceRefresh":true}', '{"forceRefresh":true}', '{}']);
  });

  it.each([401, 403])('says at %s that this page is refused, and keeps it in mind', async (status) => {
    const body = { error: 'access_denied', error_description: 'No session.', correlation_id: 'abcd-1234-ef' };
    const { manager, requests } = page(fails(body, { status }));
    const error: unknown = await manager.getWorkerToken().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'unauthorized-client', status, correlationId: 'abcd-1234-ef' });
    expect(error).toMatchObject({ message: expect.stringMatching(/No session.*Log in again/) as string });
    await manager.getWorkerToken().catch(() => {});
    expect(requests).toHaveLength(1);
  });

  it('keeps to the Retry-After of the route', async () => {
    const { manager } = page(fails({ error: 'slow_down' }, { status: 429, headers: { 'retry-after': '60' } }));
    await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 60_000 });
  });

  it('tries again when the server could not get a token', async () => {
    const { manager, requests } = page((count) =>
      count === 1 ? Response.json({ error: 'bad_gateway' }, { status: 502 }) : token('t'),
    );
    expect(await manager.getWorkerToken()).toBe('t');
    expect(requests).toHaveLength(2);
  });

  it('does not use credentials that are saved here, and sends nothing of them', async () => {
    const { manager, requests } = page(() => token('t'));
    await manager.saveCredentials(CREDENTIALS);
    await manager.getWorkerToken();
    await manager.saveCredentials({ ...CREDENTIALS, clientSecret: 'another' });
    expect(await manager.getWorkerToken()).toBe('t');
    expect(JSON.stringify(requests)).not.toContain(CREDENTIALS.clientSecret);
    expect(requests).toHaveLength(1);
  });

  it('warns of no secret in a browser, since there is none', async () => {
    vi.stubGlobal('document', { baseURI: 'https://app.example/' });
    vi.stubGlobal('location', { hostname: 'app.example', origin: 'https://app.example', href: 'https://app.example/' });
    const { manager, logger } = page(() => token('t'));
    await manager.getWorkerToken();
    expect(logger.lines.join()).not.toContain('secret');
  });

  it('goes nowhere in plain text', async () => {
    const manager = createWorkerTokenManager({
      tokenSource: serverTokenSource('http://app.example/t'),
      logger: testLogger(),
    });
    await expect(manager.getWorkerToken()).rejects.toMatchObject({ kind: 'invalid-request' });
  });
});
