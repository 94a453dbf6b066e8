import { describe, expect, it } from 'vitest';
import { DEMO } from '../src/index.js';
import { answerOf, manualClock, sharedClient, startClient } from './client.js';

const query = (parameters: Record<string, string>): string => `?${new URLSearchParams(parameters)}`;

const shared = sharedClient({ clock: manualClock() });

describe('authorization', () => {
  it.each([
    ['no token', undefined],
    ['something that is no token', 'Bearer nonsense'],
  ])('answers %s with 401 INVALID_TOKEN', async (_, authorization) => {
    const { url } = shared;
    const headers: Record<string, string> = authorization ? { authorization } : {};
    const response = await fetch(`${url}/api/na/v1/environments/${DEMO.environmentId}/users`, { headers });
    const { status, body } = await answerOf(response);
    expect(status).toBe(401);
    expect(body).toMatchObject({ id: expect.any(String), code: 'ACCESS_FAILED', details: [{ code: 'INVALID_TOKEN' }] });
  });

  it('refuses a token that another simulator has signed', async () => {
    const stranger = await startClient();
    const { api } = shared;
    expect((await api('/users', { token: await stranger.token() })).status).toBe(401);
  });

  it('accepts a token until it expires by the injected clock', async () => {
    const clock = manualClock();
    const { api, token } = await startClient({ clock });
    const jwt = await token();
    clock.advanceSeconds(3598);
    expect((await api('/users', { token: jwt })).status).toBe(200);
    clock.advanceSeconds(2);
    expect((await api('/users', { token: jwt })).status).toBe(401);
  });

  it('answers an app without roles with 403 INSUFFICIENT_PERMISSIONS', async () => {
    const { api, requestToken } = shared;
    const issued = await requestToken({ clientId: DEMO.powerlessClientId, clientSecret: DEMO.powerlessClientSecret });
    const { status, body } = await api('/users', { token: issued.body.access_token });
    expect(status).toBe(403);
    expect(body.details[0].code).toBe('INSUFFICIENT_PERMISSIONS');
  });

  it('answers an unknown environment with 403, or 404 when told so', async () => {
    const path = '/api/na/v1/environments/00000000-0000-4000-8000-000000000000/users';
    for (const unknownEnvironmentApi of [403, 404] as const) {
      const { url, token } = await startClient({ quirks: { unknownEnvironmentApi } });
      const response = await fetch(url + path, { headers: { authorization: `Bearer ${await token()}` } });
      expect(response.status).toBe(unknownEnvironmentApi);
    }
  });
});

