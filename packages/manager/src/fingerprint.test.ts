import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { CREDENTIALS } from '../test/builder.js';
import { fingerprintOf, identityOf } from './fingerprint.js';
import { sha256 } from './sha256.js';

afterEach(() => void vi.unstubAllGlobals());

test.each([0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1_000])(
  'the plain SHA-256 agrees with the platform’s, at %s bytes',
  (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) % 256);
    expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  },
);

test('a page without WebCrypto gets the same fingerprint', async () => {
  const secure = await fingerprintOf(identityOf(CREDENTIALS));
  vi.stubGlobal('crypto', {});
  expect(await fingerprintOf(identityOf(CREDENTIALS))).toBe(secure);
  expect(secure).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  { environmentId: '00000000-7a52-4b7e-9c0d-1f2a3b4c5d6e' },
  { clientId: 'other' },
  { clientSecret: 'other' },
  { region: 'EU' as const },
  { tokenEndpointAuthMethod: 'client_secret_post' as const },
  { tokenEndpoint: 'https://example.com/token' },
  { authHost: 'login.example.com' },
  { scopes: ['a'] },
])('17. credentials that differ in %j get no token of each other', (difference) => {
  expect(identityOf({ ...CREDENTIALS, ...difference })).not.toBe(identityOf(CREDENTIALS));
});

test('neither the order of scopes nor unknown fields make other credentials', () => {
  const one = identityOf({ ...CREDENTIALS, scopes: ['a', 'b'] });
  expect(identityOf({ ...CREDENTIALS, scopes: ['b', 'a', 'b'], extra: { note: 1 } })).toBe(one);
});

test('fields cannot be shifted into each other', () => {
  const a = identityOf({ ...CREDENTIALS, clientId: 'a","b' });
  const b = identityOf({ ...CREDENTIALS, clientId: 'a', region: 'b' as never });
  expect(a).not.toBe(b);
});
