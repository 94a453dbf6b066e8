import { describe, expect, it } from 'vitest';
import { DEMO, type SimulatedApp } from '../src/index.js';
import { answerOf, manualClock, sharedClient, startClient, type Answer, type Client } from './client.js';

const shared = sharedClient({ clock: manualClock() });
const query = (parameters: Record<string, string>): string => `?${new URLSearchParams(parameters).toString()}`;

async function get(client: Client, path: string, token?: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${token ?? (await client.token())}` };
  return answerOf(await fetch(`${client.url}/api/na/v1${path}`, { headers }));
}

describe('organizations and licences', () => {
  it('shows the organization of an Organization Admin, alone and in the list', async () => {
    const list = await get(shared, '/organizations');
    expect(list.body).toMatchObject({ count: 1, _embedded: { organizations: [{ id: DEMO.organizationId }] } });
    expect((await get(shared, `/organizations/${DEMO.organizationId}`)).body).toMatchObject({ type: 'PAID' });
  });

  it('finds licences by status in any case, newest first', async () => {
    const path = `/organizations/${DEMO.organizationId}/licenses`;
    const all = await get(shared, path);
    const statuses = (all.body._embedded.licenses as { status: string }[]).map(({ status }) => status);
    expect(statuses).toEqual(['FUTURE', 'ACTIVE', 'EXPIRED']);
    const active = await get(shared, path + query({ filter: 'status eq "active"' }));
    expect(active.body._embedded.licenses).toMatchObject([
      { id: DEMO.licenseId, status: 'ACTIVE', users: { max: 2000 } },
    ]);
    expect((await get(shared, `${path}/${DEMO.licenseId}`)).body.package).toBe('PREMIUM');
    expect((await get(shared, `${path}/none`)).status).toBe(404);
  });

  it('answers other apps with 403, and shows them an empty list', async () => {
    const { body } = await shared.requestToken({
      clientId: DEMO.powerlessClientId,
      clientSecret: DEMO.powerlessClientSecret,
    });
    const token = String(body.access_token);
    expect((await get(shared, `/organizations/${DEMO.organizationId}/licenses`, token)).status).toBe(403);
    expect((await get(shared, '/organizations', token)).body.count).toBe(0);
    expect((await get(shared, '/environments', token)).body.count).toBe(0);
  });

  it('lists the environments that the app may read', async () => {
    const { body } = await get(shared, `/environments${query({ filter: `license.id eq "${DEMO.licenseId}"` })}`);
    expect(body._embedded.environments).toMatchObject([{ id: DEMO.environmentId, region: 'NA' }]);
  });
});

describe('identity counts', () => {
  it('totals the identities per day, with dates in milliseconds, and counts the present ones', async () => {
    const filter = 'startDate eq "2026-02-01T00:00:00+00:00" and endDate eq "2026-02-10T00:00:00+00:00"';
    const { body } = await shared.api(`/totalIdentities${query({ filter })}`);
    const rows = body._embedded.totalIdentities as { date: number; totalIdentities: number }[];
    expect(rows).toHaveLength(10);
    expect(rows[0]?.date).toBe(Date.UTC(2026, 1, 1));
    expect(rows.every((row, n) => n === 0 || row.totalIdentities >= (rows[n - 1]?.totalIdentities ?? 0))).toBe(true);
    expect(body).toMatchObject({ count: 500, size: 10 });
  });

  it.each([
    '',
    'startDate ge "2026-02-01T00:00:00Z"',
    'startDate eq "soon"',
    'startDate eq "2026-02-01" or endDate eq "2026-02-02"',
  ])('refuses totals for the filter "%s"', async (filter) => {
    const { status, body } = await shared.api(`/totalIdentities${query(filter ? { filter } : {})}`);
    expect({ status, detail: body.details[0].code }).toEqual({ status: 400, detail: 'INVALID_FILTER' });
  });

  it('writes dates as it is told', async () => {
    const { api } = await startClient({ clock: manualClock(), quirks: { identityDates: 'iso' } });
    const { body } = await api(`/totalIdentities${query({ filter: 'startDate eq "2026-03-01T00:00:00Z"' })}`);
    expect(body._embedded.totalIdentities[0].date).toBe('2026-03-01T00:00:00.000Z');
  });

  it.each([
    ['DAY', 7, 'samplePeriod'],
    ['MONTH', 2, 'samplingPeriod'],
  ])('counts the active identities per %s', async (period, size, name) => {
    const filter = 'startDate ge "2026-02-26T00:00:00Z"';
    const { body } = await shared.api(`/metrics/activeIdentityCounts${query({ filter, [name]: period })}`);
    const rows = body._embedded.activeIdentityCounts as { value: number; count: number; endDate: string }[];
    expect(rows).toHaveLength(size);
    expect(rows.every(({ value, count }) => value > 0 && value === count)).toBe(true);
    expect(rows.at(-1)?.endDate).toBe('2026-03-04T05:06:07.089Z');
  });

  it('limits days to 100 and months to 24', async () => {
    const filter = 'startDate ge "2026-02-26T00:00:00Z"';
    const ask = (more: Record<string, string>): Promise<Answer> =>
      shared.api(`/metrics/activeIdentityCounts${query({ filter, ...more })}`);
    expect((await ask({ limit: '100' })).status).toBe(200);
    expect((await ask({ limit: '100', samplePeriod: 'MONTH' })).status).toBe(400);
  });
});

describe('roles and permissions', () => {
  const reader: SimulatedApp = {
    clientId: 'd1a2b3c4-0000-4000-8000-000000000003',
    clientSecret: 'made-up-secret',
    environmentId: DEMO.environmentId,
    roles: [{ name: 'Identity Data Read Only' }],
  };

  it('opens users and counts to Identity Data Read Only, and nothing else', async () => {
    const { api, requestToken } = await startClient({ apps: [reader], clock: manualClock() });
    const token = String(
      (await requestToken({ clientId: reader.clientId, clientSecret: reader.clientSecret })).body.access_token,
    );
    const filter = query({ filter: 'recordedAt ge "2026-02-26T00:00:00Z"' });
    const statuses = await Promise.all(
      ['/users', '/populations', `/activities${filter}`].map(async (path) => (await api(path, { token })).status),
    );
    expect(statuses).toEqual([200, 200, 403]);
  });

  it('holds a role only in the environment that it names', async () => {
    const elsewhere = '00000000-0000-4000-8000-00000000000e';
    const roles: SimulatedApp['roles'] = [{ name: 'Environment Admin', environmentId: elsewhere }];
    const { api, requestToken } = await startClient({ apps: [{ ...reader, roles }] });
    const token = String(
      (await requestToken({ clientId: reader.clientId, clientSecret: reader.clientSecret })).body.access_token,
    );
    expect((await api('/users', { token })).status).toBe(403);
  });

  it('answers 403 until new permissions have propagated', async () => {
    const clock = manualClock();
    const { api, simulator } = await startClient({ clock });
    simulator.faults.permissionPropagation(30_000);
    expect((await api('/users')).body.details[0].code).toBe('INSUFFICIENT_PERMISSIONS');
    clock.advanceSeconds(30);
    expect((await api('/users')).status).toBe(200);
  });
});
