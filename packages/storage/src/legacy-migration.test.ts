import { describe, expect, it } from 'vitest';
import { fakeWebStorage } from '../test/fake-web-storage.js';
import { createCredentialStorage } from './credential-storage.js';
import { createLegacyBridge } from './legacy-bridge.js';
import { migrateLegacyCredentials } from './legacy-migration.js';
import { memoryTier } from './tiers/memory-tier.js';

const CAMEL = {
  environmentId: 'env-1',
  clientId: 'client-1',
  clientSecret: 'secret-1',
  region: 'us',
  scopes: 'p1:read:user p1:read:env',
  authMethod: 'client_secret_post',
};
const NORMAL = {
  environmentId: 'env-1',
  clientId: 'client-1',
  clientSecret: 'secret-1',
  region: 'NA',
  scopes: ['p1:read:user', 'p1:read:env'],
  tokenEndpointAuthMethod: 'client_secret_post',
};

function setUp(local: Record<string, unknown> = {}, session: Record<string, string> = {}) {
  const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const texts = Object.fromEntries(Object.entries(local).map(([key, value]) => [key, asText(value)]));
  const webStorage = { local: fakeWebStorage(texts), session: fakeWebStorage(session) };
  return { storage: createCredentialStorage({ tiers: [{ ...memoryTier(), durable: true }] }), webStorage };
}

describe('migrateLegacyCredentials', () => {
  it.each([
    ['camel case', CAMEL, {}, NORMAL],
    [
      'a whole form state',
      { ...CAMEL, redirectUri: 'https://a.example', step: 2 },
      {},
      { ...NORMAL, extra: { redirectUri: 'https://a.example', step: 2 } },
    ],
    ['a form state around the credentials', { credentials: CAMEL, step: 2 }, {}, { ...NORMAL, extra: { step: 2 } }],
    [
      'snake case with the secret in the session',
      {
        environment_id: 'env-1',
        client_id: 'client-1',
        scopes: ['p1:read:user', 'p1:read:env'],
        has_client_secret: true,
        stored_at: 7,
      },
      { worker_credentials_secret: 'secret-1' },
      { ...NORMAL, tokenEndpointAuthMethod: 'client_secret_basic', extra: { stored_at: 7 } },
    ],
    [
      'an incomplete record',
      { environmentId: 'env-1', clientId: '' },
      {},
      {
        environmentId: 'env-1',
        clientId: '',
        clientSecret: '',
        region: 'NA',
        tokenEndpointAuthMethod: 'client_secret_basic',
      },
    ],
  ])('moves %s and removes the old record', async (_, value, session, expected) => {
    const { storage, webStorage } = setUp({ worker_credentials: value, worker_token: 'stays' }, session);
    const result = await migrateLegacyCredentials(storage, { webStorage });
    expect(result).toEqual({ moved: ['worker_credentials'], kept: [], problems: [], droppedTokens: [] });
    expect((await storage.shared.credentials.load()).data).toEqual(expected);
    expect(webStorage.local.dump()).toEqual({ worker_token: 'stays' });
    expect(webStorage.session.dump()).toEqual({});
  });

  it.each([
    ['a record of another application', { user: 'x' }],
    ['a list', [1, 2]],
    ['a text in JSON', '"hello"'],
  ])('leaves %s alone', async (_, value) => {
    const { storage, webStorage } = setUp({ worker_credentials: value });
    const before = webStorage.local.dump();
    expect(await migrateLegacyCredentials(storage, { webStorage })).toEqual({
      moved: [],
      kept: [],
      problems: [],
      droppedTokens: [],
    });
    expect(webStorage.local.dump()).toEqual(before);
    expect((await storage.shared.credentials.load()).revision).toBeNull();
  });

  it.each([
    ['a truncated record', '{"environmentId":"env-1","clientSecret":"canary'],
    ['an unknown region', { ...CAMEL, region: 'canary' }],
    ['a field of the wrong type', { ...CAMEL, clientId: 5, x: 'canary' }],
    ['a forbidden key', '{"environmentId":"env-1","clientId":"canary","__proto__":{"polluted":1}}'],
  ])('leaves %s where it is and names it without its value', async (_, value) => {
    const { storage, webStorage } = setUp({ worker_credentials: value });
    const before = webStorage.local.dump();
    const result = await migrateLegacyCredentials(storage, { webStorage });
    expect(result).toMatchObject({ moved: [], kept: [], problems: [{ key: 'worker_credentials' }] });
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(webStorage.local.dump()).toEqual(before);
  });

  it('takes a record that turns up later for the newer one', async () => {
    const { storage, webStorage } = setUp({ worker_credentials: CAMEL });
    await migrateLegacyCredentials(storage, { webStorage });
    webStorage.local.setItem('worker_credentials', JSON.stringify({ ...CAMEL, clientId: 'client-2' }));
    await migrateLegacyCredentials(storage, { webStorage });
    expect((await storage.shared.credentials.load()).data?.clientId).toBe('client-2');
    expect(webStorage.local.dump()).toEqual({});
  });

  it('lets the first key win where several have complete records', async () => {
    const { storage, webStorage } = setUp({
      pingone_worker_token_credentials: { ...CAMEL, clientId: 'second' },
      worker_credentials: CAMEL,
    });
    await migrateLegacyCredentials(storage, { webStorage });
    expect((await storage.shared.credentials.load()).data?.clientId).toBe('client-1');
    expect(webStorage.local.dump()).toEqual({});
  });

  it('drops tokens under the keys named, and no others', async () => {
    const { storage, webStorage } = setUp({ worker_token: 'abc', worker_token_expires_at: '1', other_token: 'x' });
    const tokens = ['worker_token', 'worker_token_expires_at', 'not-there'];
    expect((await migrateLegacyCredentials(storage, { webStorage, tokens })).droppedTokens).toEqual(tokens.slice(0, 2));
    expect(webStorage.local.dump()).toEqual({ other_token: 'x' });
  });

  it('does nothing in a dry run', async () => {
    const { storage, webStorage } = setUp({ worker_credentials: CAMEL, t: 'x' });
    const result = await migrateLegacyCredentials(storage, { webStorage, tokens: ['t'], dryRun: true });
    expect(result).toEqual({ moved: ['worker_credentials'], kept: [], problems: [], droppedTokens: ['t'] });
    expect(Object.keys(webStorage.local.dump())).toEqual(['worker_credentials', 't']);
    expect((await storage.shared.credentials.load()).data).toBeNull();
  });

  it('keeps the old record where nothing else would survive a reload', async () => {
    const { webStorage } = setUp({ worker_credentials: CAMEL });
    const storage = createCredentialStorage({ tiers: [memoryTier()] });
    const result = await migrateLegacyCredentials(storage, { webStorage });
    expect(result).toMatchObject({ moved: ['worker_credentials'], kept: ['worker_credentials'], problems: [] });
    expect(Object.keys(webStorage.local.dump())).toEqual(['worker_credentials']);
    expect((await storage.shared.credentials.load()).data).toEqual(NORMAL);
  });

  it('keeps the old record when the durable tier does not take the new one', async () => {
    const { webStorage } = setUp({ worker_credentials: CAMEL });
    const broken = {
      ...memoryTier(),
      name: 'broken',
      source: 'browser',
      durable: true,
      get: () => Promise.reject(new Error('canary')),
    } as const;
    const storage = createCredentialStorage({ tiers: [memoryTier(), broken], channel: null });
    expect(await migrateLegacyCredentials(storage, { webStorage })).toMatchObject({
      moved: [],
      problems: [{ key: 'worker_credentials' }],
    });
    expect(Object.keys(webStorage.local.dump())).toEqual(['worker_credentials']);
    expect((await storage.shared.credentials.load()).data).toEqual(NORMAL);
  });

  it('survives web storage that throws when touched', async () => {
    const deny = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const denied = { getItem: deny, setItem: deny, removeItem: deny };
    const { storage } = setUp();
    const result = await migrateLegacyCredentials(storage, {
      webStorage: { local: denied, session: null },
      tokens: ['t'],
    });
    expect(result).toEqual({ moved: [], kept: [], problems: [], droppedTokens: [] });
  });
});

