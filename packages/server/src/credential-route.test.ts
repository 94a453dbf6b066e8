/** The credential route over real sockets, spoken to by httpTier: the tier's contract, and that secrets go in and do not come out. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkerTokenManager } from '@worker-token/manager';
import { DEMO } from '@worker-token/pingone-simulator';
import {
  createCredentialStorage,
  defineFlow,
  flowKey,
  httpTier,
  memoryTier,
  type FlowDefinition,
  type StorageTier,
} from '@worker-token/storage';
import { conformanceCases } from '@worker-token/storage/conformance';
import { fileTier } from '@worker-token/storage/node';
import { describe, expect, it, vi } from 'vitest';
import { atTheEnd, byCookie, memoryLogger, pingOne, serve } from '../test/serve.js';
import { createCredentialRoute, type CredentialRouteOptions } from './credential-route.js';
import { ServerOptionError } from './errors.js';

const KEY_BYTES = () => new Uint8Array(32).fill(7);
const CANARY = 'canary/secret+1?x';

interface Oauth {
  clientId: string;
  clientSecret?: string;
  redirectUri?: string;
  nested?: { password?: string; name?: string };
}
const OAUTH: FlowDefinition<Oauth> = defineFlow({ key: 'oauth-flow', version: 1, secretFields: ['clientSecret'] });
const OTHER = defineFlow<unknown>({ key: 'other-flow', version: 1, secretFields: [] });
const CONFORMANCE = ['conformance-a', 'conformance-a-b'].map((key) =>
  defineFlow<unknown>({ key, version: 1, secretFields: [] }),
);

const cookie = (session: string) => ({ headers: () => ({ Cookie: `session=${session}` }) });

async function started(options: Partial<CredentialRouteOptions> = {}) {
  const tier = memoryTier();
  const route = createCredentialRoute({
    authorize: byCookie,
    flows: [OAUTH, OTHER, ...CONFORMANCE],
    tier,
    rateLimit: false,
    ...options,
  });
  const url = `${await serve(route)}/api/credentials`;
  return { url, tier, http: (session = 'a') => httpTier(url, cookie(session)) };
}

/** A page: nothing but memory and the route. */
function pageOf(http: StorageTier) {
  const storage = createCredentialStorage({ tiers: [memoryTier(), http] });
  atTheEnd(() => storage.dispose());
  return storage;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'records');
}

const TIERS: [string, () => Partial<CredentialRouteOptions>][] = [
  ['memory', () => ({ tier: memoryTier() })],
  ['files in plain text', () => ({ tier: fileTier({ directory: temporaryFolder(), key: undefined }) })],
  [
    'files, encrypted',
    () => ({ tier: fileTier({ directory: temporaryFolder(), key: KEY_BYTES }), encryption: 'required' }),
  ],
  ['a tier that lists keys alone', () => ({ tier: { ...memoryTier(), entries: undefined } as unknown as StorageTier })],
];

describe.each(TIERS)('httpTier through the route, over %s', (_, options) => {
  it.each(conformanceCases(async () => (await started(options())).http()))('$title', ({ run }) => run());
});

