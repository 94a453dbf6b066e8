/** Exports give no secret away unsealed; an import is all of the file or nothing. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCredentialStorage } from '../src/credential-storage.js';
import { ImportRefusedError, PassphraseError } from '../src/errors.js';
import { defineFlow } from '../src/flow-definition.js';
import { flowKey } from '../src/flow-key.js';
import { memoryTier } from '../src/tiers/memory-tier.js';
import type { CredentialStorage } from '../src/types/storage.js';
import type { StorageTier } from '../src/types/tier.js';
import type { ExportFile } from '../src/types/transfer.js';

const PASSPHRASE = 'correct horse battery';
const NOW = 1_700_000_000_000;
const bare = flowKey('flow-bare');
const defined = defineFlow<{ clientId: string; pin?: string; deep?: unknown }>({
  key: 'flow-defined',
  secretFields: ['pin'],
});
const CREDENTIALS = {
  environmentId: 'env-1',
  clientId: 'client-1',
  clientSecret: 'canary-secret',
  region: 'EU',
  tokenEndpointAuthMethod: 'client_secret_post',
  extra: { note: 'canary-extra' },
} as const;

const storageOver = (tier: StorageTier = memoryTier(), now = NOW) =>
  createCredentialStorage({ tiers: [tier], clock: { now: () => now } });

async function filled(): Promise<CredentialStorage> {
  const storage = storageOver();
  await storage.shared.credentials.save({ ...CREDENTIALS });
  await storage.shared.token.save({
    accessToken: 'canary-token',
    tokenType: 'Bearer',
    expiresAt: NOW + 1,
    obtainedAt: NOW,
    fingerprint: 'f',
  });
  await storage.saveFlowCredentials(bare, { anything: 'canary-bare' }, { ttlMs: 1_000 });
  await storage.saveFlowCredentials(defined, {
    clientId: 'shown',
    pin: 'canary-pin',
    deep: [{ 'a/b': { refresh_token: 'canary-refresh', tokenEndpoint: 'https://a.example' } }],
  });
  return storage;
}

async function everything(storage: CredentialStorage): Promise<unknown> {
  return [
    (await storage.shared.credentials.load()).data,
    (await storage.loadFlowCredentials(bare)).data,
    (await storage.loadFlowCredentials(defined)).data,
    (await storage.listFlows()).map(({ flow, revision }) => [flow, revision]),
  ];
}

afterEach(() => vi.restoreAllMocks());

describe('an export without a passphrase', () => {
  it('holds no secret, and says which fields it lacks', async () => {
    const file = await (await filled()).exportAll();
    expect(JSON.stringify(file)).not.toContain('canary');
    expect(file).toEqual({
      format: 'worker-token-export',
      version: 1,
      exportedAt: NOW,
      records: [
        { key: 'flow-bare', schemaVersion: 1, savedAt: NOW, expiresAt: NOW + 1_000, leftOut: [''] },
        {
          key: 'flow-defined',
          schemaVersion: 1,
          savedAt: NOW,
          data: { clientId: 'shown', deep: [{ 'a/b': { tokenEndpoint: 'https://a.example' } }] },
          leftOut: ['/pin', '/deep/0/a~1b/refresh_token'],
        },
        {
          key: 'worker-token-credentials',
          schemaVersion: 1,
          savedAt: NOW,
          data: {
            environmentId: 'env-1',
            clientId: 'client-1',
            region: 'EU',
            tokenEndpointAuthMethod: 'client_secret_post',
          },
          leftOut: ['/clientSecret', '/extra'],
        },
      ],
    });
  });

  it('knows the definitions it is given', async () => {
    const storage = storageOver();
    await storage.saveFlowCredentials(bare, { clientId: 'shown', pin: 'canary' });
    const file = await storage.exportAll({ flows: [defineFlow({ key: bare, secretFields: ['pin'] })] });
    expect(file.records).toMatchObject([{ data: { clientId: 'shown' }, leftOut: ['/pin'] }]);
  });

  it('fills an empty storage with what it has, and never replaces a record by one without its secrets', async () => {
    const file = await (await filled()).exportAll();
    const empty = storageOver();
    expect((await empty.importAll(file)).records.map(({ key, action }) => [key, action])).toEqual([
      ['flow-bare', 'skipped'],
      ['flow-defined', 'added'],
      ['worker-token-credentials', 'added'],
    ]);
    expect((await empty.shared.credentials.load()).data).toMatchObject({ clientId: 'client-1', clientSecret: '' });
    const full = await filled();
    const before = await everything(full);
    const planted = structuredClone(file);
    Object.assign(planted.records![2]!.data as object, { tokenEndpoint: 'https://evil.example/token' });
    expect((await full.importAll(planted)).records.map(({ action }) => action)).toEqual(['skipped', 'kept', 'kept']);
    expect(await everything(full)).toEqual(before);
  });
});

describe('an export with a passphrase', () => {
  it('shows nothing but how it is sealed, and brings everything back but the token', async () => {
    const source = await filled();
    const file = await source.exportAll({ passphrase: PASSPHRASE });
    expect(Object.keys(file)).toEqual(['format', 'version', 'exportedAt', 'sealed']);
    expect(file.sealed).toMatchObject({ kdf: 'PBKDF2-SHA-256', iterations: 600_000 });
    expect(JSON.stringify(file)).not.toMatch(/canary|flow-/);
    const target = storageOver();
    await target.importAll(JSON.stringify(file), { passphrase: PASSPHRASE });
    expect(await everything(target)).toEqual(await everything(source));
    expect((await target.shared.token.load()).data).toBeNull();
    expect((await target.importAll(file, { passphrase: PASSPHRASE })).records.map(({ action }) => action)).toEqual(
      Array(3).fill('unchanged'),
    );
  });

  it('keeps the time to live', async () => {
    const file = await (await filled()).exportAll({ passphrase: PASSPHRASE });
    const late = storageOver(memoryTier(), NOW + 1_000);
    const { records } = await late.importAll(file, { passphrase: PASSPHRASE });
    expect(records[0]).toMatchObject({ key: 'flow-bare', action: 'skipped' });
  });

  it('refuses a short passphrase', async () => {
    await expect((await filled()).exportAll({ passphrase: 'short' })).rejects.toBeInstanceOf(PassphraseError);
  });

  it.each<[string, (file: ExportFile) => unknown, string | undefined]>([
    ['another passphrase', (file) => file, 'correct horse batterY'],
    ['no passphrase', (file) => file, undefined],
    ['a changed time', (file) => ({ ...file, exportedAt: NOW + 1 }), PASSPHRASE],
    ['more iterations', (file) => ({ ...file, sealed: { ...file.sealed, iterations: 600_001 } }), PASSPHRASE],
    [
      'another salt',
      (file) => ({ ...file, sealed: { ...file.sealed, salt: `A${file.sealed!.salt.slice(1)}_` } }),
      PASSPHRASE,
    ],
    [
      'changed data',
      (file) => ({ ...file, sealed: { ...file.sealed, data: `AAAA${file.sealed!.data.slice(4)}` } }),
      PASSPHRASE,
    ],
    ['data that is no base64', (file) => ({ ...file, sealed: { ...file.sealed, data: '%' } }), PASSPHRASE],
  ])('does not open with %s, and nothing changes', async (_, change, passphrase) => {
    const storage = await filled();
    const file = await storage.exportAll({ passphrase: PASSPHRASE });
    const before = await everything(storage);
    const importing = storage.importAll(change(file), passphrase === undefined ? {} : { passphrase });
    await expect(importing).rejects.toBeInstanceOf(PassphraseError);
    expect(await everything(storage)).toEqual(before);
  });
});

const good = { key: 'flow-bare', schemaVersion: 1, savedAt: NOW, data: { planted: 1 }, leftOut: [] };
const fileOf = (...records: unknown[]) => ({ format: 'worker-token-export', version: 1, exportedAt: NOW, records });
const withRecord = (change: object) => fileOf(good, { ...good, key: 'flow-b', ...change });
const sealedWith = (change: object) => ({
  ...fileOf(),
  records: undefined,
  sealed: { kdf: 'PBKDF2-SHA-256', iterations: 600_000, salt: 'AAAA', iv: 'AAAA', data: 'AAAA', ...change },
});

describe('a bad file', () => {
  it.each<[string, unknown]>([
    ['nothing', null],
    ['no JSON', '{"format":'],
    ['a text in JSON', '"worker-token-export"'],
    ['a list', []],
    ['another format', { ...fileOf(good), format: 'other' }],
    ['a newer version', { ...fileOf(good), version: 2 }],
    ['neither records nor a sealed part', { ...fileOf(), records: undefined }],
    ['records that are no list', { ...fileOf(), records: { 0: good, length: 1 } }],
    ['records and a sealed part', { ...fileOf(good), sealed: {} }],
    ['a file that is too large', JSON.stringify(withRecord({ data: 'x'.repeat(4_000_000) }))],
    ['nesting without end', `{"format":"worker-token-export","records":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['__proto__ in a value', JSON.stringify(fileOf(good)).replace('"planted"', '"__proto__"')],
    ['__proto__ beside the records', JSON.stringify(fileOf(good)).replace('{', '{"__proto__":{"polluted":1},')],
    ['constructor in a value', withRecord({ data: { constructor: { prototype: 1 } } })],
    ['a key twice', fileOf(good, good)],
    ['the worker token', withRecord({ key: 'worker-access-token' })],
    ['a path for a key', withRecord({ key: '../../etc/passwd' })],
    ['a key in capitals', withRecord({ key: 'Flow-B' })],
    ['a key with a NUL', withRecord({ key: 'flow\u0000' })],
    ['a physical key', withRecord({ key: 'flow_credentials_flow-b' })],
    ['a key that is no text', withRecord({ key: ['flow-b'] })],
    ['a record that is no object', fileOf(good, 'flow-b')],
    ['schema version 0', withRecord({ schemaVersion: 0 })],
    ['a time that is no number', withRecord({ savedAt: '1' })],
    ['no value', withRecord({ data: null })],
    ['no word on what it lacks', withRecord({ leftOut: undefined })],
    [
      'credentials of an unknown region',
      withRecord({ key: 'worker-token-credentials', data: { ...CREDENTIALS, region: 'XX' } }),
    ],
    ['credentials that are a list', withRecord({ key: 'worker-token-credentials', data: [1] })],
    ['a schema version from the future', withRecord({ key: 'flow-defined', schemaVersion: 2 })],
    ['a weak number of iterations', sealedWith({ iterations: 599_999 })],
    ['an endless number of iterations', sealedWith({ iterations: 1e12 })],
    ['an unknown way to make the key', sealedWith({ kdf: 'MD5' })],
    ['a sealed part without data', sealedWith({ data: 1 })],
  ])('with %s changes nothing, and pollutes nothing', async (_, file) => {
    const storage = await filled();
    const before = await everything(storage);
    const error = await storage.importAll(file, { passphrase: PASSPHRASE }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ImportRefusedError);
    expect((error as Error).message).not.toContain('planted');
    expect(await everything(storage)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is told, not thrown, in a dry run, which changes nothing either', async () => {
    const storage = await filled();
    const before = await everything(storage);
    const report = await storage.importAll(withRecord({ key: 'worker-token-credentials', data: 'x' }), {
      dryRun: true,
    });
    expect(report).toMatchObject({ dryRun: true, problems: [{ key: 'worker-token-credentials' }] });
    expect(report.records).toEqual([{ key: 'flow-bare', action: 'replaced', leftOut: [] }]);
    expect(await everything(storage)).toEqual(before);
  });

  it('of a flow with a schema is checked by it', async () => {
    const schema = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'canary' }] }) },
    } as const;
    const flows = [defineFlow({ key: bare, schema })];
    await expect(storageOver().importAll(fileOf(good), { flows })).rejects.toMatchObject({
      problems: [{ key: 'flow-bare', reason: expect.not.stringContaining('canary') }],
    });
  });
});

describe('a storage that fails half-way through an import', () => {
  it('keeps what somebody else saved meanwhile over what was imported', async () => {
    const tier = memoryTier();
    const [storage, other] = [storageOver(tier), storageOver(tier)];
    await storage.saveFlowCredentials(bare, 'before');
    const original = tier.compareAndSet;
    vi.spyOn(tier, 'compareAndSet').mockImplementation(async (key, ...rest) => {
      if (!key.endsWith('flow-b')) return original(key, ...rest);
      await other.saveFlowCredentials(bare, 'meanwhile');
      throw new Error('gone');
    });
    await expect(storage.importAll(fileOf(good, { ...good, key: 'flow-b' }))).rejects.toBeInstanceOf(
      ImportRefusedError,
    );
    expect((await storage.loadFlowCredentials(bare)).data).toBe('meanwhile');
  });

  it('gets back what it had', async () => {
    const tier = memoryTier();
    const storage = storageOver(tier);
    await storage.saveFlowCredentials(bare, 'before');
    const original = tier.compareAndSet;
    vi.spyOn(tier, 'compareAndSet').mockImplementation((key, ...rest) =>
      key.endsWith('flow-c') ? Promise.reject(new Error('canary')) : original(key, ...rest),
    );
    const file = fileOf(good, { ...good, key: 'flow-b' }, { ...good, key: 'flow-c' });
    const error = await storage.importAll(file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ImportRefusedError);
    expect(String(error)).not.toContain('canary');
    expect((await storage.loadFlowCredentials(bare)).data).toBe('before');
    expect((await storage.listFlows()).map(({ flow }) => flow)).toEqual(['flow-bare']);
  });
});
