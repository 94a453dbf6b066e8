import { describe, expect, it } from 'vitest';
import { createPingOneSimulator, DEMO, SimulatorOptionError, type FaultSpec } from '../src/index.js';
import { manualClock, sharedClient, startClient } from './client.js';

const shared = sharedClient();

describe('faults', () => {
  it('answers 503 as often as told, then works', async () => {
    const { simulator, requestToken } = shared;
    simulator.faults.status(503, { times: 2 });
    const statuses = [await requestToken(), await requestToken(), await requestToken()].map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('hits only the endpoints that it is meant for', async () => {
    const { simulator, api, token } = shared;
    const jwt = await token();
    simulator.faults.status(500, { target: 'api', times: 'always' });
    expect((await api('/users', { token: jwt })).body.code).toBe('UNEXPECTED_ERROR');
    expect((await token()).length).toBeGreaterThan(0);
    simulator.faults.clear();
    expect((await api('/users', { token: jwt })).status).toBe(200);
  });

  it('limits the rate with Retry-After in seconds', async () => {
    const { simulator, api, token } = shared;
    const jwt = await token();
    simulator.faults.rateLimit({ retryAfterSeconds: 7, target: 'api' });
    const { status, headers, body } = await api('/users', { token: jwt });
    expect({ status, retryAfter: headers.get('retry-after'), code: body.code }).toEqual({
      status: 429,
      retryAfter: '7',
      code: 'REQUEST_LIMITED',
    });
  });

  it('answers 401 invalid_client at the token endpoint', async () => {
    const { simulator, requestToken } = shared;
    simulator.faults.status(401, { target: 'token' });
    expect((await requestToken()).body.error).toBe('invalid_client');
  });

  it('answers 502 with a page', async () => {
    const { simulator, requestToken } = shared;
    simulator.faults.html502();
    const { status, body } = await requestToken();
    expect(status).toBe(502);
    expect(body).toContain('<h1>502 Bad Gateway</h1>');
  });

  it('drops the connection without an answer', async () => {
    const { simulator, requestToken } = shared;
    simulator.faults.dropConnection({ target: 'token' });
    await expect(requestToken()).rejects.toThrow(TypeError);
    expect(simulator.requests).toMatchObject([{ status: 0, faults: ['dropConnection'] }]);
    expect((await requestToken()).status).toBe(200);
  });

  it('cuts JSON in the middle', async () => {
    const { simulator, requestToken } = shared;
    simulator.faults.truncateJson();
    await expect(requestToken()).rejects.toThrow(SyntaxError);
  });

  it('waits for the latency of every fault that hits', async () => {
    const waited: number[] = [];
    const { simulator, requestToken } = await startClient({ sleep: async (ms) => void waited.push(ms) });
    simulator.faults.latency(200);
    simulator.faults.latency(50, { times: 1 });
    await requestToken();
    await requestToken();
    expect(waited).toEqual([250, 200]);
  });

  it('runs the servers ahead of the client by the clock skew', async () => {
    const clock = manualClock();
    const { simulator, requestToken, api, token } = await startClient({ clock });
    const jwt = await token();
    simulator.faults.clockSkewMs = 3_600_000;
    expect((await requestToken()).headers.get('date')).toBe('Wed, 04 Mar 2026 06:06:07 GMT');
    expect((await api('/users', { token: jwt })).status).toBe(401);
    expect((await api('/users')).status).toBe(200);
  });

  it('refuses all tokens issued before expireAllTokens, and accepts new ones', async () => {
    const { simulator, api, token } = shared;
    const old = await token();
    simulator.faults.expireAllTokens();
    expect((await api('/users', { token: old })).body.details[0].code).toBe('INVALID_TOKEN');
    expect((await api('/users')).status).toBe(200);
  });

  it('gives an app a new secret, and reset gives the old one back', async () => {
    const { simulator, requestToken } = shared;
    const clientSecret = simulator.faults.rotateSecret();
    expect((await requestToken()).status).toBe(401);
    expect((await requestToken({ clientSecret })).status).toBe(200);
    simulator.reset();
    expect((await requestToken()).status).toBe(200);
  });

  it('starts with the faults of the options, and again after reset', async () => {
    const faults: FaultSpec[] = [{ kind: 'status', status: 503, target: 'token' }];
    const { simulator, requestToken } = await startClient({ faults });
    expect((await requestToken()).status).toBe(503);
    simulator.reset();
    expect((await requestToken()).status).toBe(503);
    expect((await requestToken()).status).toBe(200);
  });

  it.each([
    [{ kind: 'status', status: 200 }, /status to be a whole number from 400 to 599/],
    [{ kind: 'flood' }, /kind to be one of status/],
    [{ kind: 'html502', target: 'elsewhere' }, /target to be token, api or all/],
    [{ kind: 'html502', times: 0 }, /times to be a whole number from 1/],
  ])('refuses %o', (fault, message) => {
    const { faults } = createPingOneSimulator();
    expect(() => faults.add(fault as FaultSpec)).toThrow(SimulatorOptionError);
    expect(() => faults.add(fault as FaultSpec)).toThrow(message);
  });
});

describe('reset', () => {
  it('forgets tokens, requests, lifetime and skew', async () => {
    const { simulator, api, token } = shared;
    const old = await token();
    simulator.tokenLifetimeSeconds = 5;
    simulator.faults.clockSkewMs = 1000;
    simulator.reset();
    expect(simulator).toMatchObject({
      requests: [],
      tokenLifetimeSeconds: 3600,
      faults: { clockSkewMs: 0, active: [] },
    });
    expect((await api('/users', { token: old })).status).toBe(401);
    expect(simulator.requests).toMatchObject([{ id: 1, clientId: DEMO.clientId }]);
  });
});