describe('the credential route', () => {
  it('keeps a flow whole, and gives it to the next page without its secrets', async () => {
    const { http } = await started();
    const saved: Oauth = { clientId: 'c', clientSecret: CANARY, nested: { password: CANARY, name: 'n' } };
    const page = pageOf(http());
    await page.saveFlowCredentials(OAUTH, saved);
    expect((await page.loadFlowCredentials(OAUTH)).data).toEqual({ clientId: 'c', nested: { name: 'n' } });
    const next = await pageOf(http()).loadFlowCredentials(OAUTH);
    expect(next).toMatchObject({ data: { clientId: 'c', nested: { name: 'n' } }, source: 'server', revision: 1 });
    expect(next.problem).toBeUndefined();
  });

  it('says which fields it left out, and no more of them', async () => {
    const { http, url } = await started();
    await pageOf(http()).saveFlowCredentials(OAUTH, { clientId: 'c', clientSecret: CANARY });
    const ask = (path: string) => fetch(url + path, { headers: { 'X-Worker-Token': '1', Cookie: 'session=a' } });
    const one = (await (await ask('/flow_credentials_oauth-flow')).json()) as { leftOut: string[] };
    expect(one.leftOut).toEqual(['/clientSecret']);
    const all = await (await ask('?prefix=flow_credentials_')).text();
    expect((JSON.parse(all) as { records: unknown[] }).records).toHaveLength(1);
    expect(all).not.toContain('canary');
  });

  it('lets a page change the rest without the secret, which stays', async () => {
    const { http, tier } = await started();
    await pageOf(http()).saveFlowCredentials(OAUTH, { clientId: 'c', clientSecret: CANARY, nested: { password: 'p' } });
    const page = pageOf(http());
    const { data } = await page.loadFlowCredentials(OAUTH);
    await page.saveFlowCredentials(OAUTH, { ...data, clientId: 'c', redirectUri: 'https://app.example/' });
    const onServer = await createCredentialStorage({ tiers: [tier] }).loadFlowCredentials(OAUTH);
    expect(onServer.data).toEqual({
      clientId: 'c',
      clientSecret: CANARY,
      redirectUri: 'https://app.example/',
      nested: { password: 'p' },
    });
    expect(onServer.revision).toBe(2);
  });

  it('replaces the secret where the page gives one, also an empty one', async () => {
    const { http, tier } = await started();
    const page = pageOf(http());
    for (const clientSecret of [CANARY, 'another', ''])
      await page.saveFlowCredentials(OAUTH, { clientId: 'c', clientSecret });
    expect((await createCredentialStorage({ tiers: [tier] }).loadFlowCredentials(OAUTH)).data?.clientSecret).toBe('');
  });

  it('forgets the secret with a removal', async () => {
    const { http, tier } = await started();
    const page = pageOf(http());
    await page.saveFlowCredentials(OAUTH, { clientId: 'c', clientSecret: CANARY });
    await page.clearFlowCredentials(OAUTH);
    await page.saveFlowCredentials(OAUTH, { clientId: 'c' });
    expect((await createCredentialStorage({ tiers: [tier] }).loadFlowCredentials(OAUTH)).data).toEqual({
      clientId: 'c',
    });
  });

  it('refuses a save from before somebody else’s, with the revision that is there', async () => {
    const { http } = await started();
    const [one, two] = [pageOf(http()), pageOf(http())];
    await one.saveFlowCredentials(OTHER, 1);
    await two.loadFlowCredentials(OTHER);
    await one.saveFlowCredentials(OTHER, 2);
    await expect(two.saveFlowCredentials(OTHER, 3, { ifRevision: 1 })).rejects.toMatchObject({
      code: 'revision-conflict',
    });
    expect((await two.loadFlowCredentials(OTHER)).data).toBe(2);
  });

  it('encrypts at rest, so that the file has neither secret nor anything else of the value', async () => {
    const directory = temporaryFolder();
    const { http } = await started({ tier: fileTier({ directory, key: KEY_BYTES }), encryption: 'required' });
    await pageOf(http()).saveFlowCredentials(OAUTH, { clientId: 'client-canary', clientSecret: CANARY });
    const [name = ''] = readdirSync(directory).filter((file) => file.endsWith('.json'));
    const text = readFileSync(join(directory, name), 'utf8');
    expect(name).toBe('oauth-flow.json');
    expect(text).not.toContain('canary');
    expect(text).toContain('A256GCM');
  });

  it('keeps records in the home of whoever runs the server, where no tier is named', async () => {
    const home = temporaryFolder();
    vi.stubEnv('HOME', home);
    atTheEnd(() => vi.unstubAllEnvs());
    const route = createCredentialRoute({ authorize: byCookie, flows: [OTHER] });
    const http = httpTier(`${await serve(route)}/api/credentials`, cookie('a'));
    await pageOf(http).saveFlowCredentials(OTHER, 'kept');
    expect((await pageOf(http).loadFlowCredentials(OTHER)).data).toBe('kept');
    expect(readdirSync(join(home, '.worker-token', 'credentials'))).toContain('other-flow.json');
  });

  it('says once that records lie there in plain text', async () => {
    const logger = memoryLogger();
    const { http } = await started({ tier: fileTier({ directory: temporaryFolder(), key: undefined }), logger });
    const page = pageOf(http());
    for (const value of [1, 2, 3]) await page.saveFlowCredentials(OTHER, value);
    expect(logger.lines.filter((line) => line.includes('WORKER_TOKEN_STORAGE_KEY'))).toHaveLength(1);
  });

  it('shows a damaged record as damaged, and lets a page save over it', async () => {
    const { http, tier } = await started();
    const page = pageOf(http());
    await page.saveFlowCredentials(OAUTH, { clientId: 'c' });
    await tier.compareAndSet('flow_credentials_oauth-flow', 1, { revision: 2, text: `{"broken":"${CANARY}"` });
    const { data, problem } = await page.loadFlowCredentials(OAUTH);
    expect([data, problem?.kind]).toEqual([null, 'corrupt']);
    await page.saveFlowCredentials(OAUTH, { clientId: 'again' });
    expect((await page.loadFlowCredentials(OAUTH)).data).toEqual({ clientId: 'again' });
  });

  it('shows a record as absent whose key is gone', async () => {
    const directory = temporaryFolder();
    const before = await started({ tier: fileTier({ directory, key: KEY_BYTES }) });
    await pageOf(before.http()).saveFlowCredentials(OAUTH, { clientId: 'c' });
    const after = await started({ tier: fileTier({ directory, key: () => new Uint8Array(32).fill(8) }) });
    const page = pageOf(after.http());
    const { data, revision, problem } = await page.loadFlowCredentials(OAUTH);
    expect([data, revision, problem]).toEqual([null, 1, undefined]);
    expect((await page.saveFlowCredentials(OAUTH, { clientId: 'd' })).revision).toBe(2);
  });

  it('keeps what a page has sealed with a key of its own, as it is', async () => {
    const { http } = await started();
    const seal = {
      id: 'of-the-page',
      encrypt: async (d: string) => ({ iv: 'i', d: btoa(d) }),
      decrypt: async ({ d }: { d: string }) => atob(d),
    };
    const page = createCredentialStorage({ tiers: [http()], encryption: seal });
    await page.saveFlowCredentials(OAUTH, { clientId: 'c', clientSecret: CANARY });
    expect((await page.loadFlowCredentials(OAUTH)).data).toEqual({ clientId: 'c', clientSecret: CANARY });
  });

  it('gives each session records of its own, where the tier is chosen by session', async () => {
    const tiers: Record<string, StorageTier> = { a: memoryTier(), b: memoryTier() };
    const tierOf = (session: string) => tiers[session] ?? memoryTier();
    const { http } = await started({ tier: tierOf });
    await pageOf(http('a')).saveFlowCredentials(OTHER, 'of a');
    expect((await pageOf(http('b')).loadFlowCredentials(OTHER)).data).toBeNull();
    expect((await pageOf(http('a')).loadFlowCredentials(OTHER)).data).toBe('of a');
  });

  it('keeps no flow that is not named, and shows none', async () => {
    const { http, tier } = await started();
    const unnamed = flowKey('unnamed');
    const saved = await pageOf(http()).saveFlowCredentials(unnamed, 'x');
    expect(saved).toMatchObject({
      tiers: ['memory'],
      failed: [{ tier: 'http', reason: expect.stringContaining('403') }],
    });
    await createCredentialStorage({ tiers: [tier] }).saveFlowCredentials(unnamed, CANARY);
    expect(await http().get('flow_credentials_unnamed')).toBeNull();
    expect(await http().keys('flow_credentials_')).toEqual([]);
  });
});

