import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUTH_METHODS } from './auth-methods.js';
import { InvalidCredentialsError, UnknownRegionError } from './errors.js';
import { toLegacyCredentials } from './legacy-credentials.js';
import { deriveTokenEndpoint, REGIONS, toRegion } from './regions.js';
import type { Region, WorkerTokenCredentials } from './types/credentials.js';
import { toWorkerTokenCredentials } from './worker-token-credentials.js';

const BASE = { environmentId: 'e', clientId: 'c', clientSecret: 's' };

describe('toWorkerTokenCredentials', () => {
  it.each([
    ['text', 'a b  c', ['a', 'b', 'c']],
    ['a list', ['a', 'b'], ['a', 'b']],
    ['empty text', '', undefined],
    ['nothing', undefined, undefined],
  ])('reads scopes from %s', (_, scopes, expected) => {
    expect(toWorkerTokenCredentials({ ...BASE, scopes }).scopes).toEqual(expected);
  });

  it.each(['authMethod', 'clientAuthMethod', 'tokenAuthMethod', 'tokenEndpointAuthMethod', 'auth_method'])(
    'reads the method from %s, in upper case too',
    (name) => {
      expect(toWorkerTokenCredentials({ ...BASE, [name]: 'CLIENT_SECRET_POST' }).tokenEndpointAuthMethod).toBe(
        'client_secret_post',
      );
    },
  );

  it.each([
    ['na', 'NA'],
    ['us', 'NA'],
    ['NorthAmerica', 'NA'],
    ['NORTH_AMERICA', 'NA'],
    ['', 'NA'],
    [undefined, 'NA'],
    [null, 'NA'],
    ['ca', 'CA'],
    ['Canada', 'CA'],
    ['eu', 'EU'],
    ['Europe', 'EU'],
    ['Australia-AsiaPacific', 'AU'],
    ['Singapore', 'SG'],
    ['AsiaPacific', 'AP'],
    ['asia', 'AP'],
    ['AP', 'AP'],
  ])('reads region %s as %s', (given, code) => {
    expect(toWorkerTokenCredentials({ ...BASE, region: given }).region).toBe(code);
    expect(toRegion(given)).toBe(code);
  });

  it.each(['mars', 'constructor', '__proto__', 5, {}])(
    'refuses the region %s instead of taking it for NA',
    (region) => {
      expect(() => toWorkerTokenCredentials({ ...BASE, region })).toThrow(UnknownRegionError);
    },
  );

  it('drops the derived token endpoint and keeps another one', () => {
    const derived = 'https://auth.pingone.eu/e/as/token';
    expect(toWorkerTokenCredentials({ ...BASE, region: 'eu', tokenEndpoint: derived })).not.toHaveProperty(
      'tokenEndpoint',
    );
    expect(toWorkerTokenCredentials({ ...BASE, region: 'us', tokenEndpoint: derived }).tokenEndpoint).toBe(derived);
    const custom = {
      ...BASE,
      authHost: 'https://login.example.com/',
      tokenEndpoint: 'https://login.example.com/as/token',
    };
    expect(toWorkerTokenCredentials(custom)).toMatchObject({ authHost: 'login.example.com' });
    expect(toWorkerTokenCredentials(custom)).not.toHaveProperty('tokenEndpoint');
  });

  it('never takes a token over', () => {
    const found = toWorkerTokenCredentials({
      token: 'canary',
      credentials: { ...BASE, access_token: 'canary' },
      savedAt: 1,
    });
    expect(found.extra).toEqual({ savedAt: 1 });
  });

  it.each([
    null,
    undefined,
    'text',
    5,
    [],
    { ...BASE, clientId: 5 },
    { ...BASE, scopes: [5] },
    { ...BASE, authMethod: 'none' },
  ])('refuses %j without quoting it', (value) => {
    expect(() => toWorkerTokenCredentials(value)).toThrow(InvalidCredentialsError);
  });

  it('refuses fields that reach a prototype', () => {
    expect(() => toWorkerTokenCredentials(JSON.parse('{"environmentId":"e","__proto__":{"polluted":1}}'))).toThrow(
      InvalidCredentialsError,
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('toLegacyCredentials', () => {
  const credentials: WorkerTokenCredentials = {
    ...BASE,
    region: 'NA',
    scopes: ['a', 'b'],
    tokenEndpointAuthMethod: 'client_secret_post',
    extra: { redirectUri: 'x' },
  };

  it('gives null for null', () => expect(toLegacyCredentials(null)).toBeNull());

  it('writes the three shapes', () => {
    const camel = { ...BASE, redirectUri: 'x', region: 'us', scopes: 'a b', authMethod: 'client_secret_post' };
    expect(toLegacyCredentials(credentials)).toEqual(camel);
    expect(toLegacyCredentials(credentials, 'form')).toEqual({ ...camel, tokenEndpoint: '', authHost: '' });
    expect(toLegacyCredentials(credentials, 'snake')).toEqual({
      environment_id: 'e',
      client_id: 'c',
      client_secret: 's',
      has_client_secret: true,
      region: 'us',
      scopes: ['a', 'b'],
      auth_method: 'client_secret_post',
      redirectUri: 'x',
    });
  });

  it('gives empty text for scopes where there are none', () => {
    const { scopes: _, ...without } = credentials;
    expect(toLegacyCredentials(without).scopes).toBe('');
    expect(toLegacyCredentials(without, 'snake').scopes).toEqual([]);
  });

  it('is undone by toWorkerTokenCredentials, in every shape', () => {
    const word = fc.stringMatching(/^[a-z0-9:.-]{1,12}$/);
    const anyCredentials = fc.record(
      {
        environmentId: word,
        clientId: word,
        clientSecret: fc.string(),
        region: fc.constantFrom(...(Object.keys(REGIONS) as Region[])),
        tokenEndpointAuthMethod: fc.constantFrom(...AUTH_METHODS),
        scopes: fc.uniqueArray(word, { minLength: 1 }),
        authHost: fc.constant('login.example.com'),
        tokenEndpoint: fc.constant('https://other.example/as/token'),
        extra: fc.constant({ redirectUri: 'x', nested: { a: [1] } }),
      },
      { requiredKeys: ['environmentId', 'clientId', 'clientSecret', 'region', 'tokenEndpointAuthMethod'] },
    );
    fc.assert(
      fc.property(anyCredentials, fc.constantFrom('camel', 'form', 'snake'), (value, shape) => {
        expect(toWorkerTokenCredentials(toLegacyCredentials(value as WorkerTokenCredentials, shape))).toEqual(value);
        expect(toWorkerTokenCredentials(value)).toEqual(value);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('deriveTokenEndpoint', () => {
  it('follows region and environment, or the custom domain without the environment', () => {
    expect(deriveTokenEndpoint({ environmentId: 'e', region: 'AU' })).toBe('https://auth.pingone.com.au/e/as/token');
    expect(deriveTokenEndpoint({ environmentId: 'e', region: 'AU', authHost: 'id.example' })).toBe(
      'https://id.example/as/token',
    );
  });
});