describe('createLegacyBridge', () => {
  it('takes the old record over and keeps it', async () => {
    const { storage, webStorage } = setUp({ old: CAMEL });
    const before = webStorage.local.dump();
    await createLegacyBridge(storage, { keys: ['old'], webStorage }).sync();
    expect((await storage.shared.credentials.load()).data).toEqual(NORMAL);
    expect(webStorage.local.dump()).toEqual(before);
  });

  it('writes a change into the old record in its own shape, the secret of snake case into the session', async () => {
    const { storage, webStorage } = setUp(
      {
        snake: { environment_id: 'env-1', client_id: 'client-1', scopes: [], stored_at: 7 },
        form: { step: 2, credentials: CAMEL },
      },
      { snake_secret: 'secret-1' },
    );
    const bridge = createLegacyBridge(storage, { keys: ['snake', 'form'], webStorage });
    await bridge.sync();
    const { data } = await storage.shared.credentials.load();
    await storage.shared.credentials.save({ ...data!, clientSecret: 'secret-2', region: 'EU' });
    await bridge.sync();
    expect(JSON.parse(webStorage.local.getItem('snake')!)).toMatchObject({
      environment_id: 'env-1',
      region: 'eu',
      has_client_secret: true,
    });
    expect(webStorage.local.getItem('snake')).not.toContain('secret-2');
    expect(webStorage.session.getItem('snake_secret')).toBe('secret-2');
    expect(JSON.parse(webStorage.local.getItem('form')!)).toMatchObject({
      step: 2,
      credentials: { clientSecret: 'secret-2', region: 'eu' },
    });
  });

  it('takes over what older code wrote or removed', async () => {
    const { storage, webStorage } = setUp({ old: CAMEL });
    const bridge = createLegacyBridge(storage, { keys: ['old'], webStorage });
    await bridge.sync();
    webStorage.local.setItem('old', JSON.stringify({ ...CAMEL, clientId: 'client-2' }));
    await bridge.sync();
    expect((await storage.shared.credentials.load()).data?.clientId).toBe('client-2');
    webStorage.local.removeItem('old');
    await bridge.sync();
    expect((await storage.shared.credentials.load()).data).toBeNull();
  });

  it('removes the old record when the shared one is cleared, and does not clear twice', async () => {
    const { storage, webStorage } = setUp({ old: CAMEL });
    const bridge = createLegacyBridge(storage, { keys: ['old'], webStorage });
    await bridge.sync();
    await storage.shared.credentials.clear();
    const { revision } = await storage.shared.credentials.load();
    await bridge.sync();
    expect(webStorage.local.dump()).toEqual({});
    expect((await storage.shared.credentials.load()).revision).toBe(revision);
  });

  it('does not touch a record of another application', async () => {
    const { storage, webStorage } = setUp({ old: { user: 'x' } });
    const bridge = createLegacyBridge(storage, { keys: ['old'], webStorage });
    await bridge.sync();
    await storage.shared.credentials.save(NORMAL as never);
    await bridge.sync();
    expect(webStorage.local.dump()).toEqual({ old: '{"user":"x"}' });
  });
});