describe('the shared worker credentials', () => {
  const credentials = { environmentId: DEMO.environmentId, clientId: DEMO.clientId, clientSecret: DEMO.clientSecret };

  it('are neither kept nor shown unless that is asked for; the worker token never is', async () => {
    for (const workerCredentials of [false, true]) {
      const { http, tier } = await started({ workerCredentials });
      const server = createCredentialStorage({ tiers: [tier] });
      const token = { accessToken: CANARY, tokenType: 'Bearer', expiresAt: 1, obtainedAt: 0, fingerprint: 'f' };
      await server.shared.token.save(token);
      expect(await http().get('flow_credentials_worker-access-token')).toBeNull();
      expect(await http().keys('flow_credentials_')).toEqual([]);
      await expect(
        http().compareAndSet('flow_credentials_worker-access-token', 1, { revision: 2, text: null }),
      ).rejects.toThrow('403');
      expect(await http().get('flow_credentials_worker-token-credentials')).toBeNull();
    }
  });

  it('are saved by a form in a page, used by the manager of the server, and shown without the secret', async () => {
    const { url, host } = await pingOne();
    const { http, tier } = await started({ workerCredentials: true });
    const page = pageOf(http()).shared.credentials;
    const tokenEndpoint = `${url}/auth/na/${DEMO.environmentId}/as/token`;
    const form = {
      ...credentials,
      region: 'NA',
      tokenEndpointAuthMethod: 'client_secret_basic',
      tokenEndpoint,
    } as const;
    await page.save(form);
    const storage = createCredentialStorage({ tiers: [tier] });
    const manager = createWorkerTokenManager({ storage, allowedTokenHosts: [host], logger: memoryLogger() });
    atTheEnd(() => manager.dispose());
    expect(await manager.getWorkerToken()).toMatch(/^eyJ/);
    const shown = (await pageOf(http()).shared.credentials.load()).data;
    expect(shown).toEqual({ ...form, clientSecret: '' });
    // Saved again as it was shown: the secret stays.
    await pageOf(http()).shared.credentials.save({ ...(shown as typeof form), scopes: ['a'] });
    expect((await storage.shared.credentials.load({ fresh: true })).data).toEqual({ ...form, scopes: ['a'] });
  });

  it.each(['clientId', 'environmentId', 'region', 'tokenEndpoint', 'authHost'])(
    'lose the secret when %s changes, so that it is sent nowhere else',
    async (field) => {
      const { http, tier } = await started({ workerCredentials: true });
      const form = { ...credentials, region: 'NA', tokenEndpointAuthMethod: 'client_secret_basic' } as const;
      await pageOf(http()).shared.credentials.save(form);
      const other = field === 'region' ? 'EU' : 'https://elsewhere.example/as/token';
      await pageOf(http()).shared.credentials.save({ ...form, clientSecret: '', [field]: other });
      const { data } = await createCredentialStorage({ tiers: [tier] }).shared.credentials.load();
      expect(data?.clientSecret).toBe('');
    },
  );
});

