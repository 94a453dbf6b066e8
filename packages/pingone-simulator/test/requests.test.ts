import { describe, expect, it } from 'vitest';
import { DEMO } from '../src/index.js';
import { manualClock, sharedClient, startClient } from './client.js';

const shared = sharedClient();

describe('the record of requests', () => {
  it('tells what came, from whom, and what it got', async () => {
    const clock = manualClock();
    const { simulator, api } = await startClient({ clock });
    await api('/users?limit=1');
    expect(simulator.requests).toEqual([
      {
        id: 1,
        at: clock.now(),
        method: 'POST',
        path: `/auth/na/${DEMO.environmentId}/as/token`,
        query: '',
        target: 'token',
        status: 200,
        authentication: 'basic',
        clientId: DEMO.clientId,
        form: { grant_type: 'client_credentials' },
        faults: [],
        secretInUrl: false,
      },
      {
        id: 2,
        at: clock.now(),
        method: 'GET',
        path: `/api/na/v1/environments/${DEMO.environmentId}/users`,
        query: '?limit=1',
        target: 'api',
        status: 200,
        authentication: 'bearer',
        clientId: DEMO.clientId,
        faults: [],
        secretInUrl: false,
      },
    ]);
  });

  it('counts requests for a token, answered well or not', async () => {
    const { simulator, requestToken, url } = shared;
    await requestToken();
    await requestToken({ clientSecret: 'wrong' });
    await fetch(`${url}/auth/na/${DEMO.environmentId}/as/token`, { method: 'OPTIONS' });
    expect(simulator.tokenRequests()).toBe(2);
  });

  it('never holds a secret or a token, wherever they stood', async () => {
    const { simulator, requestToken, api, token } = shared;
    await requestToken({ method: 'post', form: { note: DEMO.clientSecret } });
    await requestToken({ method: 'post', clientSecret: 'a-wrong-secret' });
    const jwt = await token();
    await api(`/users?accessToken=${jwt}`, { token: jwt });
    await api(`/users?secret=${encodeURIComponent(DEMO.clientSecret)}`, { token: jwt });
    const kept = JSON.stringify(simulator.requests);
    for (const secret of [DEMO.clientSecret, 'a-wrong-secret', jwt, jwt.split('.')[2] ?? '']) {
      expect(kept.includes(secret)).toBe(false);
    }
    expect(simulator.requests.map(({ secretInUrl }) => secretInUrl)).toEqual([false, false, false, true, true]);
  });
});
