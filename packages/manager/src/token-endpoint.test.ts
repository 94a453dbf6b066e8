import { expect, test } from 'vitest';
import { CREDENTIALS } from '../test/builder.js';
import { tokenEndpointOf } from './token-endpoint.js';

test('follows from region and environment', () => {
  expect(tokenEndpointOf({ ...CREDENTIALS, region: 'EU' }, [])).toBe(
    `https://auth.pingone.eu/${CREDENTIALS.environmentId}/as/token`,
  );
});

test.each([
  ['another host', { tokenEndpoint: 'https://evil.example/token' }],
  ['a look-alike host', { tokenEndpoint: 'https://auth.pingone.com.evil.example/as/token' }],
  ['a custom domain nobody allowed', { authHost: 'login.example.com' }],
  ['plain http', { tokenEndpoint: 'http://auth.pingone.com/as/token' }],
  ['a user in the address', { tokenEndpoint: 'https://auth.pingone.com@evil.example/token' }],
  ['no address at all', { tokenEndpoint: 'nonsense' }],
  ['this machine, unless allowed', { tokenEndpoint: 'http://127.0.0.1:4010/token' }],
])('a planted record cannot send the secret to %s', (_, planted) => {
  expect(() => tokenEndpointOf({ ...CREDENTIALS, ...planted }, [])).toThrow(
    expect.objectContaining({ kind: 'invalid-credentials' }),
  );
});

test('allowed hosts are allowed, custom domains included', () => {
  expect(tokenEndpointOf({ ...CREDENTIALS, authHost: 'login.example.com' }, ['login.example.com'])).toBe(
    'https://login.example.com/as/token',
  );
  expect(tokenEndpointOf({ ...CREDENTIALS, tokenEndpoint: 'http://127.0.0.1:4010/t' }, ['127.0.0.1:4010'])).toBe(
    'http://127.0.0.1:4010/t',
  );
});

test('a server of the application decides for itself', () => {
  expect(tokenEndpointOf({ ...CREDENTIALS, authHost: 'login.example.com' }, undefined)).toBe(
    'https://login.example.com/as/token',
  );
});