describe('requests that are no httpTier’s', () => {
  const HEADERS = { 'X-Worker-Token': '1', Cookie: 'session=a', 'Content-Type': 'application/json' };
  const put = (url: string, body: unknown, key = 'flow_credentials_oauth-flow') =>
    fetch(`${url}/${key}`, {
      method: 'PUT',
      headers: HEADERS,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it.each<[string, unknown]>([
    ['no object', 'null'],
    ['a list', []],
    ['no JSON', '{'],
    ['no revision', { expectedRevision: null, text: null }],
    ['a revision of none', { expectedRevision: null, revision: 0, text: null }],
    ['a revision that is text', { expectedRevision: null, revision: '1', text: null }],
    ['a text that is an object', { expectedRevision: null, revision: 1, text: {} }],
    [
      'a text that is no record, for a flow with secrets',
      { expectedRevision: null, revision: 1, text: `{"clientSecret":"${CANARY}"}` },
    ],
    ['a record of a newer format', { expectedRevision: null, revision: 1, text: '{"v":2}' }],
  ])('are answered with 400: %s', async (_, body) => {
    const { url, tier } = await started();
    const response = await put(url, body);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('canary');
    expect(await tier.get('flow_credentials_oauth-flow')).toBeNull();
  });

  it('cannot copy one flow’s record into another’s place', async () => {
    const { url, http } = await started();
    await pageOf(http()).saveFlowCredentials(OAUTH, { clientId: 'c' });
    const record = await http().get('flow_credentials_oauth-flow');
    expect((await put(url, { expectedRevision: null, ...record }, 'flow_credentials_other-flow')).status).toBe(400);
  });

  it.each([
    '..%2f..%2fetc%2fpasswd',
    'flow_credentials_..%2fx',
    'flow_credentials_OAUTH-FLOW',
    'flow_credentials_oauth-flow/x',
    'other_oauth-flow',
    '%66low_credentials_oauth-flow',
  ])('reach no record as %s', async (key) => {
    const { url, http } = await started();
    await pageOf(http()).saveFlowCredentials(OAUTH, { clientId: 'c' });
    expect((await fetch(`${url}/${key}`, { headers: HEADERS })).status).toBe(404);
    expect([403, 404]).toContain((await put(url, { expectedRevision: null, revision: 1, text: null }, key)).status);
  });

  it('are refused without the header, from another page, and from nobody', async () => {
    const { url } = await started();
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${url}/flow_credentials_oauth-flow`, { headers: { ...HEADERS, ...headers } })).status;
    expect(await status({ 'X-Worker-Token': '' })).toBe(403);
    expect(await status({ Origin: 'https://evil.example' })).toBe(403);
    expect(await status({ Cookie: '' })).toBe(401);
    expect((await put(url, `"${'x'.repeat(300_000)}"`)).status).toBe(413);
  });

  it.each<[string, object]>([
    ['no flows', { flows: undefined }],
    ['a bare flow key', { flows: ['oauth-flow'] }],
    ['a flow whose secrets nobody named', { flows: [{ key: 'oauth-flow' }] }],
    ['a reserved flow', { flows: [{ key: 'worker-access-token', secretFields: [] }] }],
    ['no authorize', { authorize: undefined }],
  ])('are no question: it is not made with %s', (_, options) => {
    expect(() => createCredentialRoute({ authorize: () => true, flows: [OAUTH], ...options })).toThrow(
      ServerOptionError,
    );
  });
});