describe('users', () => {
  it('lists pages with count, size and links', async () => {
    const { api, url } = shared;
    const { body } = await api('/users');
    expect(body).toMatchObject({ count: 500, size: 200 });
    expect(body._embedded.users[0]).toMatchObject({ id: DEMO.userId, username: DEMO.username, email: DEMO.email });
    expect(body._links.next.href).toContain(`${url}/api/na/v1/environments/${DEMO.environmentId}/users?cursor=`);
  });

  it('gives every user once when the next links are followed', async () => {
    const { api, token } = shared;
    const jwt = await token();
    const ids = new Set<string>();
    let path: string | undefined = '/users?limit=130';
    while (path !== undefined) {
      const { body } = await api(path, { token: jwt });
      for (const user of body._embedded.users) ids.add(user.id);
      path = body._links.next?.href.split(DEMO.environmentId)[1];
    }
    expect(ids.size).toBe(500);
  });

  it.each([
    ['email eq "mira.okafor@example.test"', 1],
    ['email eq "MIRA.OKAFOR@example.test" or username eq "nobody"', 1],
    ['name.given eq "Mira" and enabled eq true', undefined],
    ['username sw "mira."', 13],
    ['username eq "it\\"s"', 0],
  ])('filters by %s', async (filter, count) => {
    const { api } = shared;
    const { status, body } = await api(`/users${query({ filter })}`);
    expect(status).toBe(200);
    if (count !== undefined) expect(body.count).toBe(count);
    else expect(body.count).toBeGreaterThan(0);
  });

  it.each(['userName co "x"', 'password eq "x"', 'email eq', 'email eq "x" and', 'email gt "x"', 'email eq "x'])(
    'refuses the filter %s with INVALID_FILTER',
    async (filter) => {
      const { api } = shared;
      const { status, body } = await api(`/users${query({ filter })}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'INVALID_DATA', details: [{ code: 'INVALID_FILTER' }] });
    },
  );

  it('refuses a cursor that was changed, and one that belongs to another filter', async () => {
    const { api, token } = shared;
    const jwt = await token();
    const first = await api(`/users${query({ filter: 'enabled eq true', limit: '10' })}`, { token: jwt });
    const cursor = new URL(first.body._links.next.href).searchParams.get('cursor') ?? '';
    const changed = await api(`/users${query({ cursor: `A${cursor.slice(1)}A` })}`, { token: jwt });
    const foreign = await api(`/users${query({ cursor, filter: 'enabled eq false' })}`, { token: jwt });
    for (const { status, body } of [changed, foreign]) {
      expect(status).toBe(400);
      expect(body.details[0]).toMatchObject({ code: 'INVALID_VALUE', target: 'cursor' });
    }
  });

  it.each(['0', '1001', 'ten'])('refuses the limit %s', async (limit) => {
    const { api } = shared;
    expect((await api(`/users?limit=${limit}`)).status).toBe(400);
  });

  it('names the groups of a user only when asked to', async () => {
    const { api } = shared;
    const plain = await api(`/users/${DEMO.userId}`);
    expect(Object.keys(plain.body).filter((key) => key.startsWith('memberOf'))).toEqual([]);
    const named = await api(`/users/${DEMO.userId}?include=memberOfGroupNames`);
    expect(named.body.memberOfGroupNames).toEqual(['Staff', 'Engineering']);
    const { body } = await api(`/users/${DEMO.userId}?include=memberOfGroupIDs`);
    const members = await api(`/users${query({ filter: `memberOfGroups[id eq "${body.memberOfGroupIDs[0]}"]` })}`);
    expect(members.body.count).toBeGreaterThan(50);
  });

  it('returns one user with population, and 404 for an unknown one', async () => {
    const { api } = shared;
    const user = await api(`/users/${DEMO.userId}`);
    expect(user.body).toMatchObject({ username: DEMO.username, environment: { id: DEMO.environmentId } });
    const population = await api(`/populations/${user.body.population.id}`);
    expect(population.body).toMatchObject({ name: 'Employees', userCount: expect.any(Number) });
    expect((await api('/users/00000000-0000-4000-8000-000000000000')).body.code).toBe('NOT_FOUND');
  });
});

describe('populations and environment', () => {
  it('lists five populations that hold all users together', async () => {
    const { api } = shared;
    const { body } = await api('/populations');
    expect(body.size).toBe(5);
    const sum = body._embedded.populations.reduce((n: number, one: { userCount: number }) => n + one.userCount, 0);
    expect(sum).toBe(500);
  });

  it('returns the environment with its region, organization and licence', async () => {
    const { api } = shared;
    expect((await api('')).body).toMatchObject({
      id: DEMO.environmentId,
      name: 'Demo',
      region: 'NA',
      organization: { id: DEMO.organizationId },
      license: { id: DEMO.licenseId },
    });
  });
});

describe('activities', () => {
  it('demands the end of the range only when told so', async () => {
    const filter = 'recordedAt ge "2026-02-25T00:00:00Z"';
    for (const [activityRange, expected] of [
      ['open', 200],
      ['closed', 400],
    ] as const) {
      const { api } = await startClient({ clock: manualClock(), quirks: { activityRange } });
      expect((await api(`/activities${query({ filter })}`)).status).toBe(expected);
    }
  });

  const range = 'recordedAt ge "2026-02-25T00:00:00Z" and recordedAt le "2026-03-04T00:00:00Z"';

  it('returns the activities of a range, newest first', async () => {
    const { api } = shared;
    const { body } = await api(`/activities${query({ filter: range, limit: '1000' })}`);
    const times: string[] = body._embedded.activities.map((one: { recordedAt: string }) => one.recordedAt);
    expect(times.length).toBeGreaterThan(100);
    expect(times.every((time) => time >= '2026-02-25' && time <= '2026-03-04T00:00:00.000Z')).toBe(true);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('takes the filter in the body of a POST and keeps it out of the next link', async () => {
    const { api, token } = shared;
    const jwt = await token();
    const filter = `${range} and actors.user.id eq "${DEMO.userId}"`;
    const post = await api('/activities', {
      token: jwt,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ filter: `${range} and action.type eq "USER.ACCESS_ALLOWED"`, limit: 20 }),
    });
    expect(post.body.size).toBe(20);
    const next = new URL(post.body._links.next.href);
    expect(decodeURIComponent(next.href)).not.toContain('ACCESS_ALLOWED');
    const page = await api(`/activities${next.search}`, { token: jwt });
    expect(page.body._embedded.activities[0].action.type).toBe('USER.ACCESS_ALLOWED');
    expect((await api(`/activities${query({ filter })}`, { token: jwt })).status).toBe(200);
  });

  it.each([
    '',
    'action.type eq "USER.CREATED"',
    'recordedAt le "2026-02-25T00:00:00Z"',
    'recordedAt ge "yesterday" and recordedAt le "today"',
    `${range} and action.type eq "A" and resources.id eq "b"`,
    `${range} and result.status eq "FAILED"`,
  ])('refuses the filter "%s"', async (filter) => {
    const { api } = shared;
    const { status, body } = await api(`/activities${filter ? query({ filter }) : ''}`);
    expect({ status, detail: body.details[0].code }).toEqual({ status: 400, detail: 'INVALID_FILTER' });
  });
});
